"""White space and broken lines: no indents, no blank lines, lines broken at a fixed width put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongchou.policy.formats.lines import goes_on, usual_width, width
from tongchou.policy.spans import Edit

_INVISIBLE = "\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e"  # characters without width, direction marks
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
_SPACE = re.compile(rf"[\s{_INVISIBLE}]+")
_WIDEST = 100  # characters of a line that an editor broke at a fixed width
_NARROWEST = 18
_LINES = 6  # full lines that show the width


def edits(text: str) -> Iterator[Edit]:
    """Yield the edits that tidy ``text``, in order and not overlapping."""
    full = _broken_at(text)
    for match in _SPACE.finditer(text):
        start, end = match.span()
        tidied = _tidied(text, match[0], start, end, full)
        if tidied != match[0]:
            yield Edit(start, match[0], tidied)


def _tidied(text: str, space: str, start: int, end: int, full: float) -> str:
    """Return what to write for the space ``text[start:end]``."""
    if start == 0 or end == len(text):
        return ""
    if space == "\n":
        return "" if full and _goes_on(text, start, end, full) else "\n"
    if not space.isspace():
        space = _HIDDEN.sub("", space)
    if "\n" not in space:
        return space
    indent = space[space.rfind("\n") + 1 :]
    if "\t" not in indent:
        return "\n"
    # A tab may be the empty first cell of a table row, if the line holds more of them.
    line_end = text.find("\n", end)
    row = "\t" in text[end : len(text) if line_end < 0 else line_end]
    return "\n" + indent[indent.index("\t") :].replace(" ", "") if row else "\n"


def _broken_at(text: str) -> float:
    """Return the width at which the lines of ``text`` were broken, 0 where its lines are paragraphs."""
    lines = [line.strip() for line in text.split("\n")]
    if max(map(len, lines), default=0) > _WIDEST:
        return 0.0
    full = usual_width(lines)
    if full < _NARROWEST:
        return 0.0
    long = [line for line in lines if full - 1.5 <= width(line) <= full + 1.5]
    inside = [line for line in long if line[-1:] not in "。！？：；"]
    return full if len(long) >= max(_LINES, 0.4 * len(lines)) and len(inside) > 0.4 * len(long) else 0.0


def _goes_on(text: str, start: int, end: int, full: float) -> bool:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", end)
    following = text[end : len(text) if line_end < 0 else line_end]
    return "\t" not in before and "\t" not in following and goes_on(before, following, full)
