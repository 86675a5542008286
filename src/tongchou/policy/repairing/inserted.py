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
_JUNK_SHARE = 0.75  # share of strange neighbours from which inserted characters are no words
_WORDS_SHARE = 0.6  # share up to which they are
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
        strange_here = known.strange_share(left, here, right) if here else 0.0
        strange_there = known.strange_share(left, there, right) if there else 0.0
        if here and not there:
            if strange_here >= _JUNK_SHARE:
                yield Found(Edit(kept.start, here, ""), RepairKind.INSERTED, seen, 0.99, True)
            elif strange_here > _WORDS_SHARE:
                yield Found(Edit(kept.start, here, ""), RepairKind.VARIANT, f"{seen}，文字不能断定", 0.5, False)
        elif there and not here:
            if strange_there <= _WORDS_SHARE and len(there) > 1:
                yield Found(Edit(kept.start, "", there), RepairKind.VARIANT, f"{seen}，此处缺字", 0.9, True)
            elif strange_there < _JUNK_SHARE:
                yield Found(Edit(kept.start, "", there), RepairKind.VARIANT, f"{seen}，文字不能断定", 0.5, False)
        elif strange_here >= _JUNK_SHARE > _WORDS_SHARE >= strange_there:
            yield Found(Edit(kept.start, here, there), RepairKind.VARIANT, f"{seen}，此处文字不成词", 0.9, True)
        elif strange_there < _JUNK_SHARE:
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
        for at, stop, open_left, open_right in _readings(text, start, end):
            inserted = text[at:stop]
            if any(pairs[text[i : i + 2]] > 1 for i in range(at, stop - 1)):
                continue
            left, right = text[max(0, at - _SIDE) : at], text[stop : stop + _SIDE]
            if _is_name(left, inserted, right, listed):
                continue
            found = _judge(known, at, inserted, left, right, open_left, open_right)
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


def _readings(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield what may be left out of a run, and whether the characters at its sides belong to no word of their own.

    At most one strange pair may stay on either side: the seam between two words.
    """
    for at in (start + 2, start + 1):
        for stop in (end - 1, end):
            if _SHORTEST <= stop - at <= _LONGEST:
                yield at, stop, at == start + 2, stop == end - 1
    if _SHORTEST < end - start <= _LONGEST and text[end + 1 : end + 2] in _STOPS:
        yield start + 1, end + 1, False, False


def _judge(
    known: Lexicon, at: int, inserted: str, left: str, right: str, open_left: bool, open_right: bool
) -> Found | None:
    """Return a proposal where leaving ``inserted`` out joins a word that its sides need."""
    word = known.across(left, right)
    if not word:
        return None
    rare = known.rare(inserted)
    if not (open_left or open_right) and rare < 2:
        return None
    points = 0.35 + 0.15 * open_left + 0.15 * open_right + 0.08 * min(rare, 3) + 0.06 * min(len(word) - 2, 2)
    if points < 0.5:
        return None
    evidence = f"“{inserted}”与前后文不成词，去掉后为“{_excerpt(left, '', right)}”，其中“{word}”成词"
    return Found(Edit(at, inserted, ""), RepairKind.INSERTED, evidence, round(min(points, 0.9), 2), False)


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
    if inserted[0] in words("surnames") and len(inserted) <= 3 and not left[-1:].strip("：:、，, \t"):
        return True
    around = left + inserted + right
    return any(
        name in around and around.find(name) < len(left) + len(inserted) and around.find(name) + len(name) > len(left)
        for name in names
    )
