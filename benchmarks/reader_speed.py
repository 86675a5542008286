"""How fast the reader is: characters and megabytes a second of every stage, growth with length, memory, import.

1,000 made-up documents of five kinds and four sizes, as dense in promises as real ones (the built-in policy has one in
28 characters). One core, processor time, after import and a warm-up.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import time

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.pipeline import Draft
from tongchou.policy.reader import STAGES, policy_of, read_text, without_collector

DOCUMENTS = 1000
LENGTHS = (10_000, 100_000, 1_000_000, 10_000_000)  # bytes of UTF-8

_CITIES = ("云川市", "临溪市", "海陵市", "青石县", "白石县", "清源区", "江北区", "河湾县", "石门市", "蓝湾市")
_BUREAUS = (
    "发展改革委",
    "财政局",
    "教育局",
    "工业和信息化局",
    "自然资源局",
    "水务局",
    "农业农村局",
    "卫生健康委",
    "商务局",
)
_VERBS = (
    "推进",
    "建设",
    "完善",
    "加强",
    "建立健全",
    "优化",
    "培育壮大",
    "实施",
    "支持",
    "落实",
    "改造",
    "开展",
    "打造",
    "编制",
)
_ADVERBS = ("", "", "", "积极", "大力", "加快", "进一步", "有序", "着力", "力争", "持续", "全面")
_THINGS = (
    "城乡供水一体化工程",
    "现代农业产业园",
    "县域医共体",
    "普惠性养老服务体系",
    "重点流域水环境综合治理",
    "智能制造示范车间",
    "农村公路安全防护设施",
    "统一的公共数据平台",
    "河湖长制工作机制",
    "人才公寓和配套学校",
    "老旧小区加装电梯",
    "工业固废综合利用",
    "文化遗产保护传承",
    "区域联席会议制度",
    "高标准农田",
    "跨区域生态补偿机制",
    "职业技能培训",
    "物流枢纽和冷链设施",
)
_STATES = ("综合实力显著增强", "营商环境明显改善", "绿色发展水平稳步提升", "公共服务更加均衡", "体制机制基本建立")
_FRAMES = ("按照统筹规划、分步实施的原则", "以项目建设为抓手", "依托区位和资源优势", "围绕主导产业", "针对薄弱环节")
_PLACES, _PARTIES = Places(()), Parties(())
_HAN = "一二三四五六七八九十"


def document(rng: random.Random, size: int) -> str:
    """Return a made-up document of about ``size`` characters, of a numbering, bracket and density drawn at random."""
    city = rng.choice(_CITIES)
    style = rng.choice(("brackets", "lines", "table", "articles", "plain"))
    lines = [
        f"{city}人民政府关于{rng.choice(_VERBS)}{rng.choice(_THINGS)}的实施意见",
        "各县（市、区）人民政府，市直各有关部门：",
    ]
    if style != "plain":
        lines += ["一、总体要求", "（一）指导思想。坚持新发展理念，全面贯彻落实有关决策部署。", "（二）发展目标"]
        lines += [f"到{year}年，{'，'.join(rng.sample(_STATES, 3))}。" for year in (2025, 2030, 2035)]
    part = item = 1
    written = sum(map(len, lines))
    while written < size:
        before = len(lines)
        if style == "plain":
            lines.append(_sentences(rng, rng.randint(2, 6)))
        elif style == "articles":
            lines.append(f"第{_count(item)}条 {_sentences(rng, rng.randint(1, 3))}")
            item += 1
        else:
            if item > 9 or part == 1:
                part, item = part + 1, 1
                lines.append(f"{_count(part)}、{rng.choice(_VERBS)}{rng.choice(_THINGS)}")
            lines.append(
                f"（{_count(item)}）{rng.choice(_VERBS)}{rng.choice(_THINGS)}。{_sentences(rng, rng.randint(2, 9))}"
            )
            item += 1
            if style == "brackets":
                lines[-1] += f"（{_parties(rng)}按职责分工负责）"
            elif style == "lines":
                lines += [f"牵头单位：{_parties(rng, 1)}", f"配合单位：{_parties(rng)}", "完成时限：2025年12月底前"]
            elif rng.random() < 0.3:
                lines.append("序号\t重点任务\t责任单位\t完成时限")
                lines += [f"{n}\t{_promise(rng)}\t{_parties(rng)}\t2024年底前" for n in range(1, 5)]
        written += sum(map(len, lines[before:]))
    return "\n".join([*lines, f"{city}人民政府", "2023年3月15日"])


def _count(n: int) -> str:
    if n <= 10:
        return _HAN[n - 1]
    if n < 20:
        return "十" + _HAN[n - 11]
    if n < 100:
        return _HAN[n // 10 - 1] + "十" + (_HAN[n % 10 - 1] if n % 10 else "")
    return str(n)


def _parties(rng: random.Random, most: int = 5) -> str:
    named = rng.sample(_BUREAUS, rng.randint(1, most))
    return "、".join(f"市{b}" for b in named) + ("，各县（市、区）人民政府" if most > 1 and rng.random() < 0.3 else "")


def _promise(rng: random.Random) -> str:
    date = f"{rng.randint(2023, 2027)}年底前" if rng.random() < 0.1 else ""
    place = rng.choice(_CITIES) if rng.random() < 0.1 else ""
    amount = f"{rng.randint(2, 300)}个" if rng.random() < 0.15 else ""
    things = rng.choice(("和", "、")).join(rng.sample(_THINGS, rng.choice((1, 1, 2))))
    return f"{date}{rng.choice(_ADVERBS)}{rng.choice(_VERBS)}{place}{things}{amount}"


def _sentences(rng: random.Random, number: int) -> str:
    parts = []
    for _ in range(number):
        frame = f"{rng.choice(_FRAMES)}，" if rng.random() < 0.3 else ""
        parts.append(frame + "，".join(_promise(rng) for _ in range(rng.randint(1, 4))) + "。")
    return "".join(parts)


def measure(texts: list[str]) -> dict[str, float]:
    """Return the processor seconds of every stage over all ``texts``."""
    with without_collector():
        return _measure(texts)


def _measure(texts: list[str]) -> dict[str, float]:
    seconds = {stage.name: 0.0 for stage in STAGES} | {"policy": 0.0}
    for text in texts:
        draft = Draft("text.txt", text.encode(), _PLACES, _PARTIES)
        for stage in STAGES:
            start = time.process_time()
            stage.run(draft)
            seconds[stage.name] += time.process_time() - start
        start = time.process_time()
        policy_of(draft)
        seconds["policy"] += time.process_time() - start
    return seconds


def _import_seconds() -> float:
    code = "import time; a = time.perf_counter(); import tongchou.policy.reader; print(time.perf_counter() - a)"
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    ]
    return statistics.median(runs)


def main() -> None:
    """Print the tables."""
    rng = random.Random(2019)
    texts = [document(rng, rng.choice((600, 1500, 4000, 9000))) for _ in range(DOCUMENTS)]
    measure(texts[:20])
    characters = sum(map(len, texts))
    size = sum(len(t.encode()) for t in texts)
    promises = sum(len(read_text(t, places=_PLACES, parties=_PARTIES).commitments) for t in texts)
    best = min((measure(texts) for _ in range(3)), key=lambda s: sum(s.values()))
    print(f"{DOCUMENTS} documents, {characters:,} characters, {size / 1e6:.1f} MB of UTF-8, one promise in")
    print(f"{characters / promises:.0f} characters; best of 3 runs, no region")
    print(f"  {'stage':<12}{'s':>8}{'characters/s':>16}{'MB/s':>9}{'share':>8}")
    total = sum(best.values())
    for name, seconds in (*best.items(), ("all", total)):
        rate = characters / max(seconds, 1e-9)
        print(
            f"  {name:<12}{seconds:>8.2f}{rate:>16,.0f}{size / max(seconds, 1e-9) / 1e6:>9.2f}{seconds / total:>8.1%}"
        )
    print("\ngrowth with length (one document each)")
    print(f"  {'bytes':>12}{'s':>9}{'MB/s':>8}{'peak MB':>10}")
    for length in LENGTHS:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.reader_speed", str(length)], capture_output=True, text=True, check=True
        )
        one = json.loads(run.stdout)
        rate = one["bytes"] / one["seconds"] / 1e6
        print(f"  {one['bytes']:>12,}{one['seconds']:>9.3f}{rate:>8.2f}{one['peak']:>10.0f}")
    print(f"\nimport of the reader: {_import_seconds():.3f} s (median of 5)")


def _one(length: int) -> None:
    """Read one document of ``length`` bytes in a process of its own and print what it took."""
    rng = random.Random(length)
    measure([document(rng, 3000)])
    text = document(rng, length // 3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = sum(measure([text]).values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"bytes": len(text.encode()), "seconds": seconds, "peak": peak / 1024, "before": before / 1024}))


if __name__ == "__main__":
    _one(int(sys.argv[1])) if len(sys.argv) > 1 else main()
