"""Characters pushed into words: proved by a second copy of the text, or proposed where there is one copy only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tongchou.policy.model import RepairKind
from tongchou.policy.repairing.copies import Copy
from tongchou.policy.repairing.language import Lexicon, lexicon
from tongchou.policy.spans import Edit
from tongchou.policy.vocabulary import words

_CHUNK = 1_000_000  # characters looked at together
_SHORTEST, _LONGEST = 2, 6  # characters pushed in at one place
_SIDE = 12  # characters of context
_FOREIGN = 3  # characters foreign to official prose in a row that are proposed wherever they stand
_JUNK = 0.5  # share of characters in no word from which a difference between copies is no text
_LENGTH = (0.0, 0.0, 0.0, 0.1, 0.3, 0.35)  # what a word of so many characters across the gap speaks for it
_ENOUGH = 0.5  # points from which a reading is proposed
_PUNCTUATION = re.compile(r"[\s，。；：、！？,.;:!?（）()〔〕“”\"]*")
_STOPS = "，。；：、！？,.;:!?"


class Found(NamedTuple):
    """An edit with its kind and what speaks for it; ``applied`` is false for a proposal."""

    edit: Edit
    kind: RepairKind
    evidence: str
    confidence: float
    applied: bool


def from_copy(text: str, copy: Copy) -> Iterator[Found]:
    """Yield what the other copy of a stretch says about the one that stays.

    Characters that only the copy that stays has, and that form no words, are taken out. Words that only the other copy
    has are put back. Where the language does not tell which is right, the difference is proposed.
    """
    known = lexicon()
    for kept, other in copy.differences:
        here, there = text[kept.start : kept.end], text[other.start : other.end]
        if not here.strip() and not there.strip():
            continue
        left, right = text[max(0, kept.start - _SIDE) : kept.start], text[kept.end : kept.end + _SIDE]
        seen = f"另一处同文作“{_excerpt(left, there, right)}”"
        if _PUNCTUATION.fullmatch(here) and _PUNCTUATION.fullmatch(there):
            yield Found(Edit(kept.start, here, there), RepairKind.VARIANT, f"{seen}，标点不同", 0.4, False)
            continue
        bad_here = known.wordless(left, here, right)
        bad_there = known.wordless(left, there, right)
        if here and not there:
            if bad_here >= _JUNK:
                yield Found(Edit(kept.start, here, ""), RepairKind.INSERTED, seen, 0.99, True)
            else:
                yield Found(Edit(kept.start, here, ""), RepairKind.VARIANT, f"{seen}，文字不能断定", 0.5, False)
        elif there and not here:
            if bad_there == 0 and len(there) > 1 and known.within(there):
                yield Found(Edit(kept.start, "", there), RepairKind.VARIANT, f"{seen}，此处缺字", 0.9, True)
            elif bad_there < _JUNK:
                yield Found(Edit(kept.start, "", there), RepairKind.VARIANT, f"{seen}，文字不能断定", 0.5, False)
        elif bad_here >= _JUNK and bad_there == 0:
            yield Found(Edit(kept.start, here, there), RepairKind.VARIANT, f"{seen}，此处文字不成词", 0.9, True)
        elif bad_there < _JUNK:
            yield Found(Edit(kept.start, here, there), RepairKind.VARIANT, f"{seen}，文字不能断定", 0.5, False)


def _excerpt(left: str, middle: str, right: str) -> str:
    return (left[-4:] + middle + right[:4]).replace("\n", "⏎")


def proposals(text: str, elsewhere: str, names: Iterable[str] = ()) -> Iterator[Found]:
    """Yield places of ``text`` where characters seem to have been pushed in; nothing is changed.

    Wherever several neighbours in a row are strange, it is tried whether leaving two to six characters out makes a
    known word across the gap and leaves nothing strange. ``elsewhere`` is all text of the same source, searched for
    the reading without them; ``names`` (places, parties) are never taken for inserted.
    """
    known = lexicon()
    runs = list(_runs(text, known))
    if not runs:
        return
    # A name the lexicon lacks is strange wherever it stands; random characters are strange once.
    pairs = Counter(text[i : i + 2] for start, end in runs for i in range(start, end))
    listed = [name for name in names if len(name) > 1]
    budget = 200  # searches in the whole text, so that the time stays linear
    for start, end in runs:
        best: Found | None = None
        for at, stop in _readings(text, start, end, known):
            inserted = text[at:stop]
            if any(pairs[text[i : i + 2]] > 1 for i in range(at, stop - 1)):
                continue
            left, right = text[max(0, at - _SIDE) : at], text[stop : stop + _SIDE]
            if _is_name(left, inserted, right, listed):
                continue
            found = _judge(known, _Reading(at, inserted, left, right, at - 1 - start, end - stop))
            if found is None and budget > 0 and right[:1] in _STOPS and stop == end + 1:
                budget -= 1
                found = _before_stop(known, at, inserted, left, elsewhere)
            if found is not None and (best is None or found.confidence > best.confidence):
                best = found
        if best is not None:
            yield best


def _runs(text: str, known: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield runs of strange neighbours: characters ``start`` to ``end``, both included."""
    import numpy as np

    for base in range(0, len(text), _CHUNK):
        strange = known.strange(text[base : base + _CHUNK + _LONGEST + 4])
        edges = np.flatnonzero(np.diff(np.concatenate(([False], strange, [False])).astype(np.int8)))
        starts, ends = edges[::2], edges[1::2]
        for i in np.flatnonzero((ends - starts >= _SHORTEST + 1) & (ends - starts <= _LONGEST + 3)):
            if starts[i] < _CHUNK:
                yield base + int(starts[i]), base + int(ends[i])


