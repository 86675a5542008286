"""A change as its page shows it: the sentence for each place first, below it the table of what it is due to."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from tongchou.kernel.numbers import figure
from tongchou.kernel.text import Text
from tongchou.rules.attribution.words import sentence, summary
from tongchou.surfaces.changes import HEADS, NONE, Compared, decimals_of, printed_parts, sides, title

_MOST = 60


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One place: its name, the result before and after, the change and the part of every factor."""

    name: Text
    cells: tuple[str, ...]
    reason: Text | None


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A change with its sentences and its table."""

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[ChangeRow, ...]
    whole: Text | None
    sentences: tuple[Text, ...]
    notes: tuple[Text, ...]
    more: int


def change_shown(compared: Compared) -> ChangeShown:
    """Return a change as its page shows it."""
    change, names = compared.change, compared.names
    decimals = decimals_of(change)
    rows = []
    for i, place in enumerate(change.places[:_MOST]):
        both = [NONE.zh if isnan(v) else figure(float(v), change.unit) for v in (change.before[i], change.after[i])]
        parts = printed_parts(change, i, decimals)
        parts += [NONE.zh] * (1 + len(change.factors) - len(parts))
        rows.append(ChangeRow(names[place], (*both, *parts), change.reasons.get(place)))
    return ChangeShown(
        title(change),
        (*sides(change), HEADS["change"], *(factor.label for factor in change.factors)),
        tuple(rows),
        summary(change),
        tuple(sentence(change, i, names) for i in range(min(len(change.places), _MOST))),
        change.notes,
        max(0, len(change.places) - _MOST),
    )
