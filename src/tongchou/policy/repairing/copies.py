"""Find stretches of a text that stand in it twice, and how the two differ.

Pieces between punctuation marks that occur again are anchors; anchors that follow each other at both places make a
stretch. Everything is linear in the text: pieces are hashed, and characters are compared only between anchors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from tongchou.policy.spans import Span

_PIECE = re.compile(r"[^\s，。；：、！？,.;:!?（）()〔〕\[\]“”\"]{6,}")
_GAP = 300  # characters that may differ between two anchors of one stretch
_STOCK = 30  # times a piece may be met before it counts as a stock phrase that marks no copy
_DRIFT = 8  # stretches are told apart by how far apart their places are, in steps of two to this power
_SHORTEST = 120  # characters of a stretch worth calling a copy
_SHARE = 0.25  # least part of a stretch that its anchors cover
_ALIKE = 0.8  # least part of a stretch that is the same in both copies
_UNLIKE = 0.5  # most of a stretch that may stand between anchors and differ; passages of stock phrases have more
_MARKER = re.compile(
    r"(?:(?P<chapter>第[一二三四五六七八九十百零]+[章节编条])|(?P<han>[一二三四五六七八九十]+)、"
    r"|[（(](?P<paren>[一二三四五六七八九十]+)[）)]|(?P<arabic>\d{1,2})[.．、](?!\d)|[（(](?P<round>\d{1,2})[）)])"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}


class Difference(NamedTuple):
    """Where the two copies of a stretch differ; either side may be empty."""

    kept: Span
    other: Span


@dataclass(slots=True)
class _Chain:
    """A stretch in the making: the places of its anchors in the first and in the second copy."""

    anchors: list[tuple[int, int, int]] = field(default_factory=list)  # start in first, start in second, length
    covered: int = 0

    def add(self, first: int, second: int, size: int) -> None:
        self.anchors.append((first, second, size))
        self.covered += size

    @property
    def ends(self) -> tuple[int, int]:
        first, second, size = self.anchors[-1]
        return first + size, second + size


@dataclass(frozen=True, slots=True)
class Copy:
    """A stretch that stands twice: ``kept`` stays in the text, ``dropped`` is the other copy."""

    kept: Span
    dropped: Span
    differences: tuple[Difference, ...]


def find(text: str) -> list[Copy]:
    """Return the stretches of whole lines, at least some two sentences long, that stand twice, in order of ``kept``."""
    return [copy for chain in _chains(text) if (copy := _copy(text, chain)) is not None]


def _chains(text: str) -> list[_Chain]:
    """Link every piece to its next occurrence and follow links that run side by side."""
    last: dict[str, tuple[int, int]] = {}  # where a piece stood last, and how often it has been met
    links: list[tuple[int, int, int]] = []
    for match in _PIECE.finditer(text):
        piece, start = match[0], match.start()
        before, met = last.get(piece, (-1, 0))
        if 0 < met < _STOCK:
            links.append((before, start, len(piece)))
        last[piece] = (start, met + 1)
    enough = _SHORTEST * _SHARE
    if sum(size for _, _, size in links) < enough:
        return []
    links.sort()
    done: list[_Chain] = []
    # Stretches being followed, by how far apart their two places are: insertions move that by a few characters.
    following: dict[int, _Chain] = {}
    for first, second, size in links:
        apart = (second - first) >> _DRIFT
        for key in (apart, apart - 1, apart + 1):
            chain = following.get(key)
            if chain is None:
                continue
            last_first, last_second, last_size = chain.anchors[-1]
            if 0 <= first - last_first - last_size <= _GAP and 0 <= second - last_second - last_size <= _GAP:
                if key != apart:
                    del following[key]
                break
        else:
            chain = _Chain()
        displaced = following.get(apart)
        if displaced is not None and displaced is not chain and displaced.covered >= enough:
            done.append(displaced)
        following[apart] = chain
        chain.add(first, second, size)
    done += [chain for chain in following.values() if chain.covered >= enough]
    return sorted(done, key=lambda c: c.anchors[0])


def _copy(text: str, chain: _Chain) -> Copy | None:
    first_start, second_start, _ = chain.anchors[0]
    first_end, second_end = chain.ends
    if _unlike(text, chain) > _UNLIKE * (first_end - first_start):
        return None
    if second_start < first_end:  # a text that repeats with a period shorter than the stretch
        if second_start - first_start < _SHORTEST:
            return None
        chain = _before(chain, second_start)
        periodic_end: int | None = second_end
        first_end, _ = chain.ends
        second_end = chain.ends[1]
    else:
        periodic_end = None
    first_start, second_start = _back(text, first_start, second_start)
    limit = second_start
    first_end, second_end = _forth(text, first_end, second_end, limit)
    first, second = Span(first_start, first_end), Span(second_start, max(second_end, periodic_end or 0))
    size = len(text[first.start : first.end].strip())
    if min(size, second.end - second.start) < _SHORTEST or chain.covered < _SHARE * size:
        return None
    if not (_whole_lines(text, first) and _whole_lines(text, second)):
        return None
    pairs = _differences(text, chain, first, Span(second_start, second_end))
    if sum(max(a.end - a.start, b.end - b.start) for a, b in pairs) > (1 - _ALIKE) * size:
        return None
    if periodic_end is None and _belongs_second(text, first, second):
        return Copy(second, first, tuple(Difference(b, a) for a, b in pairs))
    return Copy(first, second, tuple(Difference(a, b) for a, b in pairs))


def _unlike(text: str, chain: _Chain) -> int:
    """Return how many characters stand in gaps between anchors that are not the same in both copies."""
    found = 0
    for (first, second, size), (next_first, next_second, _) in pairwise(chain.anchors):
        a, b = text[first + size : next_first], text[second + size : next_second]
        if a != b:
            found += max(len(a), len(b))
    return found


def _before(chain: _Chain, limit: int) -> _Chain:
    """Return the part of ``chain`` whose first copy ends before ``limit``."""
    part = _Chain()
    for first, second, size in chain.anchors:
        if first + size > limit:
            break
        part.add(first, second, size)
    return part


def _back(text: str, first: int, second: int) -> tuple[int, int]:
    """Extend two equal places to the left while the characters agree."""
    while first > 0 and text[first - 1] == text[second - 1]:
        first, second = first - 1, second - 1
    # A difference in the first words of a line: take the line in when what remains of it is nearly the same.
    line_first, line_second = text.rfind("\n", 0, first) + 1, text.rfind("\n", 0, second) + 1
    a, b = text[line_first:first], text[line_second:second]
    if (a or b) and len(a) <= _GAP and len(b) <= _GAP and _alike(a, b):
        return line_first, line_second
    while text[first].isspace() and text[first] == text[second]:  # a line begins behind its line end
        first, second = first + 1, second + 1
    return first, second


def _forth(text: str, first: int, second: int, limit: int) -> tuple[int, int]:
    """Extend two equal places to the right, the first not beyond ``limit``."""
    while first < limit and second < len(text) and text[first] == text[second]:
        first, second = first + 1, second + 1
    if text[first - 1] == "\n":  # both end with a whole line; what follows is another one
        return first, second
    line_first, line_second = text.find("\n", first), text.find("\n", second)
    line_first = limit if line_first < 0 else min(line_first, limit)
    line_second = len(text) if line_second < 0 else line_second
    a, b = text[first:line_first], text[second:line_second]
    if (a or b) and len(a) <= _GAP and len(b) <= _GAP and _alike(a, b):
        return line_first, line_second
    return first, second


def _alike(a: str, b: str) -> bool:
    short, long = sorted((len(a), len(b)))
    if long <= 8:
        return True
    return short > 0.5 * long and SequenceMatcher(None, a, b, autojunk=False).ratio() > 0.7


def _whole_lines(text: str, span: Span) -> bool:
    before, behind = text[text.rfind("\n", 0, span.start) + 1 : span.start], ""
    if span.end > 0 and text[span.end - 1 : span.end] != "\n":
        end = text.find("\n", span.end)
        behind = text[span.end : len(text) if end < 0 else end]
    return not before.strip() and not behind.strip()


def _differences(text: str, chain: _Chain, first: Span, second: Span) -> list[tuple[Span, Span]]:
    found: list[tuple[Span, Span]] = []
    at_first, at_second = first.start, second.start
    for start_first, start_second, size in (*chain.anchors, (first.end, second.end, 0)):
        if start_first < at_first or start_second < at_second:
            continue
        a, b = text[at_first:start_first], text[at_second:start_second]
        if a != b:
            for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
                if tag != "equal":
                    found.append(
                        (Span(at_first + i1, at_first + i2), Span(at_second + j1, at_second + j2)),
                    )
        at_first, at_second = start_first + size, start_second + size
    return found


def _belongs_second(text: str, first: Span, second: Span) -> bool:
    """Return whether the numbering of the document runs on into the second copy and not into the first."""
    for match in _numbered(text, first):
        style, value = match
        if value == 1:
            continue
        before_first = _last_value(text, style, 0, first.start)
        before_second = _last_value(text, style, first.end, second.start)
        return before_first != value - 1 and before_second == value - 1
    return False


def _numbered(text: str, span: Span) -> list[tuple[str, int]]:
    """Return style and value of the number of the first numbered line in ``span``."""
    for line in text[span.start : min(span.end, span.start + 20_000)].split("\n"):
        if (match := _MARKER.match(line.strip())) is not None:
            return [_value(match)]
    return []


def _last_value(text: str, style: str, start: int, end: int) -> int | None:
    for line in reversed(text[max(start, end - 20_000) : end].split("\n")):
        if (match := _MARKER.match(line.strip())) is not None:
            found, value = _value(match)
            if found == style:
                return value
    return None


def _value(match: re.Match[str]) -> tuple[str, int]:
    style = match.lastgroup or ""
    printed = match[style]
    if style in ("arabic", "round"):
        return style, int(printed)
    if style == "chapter":
        style, printed = printed[-1], printed[1:-1]
    value = part = 0
    for c in printed:
        if c == "百":
            value, part = value + (part or 1) * 100, 0
        elif c == "十":
            value, part = value + (part or 1) * 10, 0
        else:
            part = _DIGITS[c]
    return style, value + part
