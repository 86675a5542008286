"""Commitments: one verb and object each, frames left out, dates, strength, quantities, systems, actors, targets."""

from __future__ import annotations

from datetime import date

import pytest

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.dates import last_day
from tongchou.policy.model import Commitment, Policy
from tongchou.policy.reader import read_text

SIGNED = "\n某市人民政府\n2021年3月15日"


def read(sentence: str) -> Policy:
    return read_text(f"某市意见\n一、任务\n（一）事项。请看。{sentence}{SIGNED}")


def made(sentence: str) -> list[str]:
    return [m.text for m in read(sentence).commitments]


def one(sentence: str) -> Commitment:
    (commitment,) = read(sentence).commitments
    return commitment


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("改造城中村，合并小型村，搬迁采空区村落。", ["改造城中村", "合并小型村", "搬迁采空区村落"]),
        ("完善配套政策、优化审批流程。", ["完善配套政策", "优化审批流程"]),
        ("加强规划引导、组织实施、监督检查。", ["加强规划引导、组织实施、监督检查"]),
        ("全面实施搬迁安置、土地复垦、生态恢复等综合治理。", ["全面实施搬迁安置、土地复垦、生态恢复等综合治理"]),
        ("以河湖长制为抓手，推进河道治理。", ["推进河道治理"]),
        ("按照统筹规划的原则，围绕主导产业，培育龙头企业。", ["培育龙头企业"]),
        ("依托资源优势打造文化旅游产业集群。", ["依托资源优势打造文化旅游产业集群"]),
        ("对受影响的区域给予合理补偿。", ["对受影响的区域给予合理补偿"]),
        ("将协调工作纳入年度考核。", ["将协调工作纳入年度考核"]),
        ("1号线尽快开工。", ["1号线尽快开工"]),
        ("投入向贫困地区倾斜。", ["投入向贫困地区倾斜"]),
        ("服务能力显著增强。", []),
        ("不得新建高耗能项目。", []),
        ("本意见自印发之日起施行。", []),
        ("恢复和改善生态环境。", ["恢复和改善生态环境"]),
        ("一是建立工作台账；二是开展专项检查。", ["建立工作台账", "开展专项检查"]),
    ],
)
def test_one_promise_each(sentence: str, expected: list[str]) -> None:
    assert made(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "object_"),
    [
        ("加快建设环城公路。", "建设", "环城公路"),
        ("加快环城公路建设。", "加快", "环城公路建设"),
        ("建立健全协调机制。", "建立健全", "协调机制"),
        ("支持并鼓励企业改造。", "支持并鼓励", "企业改造"),
        ("2021年底前完成普查。", "完成", "普查"),
    ],
)
def test_verb_and_object(sentence: str, verb: str, object_: str) -> None:
    commitment = one(sentence)
    assert (commitment.verb, commitment.object) == (verb, object_)


@pytest.mark.parametrize(
    ("sentence", "text", "strength", "by"),
    [
        ("地铁2号线力争2022年底开通运营。", "2022年底", "strive", date(2022, 12, 31)),
        ("争取2022年6月底前建成。", "2022年6月底前", "seek", date(2022, 6, 30)),
        ("确保今年10月底前完成整改任务。", "今年10月底前", "firm", date(2021, 10, 31)),
        ("“十四五”末建成投用新机场。", "“十四五”末", "firm", date(2025, 12, 31)),
        ("3个月内制定实施细则。", "3个月内", "firm", date(2021, 6, 15)),
        ("尽快形成区域公路网。", "尽快", "soon", None),
        ("逐步消除数字鸿沟。", "逐步", "gradual", None),
        ("到2023年，建成标准化车站。", "2023年", "firm", date(2023, 12, 31)),
    ],
)
def test_deadlines(sentence: str, text: str, strength: str, by: date | None) -> None:
    deadline = one(sentence).deadline
    assert deadline is not None
    assert (deadline.text, deadline.strength.value, deadline.by) == (text, strength, by)


def test_a_leading_date_holds_for_its_sentence_an_inner_one_for_its_part() -> None:
    found = read(
        "2022年底前，建成公园，改造老桥。地铁2号线力争2022年底开通运营，有序推进城市轨道交通建设。"
    ).commitments
    assert [m.deadline.by if m.deadline else None for m in found] == [date(2022, 12, 31)] * 3 + [None]


