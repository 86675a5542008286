"""What stands behind the text of a document: signature, annexes, imprint, official explanation, page footer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from tongchou.policy.pipeline import CutKind
from tongchou.policy.repairing import dates, furniture
from tongchou.policy.repairing.frontmatter import NUMBER, normal_number
from tongchou.policy.spans import Span

_TAIL_LINES = 400
_BODY = 150  # characters of text that must stand before an explanation
_ORG = r"[^\n，。；：:、]{2,40}?(?:人民政府|政府|办公厅|办公室|委员会|委|局|厅|部|院|署|会|集团|公司|指挥部|领导小组)"
_DATE = re.compile(
    rf"^[^\S\n]*(?:(?P<org>{_ORG})[^\S\n]+)?(?P<date>{dates.PATTERN})[^\S\n]*(?:[（(].{{0,20}}[)）])?$", re.M
)
_ORG_LINE = re.compile(rf"{_ORG}(?:[\s、]+{_ORG})*")
_IMPRINT = re.compile(
    r"(?:抄送|抄报|主送|分送|印发|发送)[:：].{0,400}|.{2,40}(?:办公厅|办公室|秘书处|局|委)\s*\d{4}年\d{1,2}月\d{1,2}日\s*印发|"
    r"[（(]?\s*(?:此件|本文件?)(?:公开发布|主动公开|依申请公开|不予公开|删减后公开)\s*[)）]?|主题词[:：].{0,100}|"
    r"(?:公开方式|公开属性)[:：].{0,20}|共印\s*\d+\s*份"
)
_ANNEX = re.compile(
    r"^[^\S\n]{0,40}附[^\S\n]?件?[^\S\n]?(?P<no>[0-9一二三四五六七八九十]{0,2})[^\S\n]?(?P<colon>[:：])?(?P<name>[^\n]{0,160})$",
    re.M,
)
_ITEM = re.compile(r"\s*(?:\d{1,2}\s*[.．、]|[（(]?[一二三四五六七八九十]+[、）)])\s*(.+)")
_HEADING = re.compile(r"^[^\S\n]*[^\n，。；]{2,70}$", re.M)
_ISSUED_AS = re.compile(rf"以\s*(?:{NUMBER.pattern})[^。；\n]{{0,10}}(?:印发|下发|发布|公布|颁布)")
_IN_FORCE = re.compile(
    rf"自\s*(?:(?P<date>{dates.PATTERN})|(?P<issue>(?:印发|发布|公布|颁布|下发|发文)之日))\s*起\s*(?:正式|开始)?(?:施行|实施|执行|生效|试行)"
)


@dataclass(slots=True)
class BackMatter:
    """What the end of a document says."""

    issuer: str | None = None
    issued: date | None = None
    interpretation: Span | None = None
    cuts: list[tuple[Span, CutKind]] = field(default_factory=list)


def read(text: str, start: int) -> BackMatter:
    """Read ``text`` from the end back to ``start``, where its body begins."""
    found = BackMatter()
    end = _footer(text, start, found)
    end = _interpretation(text, start, end, found)
    _imprint(text, start, end, found)
    for match in _DATE.finditer(text, start, end):
        issuer = _signed(text, start, match)
        if issuer:
            found.issuer, found.issued = issuer, dates.parse(match["date"])
            break
    return found


def _footer(text: str, start: int, found: BackMatter) -> int:
    """Cut the page footer; return where the text before it ends."""
    lines: list[tuple[int, int]] = []
    at = len(text)
    while at > start and len(lines) < _TAIL_LINES:
        line_start = max(text.rfind("\n", 0, at - 1) + 1, start) if at > 0 else 0
        lines.append((line_start, at))
        at = line_start
    end = cut_from = len(text)
    for line_start, line_end in lines:
        line = text[line_start:line_end].strip()
        if not line:
            end = line_start
            continue
        what = furniture.kind(line, furniture.Zone.TAIL)
        if what is furniture.Furniture.REST or (what is furniture.Furniture.LINE and cut_from == end):
            cut_from = end = line_start
        elif len(line) > 80 or "。" in line:
            break
        else:
            end = line_start
    if cut_from < len(text):
        found.cuts.append((Span(cut_from, len(text)), CutKind.FURNITURE))
    return cut_from


def _interpretation(text: str, start: int, end: int, found: BackMatter) -> int:
    """Take the official explanation out; return where the text before it ends."""
    for match in _HEADING.finditer(text, start, end):
        line = match[0].strip()
        if (
            match.start() - start >= _BODY
            and furniture.kind(line, furniture.Zone.TAIL) is furniture.Furniture.INTERPRETATION
        ):
            found.interpretation = Span(match.start(), end)
            found.cuts.append((found.interpretation, CutKind.INTERPRETATION))
            return match.start()
    return end


def _imprint(text: str, start: int, end: int, found: BackMatter) -> None:
    at = end
    while at > start:
        line_start = max(text.rfind("\n", 0, at - 1) + 1, start)
        line = text[line_start:at].strip()
        if line and not _IMPRINT.fullmatch(line):
            return
        if line:
            found.cuts.append((Span(line_start, at), CutKind.DATA))
        at = line_start


def _signed(text: str, start: int, match: re.Match[str]) -> str | None:
    """Return the issuers printed before the date of a signature, ``None`` where no issuer stands there."""
    if match["org"]:
        return match["org"].strip()
    issuers: list[str] = []
    at = match.start()
    while at > start and len(issuers) < 6:
        line_start = max(text.rfind("\n", 0, at - 1) + 1, start)
        line = text[line_start:at].strip()
        at = line_start
        if not line:
            continue
        if not _ORG_LINE.fullmatch(line):
            break
        issuers.append(line)
    return " ".join(reversed(issuers)) or None


def number_in(explanation: str) -> str | None:
    """Return the number under which an explanation says the document was issued (以…号文件印发)."""
    match = _ISSUED_AS.search(explanation)
    return normal_number(match) if match is not None else None


def in_force(text: str, issued: date | None) -> date | None:
    """Return the day from which the document says it applies; ``issued`` where it says from the day of issue."""
    last = None
    for last in _IN_FORCE.finditer(text):  # noqa: B007 - the last statement counts: it is the document's own
        pass
    if last is None:
        return None
    return dates.parse(last["date"]) if last["date"] else issued


def attachments(text: str) -> list[str]:
    """Return the names of the annexes: those listed under 附件：, else the headings of annexes that follow."""
    listed: list[str] = []
    headed: list[str] = []
    for match in _ANNEX.finditer(text):
        name = match["name"].strip()
        following = text[match.end() + 1 : match.end() + 2000].split("\n")
        if match["colon"]:
            if listed:
                continue
            parts = re.split(r"\s*(?<!\d)\d{1,2}\s*[.．、]\s*(?!\d)", name)
            listed += [part.strip() for part in parts if part.strip()]
            for line in following:
                item = _ITEM.fullmatch(line.strip())
                if item is None:
                    break
                listed.append(item[1].strip())
        elif not name or (len(name) <= 60 and "。" not in name and match["no"]):
            title = name or next((line.strip() for line in following if line.strip()), "")
            if title and len(title) <= 80 and "。" not in title:
                headed.append(title)
    return list(dict.fromkeys(listed or headed))
