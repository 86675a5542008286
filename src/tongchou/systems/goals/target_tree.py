"""The tree of milestone targets: which state promised for one year grows into which state of the next (S05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.systems.goals import codes


@dataclass(frozen=True, slots=True)
class Milestone:
    """One target as the text promises it: a year and the words."""

    id: str
    year: int
    text: str


@dataclass(frozen=True, slots=True)
class Succession:
    """A proposal that ``later`` continues ``earlier``, from the words they ``share``; a person confirms it.

    ``before`` and ``after`` are the states on the ladder found in the two texts, empty where there is none.
    ``rises`` is whether the second stands higher, ``None`` where either has no state.
    """

    earlier: str
    later: str
    share: str
    before: str
    after: str
    rises: bool | None


def successions(targets: Sequence[Milestone], ladder: Sequence[str], least: int) -> list[Succession]:
    """Propose the links between the targets of one milestone year and the next.

    ``ladder`` lists state words (基本建立, 成熟定型 …) from lowest to highest; they say how far, not what, and are left
    out when subjects are compared. Two targets are linked when their subjects share a run of at least ``least``
    characters; every target has at most one link each way, chosen so that all shared runs together are longest.
    Raises for an id used twice.
    """
    from scipy.optimize import linear_sum_assignment

    ids = [target.id for target in targets]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        problems: list[Problem] = [codes.TWICE.at(i, id=i) for i in twice]
        raise ProblemsError(problems)
    years = sorted({target.year for target in targets})
    links: list[Succession] = []
    for year, following in pairwise(years):
        here = [t for t in targets if t.year == year]
        there = [t for t in targets if t.year == following]
        shared = [[_common(_subject(a.text, ladder), _subject(b.text, ladder)) for b in there] for a in here]
        # A long run is worth more than two halves of it; positions settle what lengths do not.
        worth = np.array([[len(s) ** 2 if len(s) >= least else 0 for s in row] for row in shared], dtype=float)
        worth -= 1e-6 * np.abs(np.subtract.outer(np.arange(len(here)), np.arange(len(there)))) * (worth > 0)
        for i, j in zip(*linear_sum_assignment(-worth), strict=True):
            if worth[i, j] > 0:
                before, after = _state(here[i].text, ladder), _state(there[j].text, ladder)
                rises = ladder.index(after) > ladder.index(before) if before and after else None
                links.append(Succession(here[i].id, there[j].id, shared[i][j], before, after, rises))
    return links


def _state(text: str, ladder: Sequence[str]) -> str:
    return max((word for word in ladder if word in text), key=len, default="")


def _subject(text: str, ladder: Sequence[str]) -> str:
    for word in sorted(ladder, key=len, reverse=True):
        text = text.replace(word, "\n")  # a break no run can cross
    return text


def _common(a: str, b: str) -> str:
    """Return the longest run of characters both have, the first in ``a`` of several."""
    best, lengths = "", [0] * (len(b) + 1)
    for i, char in enumerate(a):
        row = [0] * (len(b) + 1)
        for j, other in enumerate(b):
            if char == other != "\n":
                row[j + 1] = lengths[j] + 1
                if row[j + 1] > len(best):
                    best = a[i + 1 - row[j + 1] : i + 1]
        lengths = row
    return best
