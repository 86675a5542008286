"""Where the body of a document begins and ends: head (title, number, addressees), body, signature, annexes."""

from __future__ import annotations

import re
from typing import NamedTuple

from tongchou.policy.numbering import Number, count, number_at
from tongchou.policy.spans import Span

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_DATE_LINE = re.compile(
    r"\s*[（(]?(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)[)）]?\s*$"
)
_NUMBER_LINE = re.compile(r"\s*[^\n。，]{1,20}[〔\[［（(【]\d{4}[〕\]］）)】]\s*第?\d{1,5}号\s*$")
_ADDRESSED = re.compile(r"[^。；！？\n]{2,400}[：:]\s*$")
_TO = re.compile("各|政府|管委会|委员会|[局委办厅]|部门|单位|公司")
_ANNEX = re.compile(
    r"\s*(?P<printed>附\s?[件表录]\s?(?P<n>[一二三四五六七八九十]{1,2}|\d{1,2})?)(?P<mark>\s*[：:]|\s|$)\s*"
)
_SENTENCE = re.compile("[。；：，、（）()]")
_LOOK_AHEAD = 8


class Line(NamedTuple):
    """One line with content: its place, its heading number if it has one, and whether it is text, row or annex."""

    start: int
    end: int
    number: Number | None
    kind: str


class Layout(NamedTuple):
    """The lines of the body in order, and the line that names the addressees."""

    addressees: Span | None
    preamble: tuple[Line, ...]
    body: tuple[Line, ...]
    numbered: bool


def lay_out(text: str, title: str, number: str | None) -> Layout:
    """Divide ``text`` (title first, signature and date last) into head and body."""
    lines = [_line(text, *m.span()) for m in _LINE.finditer(text)]
    first = _after_head(text, lines, title, number)
    addressees = None
    for i in range(first, min(first + 4, len(lines))):
        line = lines[i]
        if line.number is not None or line.kind != "text":
            break
        if _ADDRESSED.match(text, line.start, line.end) and _TO.search(text, line.start, line.end):
            addressees = Span(line.start, line.end)
            del lines[i]
            break
    body = _without_signature(text, lines[first:])
    start = next((i for i, line in enumerate(body) if line.number is not None or line.kind != "text"), None)
    if start is None:
        return Layout(addressees, (), tuple(body), False)
    return Layout(addressees, tuple(body[:start]), tuple(body[start:]), True)


def _line(text: str, start: int, end: int) -> Line:
    if text.find("\t", start, end) >= 0 and "\t" in text[start:end].strip():
        return Line(start, end, None, "row")
    return Line(start, end, number_at(text, start, end), "text")


def _after_head(text: str, lines: list[Line], title: str, number: str | None) -> int:
    """Return how many lines the title and the number of the document take."""
    left = "".join(title.split())
    for i, line in enumerate(lines):
        words = "".join(text[line.start : line.end].split())
        if left and left.startswith(words):
            left = left[len(words) :]
        elif words != number and not _NUMBER_LINE.match(text, line.start, line.end):
            if i and _DATE_LINE.match(text, line.start, line.end):
                continue
            return i
    return len(lines)


def _without_signature(text: str, lines: list[Line]) -> list[Line]:
    """Drop the list of annexes, the signature and the date; what an annex holds stays, under its heading."""
    kept: list[Line] = []
    state = "body"  # then "tail" behind the list of annexes or the signature, then "annex"
    last_number = max((i for i, line in enumerate(lines) if line.number is not None), default=-1)
    numbered = False
    for i, line in enumerate(lines):
        numbered = numbered or line.number is not None
        start, end = line.start, line.end
        annex = _ANNEX.match(text, start, end) if line.kind == "text" and line.number is None else None
        if annex is not None and (annex["n"] or annex["mark"].strip() or annex.end() == end):
            state = "tail" if _is_list(text, lines, i, annex) else "annex"
            if state == "annex":
                kept.append(line._replace(kind="annex"))
        elif state == "annex":
            kept.append(line)
        elif state == "body":
            if _DATE_LINE.match(text, start, end) and (kept or i == len(lines) - 1):
                if not numbered and i < last_number:
                    kept.clear()  # the covering notice (现将…印发给你们); the document itself follows
                    continue
                while kept and _is_signature(text, kept[-1]):
                    kept.pop()
                state = "tail"
            else:
                kept.append(line)
    return kept


def _is_list(text: str, lines: list[Line], at: int, annex: re.Match[str]) -> bool:
    """Return whether the annex line only announces annexes: names, signature and date follow, not their content."""
    for line in lines[at + 1 : at + 1 + _LOOK_AHEAD]:
        words = text[line.start : line.end]
        if _DATE_LINE.match(words):
            return True
        if line.kind == "text" and _ANNEX.match(words):
            return annex.end() < lines[at].end
        if line.kind == "row" or "。" in words:
            return False
    return annex.end() < lines[at].end and bool(annex["mark"].strip())


def _is_signature(text: str, line: Line) -> bool:
    words = text[line.start : line.end].strip()
    return line.number is None and line.kind == "text" and len(words) <= 30 and not _SENTENCE.search(words)


def annex_number(text: str, line: Line) -> Number:
    """Return the number of an annex heading; an annex without one counts as the first."""
    match = _ANNEX.match(text, line.start, line.end)
    if match is None:
        raise ValueError("not the heading of an annex")
    return Number("annex", count(match["n"]) if match["n"] else 1, *match.span("printed"), match.end())
