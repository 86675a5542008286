"""How alike two indicators are described: a suggestion that a person should compare them, never a ruling.

The measure is Dice's coefficient of character pairs, 2·|A∩B| / (|A|+|B|), of the titles and of the definitions, and
the mean of the two; titles that name different numbers are never alike. It can be checked by hand: 常住人口 and
常住人口数 share 3 pairs of 3 and 4, so 6/7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tongchou.kernel.units import is_unit, same_dimension
from tongchou.region.model import Indicator

ALIKE = 0.6  # at which two are shown side by side; nothing but attention follows from it
_NUMBERS = re.compile(r"\d+")
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two indicators with how alike their titles and definitions are, from 0 to 1."""

    first: Indicator
    second: Indicator
    title: float
    definition: float

    @property
    def title_percent(self) -> int:
        """How alike the titles are, of 100."""
        return round(100 * self.title)

    @property
    def definition_percent(self) -> int:
        """How alike the definitions are, of 100."""
        return round(100 * self.definition)

    @property
    def whole(self) -> float:
        """The mean of the two."""
        return (self.title + self.definition) / 2


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, marks and spaces left out."""
    plain = _MARKS.sub("", text).lower()
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset({plain})


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """Return 2·|A∩B| / (|A|+|B|)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def alike(indicators: Iterable[Indicator], at_least: float = ALIKE, of: str = "") -> list[Alike]:
    """Return the pairs that measure the same kind of thing and are described alike, the likest first.

    ``of`` keeps to the pairs with one indicator.
    """
    held = [(i, pairs_of(i.title.zh), pairs_of(i.definition.zh)) for i in indicators]
    found = []
    for n, (first, title, definition) in enumerate(held):
        for second, other_title, other_definition in held[n + 1 :]:
            if of and of not in (first.id, second.id):
                continue
            titles = dice(title, other_title)
            # 0—4岁人口 and 5—9岁人口 differ in what they say plainest: no person need be asked.
            if titles + 1 < 2 * at_least or _NUMBERS.findall(first.title.zh) != _NUMBERS.findall(second.title.zh):
                continue
            one = Alike(first, second, titles, dice(definition, other_definition))
            if one.whole >= at_least and _comparable(first.unit, second.unit):
                found.append(one)
    return sorted(found, key=lambda a: (-a.whole, a.first.id, a.second.id))


def _comparable(a: str, b: str) -> bool:
    return a == b or (is_unit(a) and is_unit(b) and same_dimension(a, b))