def test_a_past_date_is_no_deadline() -> None:
    assert one("落实2019年印发的规划方案。").deadline is None


def test_a_size_in_days_is_no_deadline() -> None:
    deadline = one("将办理时间压缩至3个工作日以内。").deadline
    assert deadline is None or deadline.by is None


@pytest.mark.parametrize(
    ("sentence", "quantities"),
    [
        ("打造4个千亿级产业集群。", [("4个", 4, "个", None, "")]),
        ("加快6县（市、区）综合治理。", [("6县", 6, "县", None, "")]),
        ("投入资金1000亿元。", [("1000亿元", 1000, "亿元", None, "")]),
        ("引进企业3—5家。", [("3—5家", 3, "家", 5, "")]),
        ("提高覆盖率到95%以上。", [("95%以上", 95, "%", None, "at_least")]),
        ("推进5G和2号线建设，规划第二机场。", []),
        ("建设统一的一体化平台。", []),
    ],
)
def test_quantities(sentence: str, quantities: list[tuple[object, ...]]) -> None:
    found = [q for m in read(sentence).commitments for q in m.quantities]
    assert [(q.text, q.value, q.unit, q.upper, q.bound) for q in found] == quantities


@pytest.mark.parametrize(
    ("sentence", "system"),
    [
        ("建立联席会议制度。", True),
        ("推进林长制管理体系建设。", True),
        ("搭建交易平台。", True),
        ("修建公路。", False),
        ("支持物联网、云计算融合发展。", False),
    ],
)
def test_standing_systems(sentence: str, system: bool) -> None:
    assert one(sentence).is_system is system


def test_named_plans_and_laws() -> None:
    assert one("落实《某省条例》和“清网”行动。").named == ("《某省条例》", "“清网”行动")


def test_actors(small: tuple[Places, Parties]) -> None:
    places, known = small
    text = (
        "某市意见\n一、任务\n各县（市、区）要建立台账，定期报送进展。鼓励各县（市、区）开展试点。市教育局统筹安排师资。"
    )
    policy = read_text(text, places=places, parties=known)
    group = ("各县（市、区）人民政府",)
    assert [m.actors for m in policy.commitments] == [group, group, group, ("市教育局",)]


def test_places_of_the_frame_hold_for_the_promise_behind_it(small: tuple[Places, Parties]) -> None:
    places, known = small
    policy = read_text(
        "某市意见\n一、任务\n依托青石农业优势，打造产业集群。改善东湖交通。", places=places, parties=known
    )
    assert [m.places for m in policy.commitments] == [("青石县",), ("东湖区",)]


def test_goals_give_targets_and_principles_nothing() -> None:
    policy = read_text(
        "某市意见\n一、总体要求\n（一）指导思想。坚持新理念，推进改革，实现发展。\n（二）主要目标。到2025年，格局形成，建成公园5个；到2030年，全面建成。\n"
    )
    assert policy.commitments == ()
    assert [(t.year, t.text) for t in policy.targets] == [(2025, "格局形成"), (2025, "建成公园5个"), (2030, "全面建成")]


@pytest.mark.parametrize(
    ("printed", "by"),
    [
        ("2020年底", date(2020, 12, 31)),
        ("2022年6月", date(2022, 6, 30)),
        ("2022年二季度", date(2022, 6, 30)),
        ("2022年上半年", date(2022, 6, 30)),
        ("2022年3月15日前", date(2022, 3, 15)),
        ("6月底前", date(2021, 6, 30)),
        ("1月底前", date(2022, 1, 31)),
        ("明年", date(2022, 12, 31)),
        ("“十五五”末", date(2030, 12, 31)),
        ("三年内", date(2024, 3, 15)),
        ("10个工作日内", date(2021, 3, 29)),
        ("2022年13月", None),
        ("2022年2月30日", None),
    ],
)
def test_last_day(printed: str, by: date | None) -> None:
    assert last_day(printed, date(2021, 3, 15)) == by


def test_without_a_date_of_issue_a_term_has_no_last_day() -> None:
    assert last_day("3个月内", None) is None
    assert last_day("今年6月底前", None) is None
