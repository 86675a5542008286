"""White space and broken lines: no indents, no blank lines, lines broken at a fixed width put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongchou.policy.formats.lines import goes_on, usual_width, width
from tongchou.policy.spans import Edit

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]+")
# Space around a line end, or at the beginning or end of the text. A tab may be an empty first cell of a table.
_SPACE = re.compile(r"\s+")
_WIDEST = 100  # characters of a line that an editor broke at a fixed width
_NARROWEST = 18
_LINES = 6  # full lines that show the width


def edits(text: str) -> Iterator[Edit]:
    """Yield the edits that tidy ``text``, in order and not overlapping."""
    found = list(_line_ends(text))
    if _INVISIBLE.search(text) is not None:
        found += [Edit(m.start(), m[0], "") for m in _INVISIBLE.finditer(text)]
        found.sort(key=lambda e: e.start)
    at = 0
    for edit in found:
        if edit.start >= at:
            yield edit
            at = edit.start + len(edit.before)


def _line_ends(text: str) -> Iterator[Edit]:
    full = _broken_at(text)
    for match in _SPACE.finditer(text):
        space = match[0]
        start, end = match.span()
        if full and space == "\n" and start > 0 and end < len(text) and _goes_on(text, start, end, full):
            yield Edit(start, "\n", "")
            continue
        if "\n" not in space and start > 0 and end < len(text):
            continue
        if space == "\n" and start > 0 and end < len(text):
            continue
        if start == 0 or end == len(text):
            yield Edit(start, space, "")
            continue
        kept = "\n"
        indent = space[space.rfind("\n") + 1 :]
        if "\t" in indent:
            line_end = text.find("\n", end)
            if "\t" in text[end : len(text) if line_end < 0 else line_end]:
                kept += indent[indent.index("\t") :]
        if kept != space:
            yield Edit(start, space, kept)


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