class _Reading(NamedTuple):
    """A guess that ``inserted`` does not belong: its sides, and how many strange pairs stay beside the gap."""

    at: int
    inserted: str
    left: str
    right: str
    strange_left: int
    strange_right: int


def _readings(text: str, start: int, end: int, known: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield what may be left out of a run: its inner part, or a part whose sides are neighbours in some word."""
    for at in range(start + 1, end - _SHORTEST + 1):
        for stop in range(at + _SHORTEST, min(at + _LONGEST, end) + 1):
            if (at == start + 1 and stop == end) or known.neighbours(text[at - 1], text[stop]):
                yield at, stop
    if _SHORTEST < end - start <= _LONGEST and text[end + 1 : end + 2] in _STOPS:
        yield start + 1, end + 1


def _judge(known: Lexicon, reading: _Reading) -> Found | None:
    """Return a proposal where leaving characters out joins a word that the sides of the gap need."""
    inserted, left, right = reading.inserted, reading.left, reading.right
    word = known.across(left, right)
    rare = known.rare(inserted)
    open_left, open_right = reading.strange_left > 0, reading.strange_right > 0
    if not word:
        return _rare(reading.at, inserted, left, right, rare) if not (open_left or open_right) else None
    # A side that is in no word of its own needs the word across; one strange pair beside it is a seam between words.
    points = 0.35 + 0.15 * open_left + 0.15 * open_right + 0.08 * min(rare, 3) + _LENGTH[min(len(word), 5)]
    points -= 0.1 * (max(0, reading.strange_left - 1) + max(0, reading.strange_right - 1))
    if points <= _ENOUGH:
        return None
    evidence = f"“{inserted}”与前后文不成词，去掉后为“{_excerpt(left, '', right)}”，其中“{word}”成词"
    return Found(Edit(reading.at, inserted, ""), RepairKind.INSERTED, evidence, round(min(points, 0.9), 2), False)


def _rare(at: int, inserted: str, left: str, right: str, rare: int) -> Found | None:
    """Return a weak proposal for characters between two whole words, all of them foreign to official prose."""
    if rare < max(_FOREIGN, len(inserted)):
        return None
    evidence = f"“{inserted}”与前后文不成词，公文中罕用，去掉后为“{_excerpt(left, '', right)}”"
    return Found(Edit(at, inserted, ""), RepairKind.INSERTED, evidence, round(min(0.3 + 0.08 * rare, 0.6), 2), False)


def _before_stop(known: Lexicon, at: int, inserted: str, left: str, elsewhere: str) -> Found | None:
    """Return a proposal where the words before ``inserted`` end a clause elsewhere in the source."""
    rare = known.rare(inserted)
    lead = re.split(r"[^\u4e00-\u9fff]", left)[-1][-4:]
    if rare < 1 or len(lead) < 3:
        return None
    match = re.search(re.escape(lead) + f"[{re.escape(_STOPS)}]", elsewhere)
    if match is None:
        return None
    evidence = f"“{inserted}”与前文不成词，文中他处作“{match[0]}”"
    return Found(Edit(at, inserted, ""), RepairKind.INSERTED, evidence, round(min(0.5 + 0.1 * rare, 0.8), 2), False)


def _is_name(left: str, inserted: str, right: str, names: list[str]) -> bool:
    """Return whether ``inserted`` is part of a known name, or looks like the name of a place or a person."""
    if inserted[-1] in words("name_endings") or right[:1] in words("name_endings"):
        return True
    if inserted[0] in words("surnames") and len(inserted) <= 3:
        return True
    around = left + inserted + right
    return any(
        name in around and around.find(name) < len(left) + len(inserted) and around.find(name) + len(name) > len(left)
        for name in names
    )
