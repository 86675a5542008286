"""Why a place's change is not given: it stands on one side only, has no result there, or cannot be split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tongchou.kernel.periods import Period
from tongchou.kernel.text import Text
from tongchou.rules import codes
from tongchou.rules.attribution.pair import Pair
from tongchou.rules.evaluate import Cell, Result
from tongchou.rules.table import Numbers

_ONLY = Text("{period}没有这个单位", "not there in {period}")
_NONE = Text("{period}没有结果：{why}", "no result in {period}: {why}")
_LACKS = Text("缺{what}（{place}）", "{what} of {place} is missing")
_UNDEFINED = Text("{what}（{place}）无定义", "{what} of {place} is undefined")
_MIXED = Text(
    "只改一部分因素时没有结果，变动不能分解", "with only some of the factors changed there is no result to split by"
)
_MOST = 3


Names = Mapping[str, Text]


def reasons(
    both: Pair, results: Sequence[Result], held: Sequence[Numbers], parts: Numbers, names: Names
) -> dict[str, Text]:
    """Return the reason for every unit whose change is not given, or is given without its parts.

    ``names`` gives rows their names by place code; without one the code stands.
    """
    found: dict[str, Text] = {}
    for i, result in enumerate(results):
        first = both.first_row(i)
        for unit in np.flatnonzero(np.isnan(held[i])):
            name = both.units[unit]
            period = Period.parse(both.sides[i].period)
            words = Text(period.label(), period.label("en"))
            if first[unit] < 0:
                found.setdefault(name, _ONLY.format(period=words))
            else:
                why = _why(result, int(both.sides[i].rows[first[unit]]), names)
                found.setdefault(name, _NONE.format(period=words, why=why))
    for unit in np.flatnonzero(np.isnan(parts).any(axis=0)):
        found.setdefault(both.units[unit], _MIXED)
    return found


def _why(result: Result, row: int, names: Names) -> Text:
    for problem in result.problems:
        if problem.code == codes.WITHHELD.code and problem.where.endswith(f" {result.table.periods[row]}"):
            return problem.message
    cells = result.why(result.rule.declared.result, row)
    words = [_cell(result, cell, names.get(cell.place, Text(cell.place, cell.place))) for cell in cells[:_MOST]]
    rest = len(cells) - len(words)
    if rest > 0:
        words.append(Text(f"等 {len(cells)} 处", f"and {rest} more"))
    return Text("、".join(w.zh for w in words), ", ".join(w.en for w in words))


def _cell(result: Result, cell: Cell, place: Text) -> Text:
    declared = result.rule.declared
    if cell.name in declared.inputs:
        return _LACKS.format(what=declared.inputs[cell.name].label.text(), place=place)
    return _UNDEFINED.format(what=declared.columns[cell.name].label.text(), place=place)
