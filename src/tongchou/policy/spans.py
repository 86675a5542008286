"""Edits to a text that keep the way back: where each character of the new text stood in the old one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``start`` up to, not including, ``end`` of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``before`` standing at ``start`` of the old text by ``after``."""

    start: int
    before: str
    after: str


class EditedText:
    """A text with non-overlapping edits applied, able to map offsets of the result back to the original and forth.

    An offset inside a replacement maps into the replaced characters, as far in as they go. Whoever keeps a layer may
    go on with a text of the same length (characters replaced one for one): offsets still hold.
    """

    __slots__ = ("_new", "_old", "_sizes", "edits", "text")

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        self.edits: tuple[Edit, ...] = tuple(sorted(edits, key=lambda e: e.start))
        parts: list[str] = []
        self._new: list[int] = []
        self._old: list[int] = []
        self._sizes: list[tuple[int, int]] = []
        at = length = 0
        for edit in self.edits:
            if edit.start < at or not text.startswith(edit.before, edit.start):
                raise ValueError(f"edit at {edit.start} overlaps another or does not match the text")
            parts += (text[at : edit.start], edit.after)
            length += edit.start - at
            self._new.append(length)
            self._old.append(edit.start)
            self._sizes.append((len(edit.before), len(edit.after)))
            length += len(edit.after)
            at = edit.start + len(edit.before)
        parts.append(text[at:])
        self.text = "".join(parts)

    def to_old(self, offset: int) -> int:
        """Return the offset in the original text of ``offset`` in the edited one."""
        i = bisect_right(self._new, offset) - 1
        if i < 0:
            return offset
        into = offset - self._new[i]
        before, after = self._sizes[i]
        return self._old[i] + (min(into, before) if into < after else before + into - after)

    def span_to_old(self, span: Span) -> Span:
        """Return the span of the original text that became ``span``."""
        if span.end <= span.start:
            at = self.to_old(span.start)
            return Span(at, at)
        # The last character is mapped, not the end, so that an edit right behind the span stays outside it.
        last = span.end - 1
        i = bisect_right(self._new, last) - 1
        if i >= 0 and last - self._new[i] < self._sizes[i][1]:
            end = self._old[i] + self._sizes[i][0]
        else:
            end = self.to_old(last) + 1
        return Span(self.to_old(span.start), end)

    def to_new(self, offset: int) -> int:
        """Return the offset in the edited text of ``offset`` in the original one."""
        i = bisect_right(self._old, offset) - 1
        if i < 0:
            return offset
        into = offset - self._old[i]
        before, after = self._sizes[i]
        return self._new[i] + (min(into, after) if into < before else after + into - before)

    def span_to_new(self, span: Span) -> Span:
        """Return the span of the edited text that ``span`` of the original became; empty where it was taken out."""
        start = self.to_new(span.start)
        if span.end <= span.start:
            return Span(start, start)
        last = span.end - 1
        i = bisect_right(self._old, last) - 1
        if i >= 0 and last - self._old[i] < self._sizes[i][0]:
            end = self._new[i] + self._sizes[i][1]
        else:
            end = self.to_new(last) + 1
        return Span(start, max(start, end))

    def place_of(self, edit: Edit) -> Span:
        """Return where the replacement of one of :attr:`edits` stands in the edited text; ``ValueError`` for others."""
        i = bisect_left(self._old, edit.start)
        while i < len(self.edits) and self.edits[i].start == edit.start:
            if self.edits[i] == edit:
                return Span(self._new[i], self._new[i] + len(edit.after))
            i += 1
        raise ValueError(f"no such edit at {edit.start}")

    def removed(self, span: Span) -> bool:
        """Return whether ``span`` of the original lies wholly inside one piece that was taken out.

        An empty span at the edge of such a piece is outside it.
        """
        i = bisect_right(self._old, span.start) - 1
        if i < 0:
            return False
        before, after = self._sizes[i]
        start, end = self._old[i], self._old[i] + before
        if after or span.end > end:
            return False
        return span.start < end and (span.end > span.start or start < span.start)


def span_to_source(span: Span, texts: Sequence[EditedText]) -> Span:
    """Map ``span`` of the last of ``texts`` back through all of them to the first one's original."""
    for text in reversed(texts):
        span = text.span_to_old(span)
    return span
