"""The head of a document: its title and the data printed around it, told from navigation and from text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tongchou.policy.pipeline import CutKind
from tongchou.policy.repairing import dates, furniture
from tongchou.policy.spans import Span
from tongchou.policy.vocabulary import rows

_HEAD_LINES = 80
_ORG = (
    r"(?:人民政府|政府|办公厅|办公室|委员会|常委会|党委|市委|省委|区委|县委|党组|工委|管委会|委|局|厅|部|院|署|银行|总队|集团|"
    r"指挥部|领导小组|联席会议|工作组|会)"
)
_GENRE = (
    r"(?:意见|通知|办法|规定|方案|规划|决定|公告|通告|条例|细则|纲要|计划|批复|复函|函|报告|要点|措施|举措|政策|制度|准则|规则|"
    r"标准|清单|任务|分工|行动|指引|指南|导则|决议|命令|令|若干条|条|公报|通报|议案|纪要|章程|预案|目录|大纲|倡议书|责任书|协议)"
)
_TAIL = r"(?:\s*[（(【〔\[][^（）()]{1,20}[）)】〕\]])*"
_TITLE = re.compile(rf".*{_GENRE}{_TAIL}")
_ORG_LINE = re.compile(rf"[^，。；：:、]{{2,30}}{_ORG}(?:文件)?")
_RED_HEAD = re.compile(rf"(?P<issuer>[^，。；：:]{{2,40}}{_ORG})\s*文件")
NUMBER = re.compile(
    r"(?P<prefix>[\u4e00-\u9fff]{2,12}?)\s*[〔\[（(［【]\s*(?P<year>(?:19|20)\d{2})\s*[〕\])）］】]\s*"
    r"(?:第\s*)?(?P<number>\d{1,4})\s*号"
)
_NUMBER_LINE = re.compile(rf"[（(]?\s*{NUMBER.pattern}\s*[）)]?(?:\s*(?:签发人|签发)[:：].*)?")
_LOCAL = re.compile(
    r"[\s•·●*\-]*(?:[一]、|第一[章节编条]|[（(]一[）)]|1\s*[.．、](?!\d)|总\s*则\s*$|前\s*言\s*$|目\s*录\s*$)"
)
_ADDRESSEE = re.compile(
    r".{2,400}(?:政府|委|局|办|单位|部门|机构|公司|委员会|企业|学校|院|集团|机关|处|所|会|厅|部|站)[^，。；]{0,20}[:：]"
)
_SENTENCE = re.compile(r"[。；]|，.*，")
_JOINS = 4  # lines a title may be broken into
_LONGEST_TITLE = 120


class _Line(NamedTuple):
    start: int
    end: int
    text: str  # without surrounding space


@dataclass(slots=True)
class FrontMatter:
    """What the head of a document says; ``title_lines`` are the places of the lines the title is printed in."""

    title: str = ""
    title_lines: list[Span] = field(default_factory=list)
    number: str | None = None
    issuer: str | None = None
    issued: date | None = None
    published: date | None = None
    effective: date | None = None
    cuts: list[tuple[Span, CutKind]] = field(default_factory=list)


def normal_number(match: re.Match[str]) -> str:
    """Return a document number in the official form: 并政发〔2019〕18号."""
    return f"{match['prefix']}〔{match['year']}〕{match['number']}号"


@lru_cache(maxsize=1)
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    fields = {row["label"]: row["field"] for row in rows("labels")}
    spaced = (r"\s*".join(label) for label in sorted(fields, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[\s|｜;；,，【\[•·●*]))(?P<label>{'|'.join(spaced)})[】\]]?\s*[:：\t]"), fields


def read(text: str) -> FrontMatter:
    """Read the head of ``text``, up to the first numbered heading or the addressees."""
    found = FrontMatter()
    plain: list[_Line] = []  # lines that are neither data nor furniture nor sentences
    before_title: list[_Line] = []
    lines = _head(text)
    for line in lines:
        if not line.text:
            continue
        if _read_labels(line, found):
            continue
        if furniture.kind(line.text, furniture.Zone.HEAD) is not None:
            found.cuts.append((Span(line.start, line.end), CutKind.FURNITURE))
            continue
        if _SENTENCE.search(line.text) or len(line.text) > _LONGEST_TITLE:
            continue
        plain.append(line)
    title = _title(text, plain, found.title)
    if title:
        found.title_lines = [Span(line.start, line.end) for line in title]
        printed = _joined([line.text for line in title])
        found.title = printed
    for line in plain:
        if line in title:
            continue
        first = title[0] if title else None
        if (match := _NUMBER_LINE.fullmatch(line.text)) is not None:
            found.number = found.number or normal_number(match)
        elif (match := _RED_HEAD.fullmatch(line.text)) is not None:
            found.issuer = found.issuer or match["issuer"].strip()
        elif (first is not None and line.start < first.start) or (title and line.text == found.title):
            before_title.append(line)
            continue
        else:
            continue
        if first is not None and line.start < first.start:
            found.cuts.append((Span(line.start, line.end), CutKind.DATA))
    found.cuts += [(Span(line.start, line.end), CutKind.FURNITURE) for line in before_title]
    return found


def issuer_of(title: str) -> str | None:
    """Return the issuers a title begins with (太原市人民政府关于…), ``None`` where it begins with none."""
    before, about, _ = title.partition("关于")
    names = before.split()
    return " ".join(names) if about and names and all(_ORG_LINE.fullmatch(name) for name in names) else None


def _head(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at = 0
    while at < len(text) and len(lines) < _HEAD_LINES:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at : min(end, at + 1000)].strip()
        if _LOCAL.match(line) or (lines and _ADDRESSEE.fullmatch(line) and not _labels()[0].match(line)):
            break
        lines.append(_Line(at, end, line))
        at = end + 1
    return lines


def _read_labels(line: _Line, found: FrontMatter) -> bool:
    """Keep the data of a line of labels and cut the line; return whether it was one."""
    pattern, fields = _labels()
    if len(line.text) > 400:
        return False
    matches = list(pattern.finditer(line.text))
    if not matches or line.text[: matches[0].start()].strip(" \t•·●■◆*-|【[　"):
        return False
    ends = [m.start() for m in matches[1:]] + [len(line.text)]
    kept = False
    for match, end in zip(matches, ends, strict=True):
        value = line.text[match.end() : end].strip(" \t|｜;；,，【[　")
        field_ = fields[re.sub(r"\s", "", match["label"])]
        kept = _keep(field_, value, found) or kept
    found.cuts.append((Span(line.start, line.end), CutKind.DATA if kept else CutKind.FURNITURE))
    return True


def _keep(field_: str, value: str, found: FrontMatter) -> bool:
    if not value or not field_:
        return False
    if field_ == "title":
        found.title = found.title or value
    elif field_ == "number":
        match = NUMBER.search(value)
        if match is None:
            return False
        found.number = found.number or normal_number(match)
    elif field_ == "issuer":
        found.issuer = found.issuer or value
    else:
        day = dates.parse(value)
        if day is None:
            return False
        setattr(found, field_, getattr(found, field_) or day)
    return True


def _title(text: str, lines: list[_Line], labelled: str) -> list[_Line]:
    """Return the lines that make up the title; the label's title, where there is one, must agree."""
    best: list[_Line] = []
    best_score = 0.0
    wanted = _squeezed(labelled)
    for i in range(len(lines)):
        for count in range(1, _JOINS + 1):
            group = lines[i : i + count]
            if len(group) < count or any(text[a.end : b.start].strip() for a, b in pairwise(group)):
                break
            joined = _squeezed("".join(line.text for line in group))
            if len(joined) > _LONGEST_TITLE:
                break
            score = _score(group, joined, wanted) - 0.01 * i
            if score > best_score:
                best, best_score = group, score
    if not best and lines and not labelled and len(lines[0].text) <= 60:
        best = lines[:1]
    return best


