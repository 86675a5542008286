"""White space and broken lines: no indents, no blank lines, lines broken at a fixed width put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongchou.policy.spans import Edit

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]+")
# Space around a line end, or at the beginning or end of the text. A tab may be an empty first cell of a table.
_LINE_END = re.compile(r"[^\S\n]*\n\s*|\A\s+|\s+\Z")
_ELLIPSIS = re.compile(r"(?<=[\u3400-\u9fff”》）])\.{3,6}|。{3,6}|…(?!…)(?<!……)")
_DASHES = re.compile(r"(?<=[\u3400-\u9fff])-{2,4}(?=[\u3400-\u9fff])")


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
    for match in _LINE_END.finditer(text):
        space = match[0]
        start, end = match.span()
        if space == "\n" and 0 < start and end < len(text):
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