def _score(group: list[_Line], joined: str, wanted: str) -> float:
    if wanted and joined == wanted:
        return 20.0
    if (
        _NUMBER_LINE.fullmatch(joined)
        or _RED_HEAD.fullmatch(joined)
        or (dates.parse(joined) is not None and len(joined) < 14)
    ):
        return 0.0
    if any(_NUMBER_LINE.fullmatch(line.text) or _RED_HEAD.fullmatch(line.text) for line in group):
        return 0.0
    if not _TITLE.fullmatch(joined) or len(joined) < 4:
        return 0.0
    # A title broken into lines is one title: a line before the last must not be a title already.
    if any(_TITLE.fullmatch(_squeezed(line.text)) and "关于" in line.text for line in group[:-1]):
        return 0.0
    issuers = sum(_ORG_LINE.fullmatch(_squeezed(line.text)) is not None for line in group[:-1])
    score = 5.0 + 4.0 * ("关于" in joined) - 0.5 * (len(group) - issuers) + 0.1 * issuers
    if len(group) > 1 and (_ORG_LINE.fullmatch(_squeezed(group[0].text)) or group[0].text.startswith("关于")):
        score += 3.0
    return score


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _joined(parts: list[str]) -> str:
    """Join the lines of a title; issuers side by side keep a space between them."""
    title = parts[0]
    for before, part in pairwise(parts):
        apart = _ORG_LINE.fullmatch(before.strip()) and _ORG_LINE.fullmatch(part.strip())
        title += (" " if apart else "") + part
    return title
