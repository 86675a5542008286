"""Whether a table is one a rule can be computed for: its keys, bounds, categories, and numbers declared to be alike."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules import codes, keys
from tongchou.rules.declaration import Input
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers, Table


def row_keys(rule: Rule, table: Table) -> dict[str, tuple[str, ...]]:
    """Return the code of every row under every key of the rule; raise :class:`ProblemsError` for codes unlike it."""
    if len(rule.rows) == 1:
        return {rule.rows[0]: table.places}
    if set(table.keys) == set(rule.rows):
        return {key: table.keys[key] for key in rule.rows}
    parts: dict[str, tuple[str, ...]] = {}
    problems = []
    for place in dict.fromkeys(table.places):
        try:
            parts[place] = keys.split(place, len(rule.rows))
        except ValueError:
            expected, example = keys.JOIN.join(rule.rows), keys.JOIN.join("ABCDEF"[: len(rule.rows)])
            problems.append(codes.KEY_PARTS.at(place, place=place, expected=expected, example=example))
    if problems:
        raise ProblemsError(problems)
    each = [{place: part[i] for place, part in parts.items()} for i in range(len(rule.rows))]
    return {key: tuple(map(of.__getitem__, table.places)) for key, of in zip(rule.rows, each, strict=True)}


def unfit(rule: Rule, table: Table, row_codes: Mapping[str, tuple[str, ...]]) -> list[Problem]:
    """Return what keeps a table from being computed: inputs not given, out of bounds, of no category, not alike."""
    problems: list[Problem] = []
    for name, declared in rule.declared.inputs.items():
        if name not in table.values:
            problems.append(codes.NO_INPUT.at(name, name=name))
            continue
        values = table.values[name]
        problems += _bounds(name, declared, table, values)
        if declared.codes is not None:
            known = "、".join(map(str, declared.codes))
            wrong = ~np.isnan(values) & ~np.isin(values, [float(code) for code in declared.codes])
            for row in np.flatnonzero(wrong):
                place, period = table.places[row], table.periods[row]
                at = {"place": place, "period": period, "name": name, "value": f"{values[row]:g}", "known": known}
                problems.append(codes.NOT_IN_CODES.at(f"{name} {place} {period}", **at))
        if declared.per is not None:
            problems += _alike(name, declared, table, row_codes)
    return problems


def _bounds(name: str, declared: Input, table: Table, values: Numbers) -> list[Problem]:
    low, high = declared.at_least, declared.at_most
    if low is None and high is None:
        return []
    wrong = np.zeros(values.size, dtype=np.bool_)
    if low is not None:
        wrong |= values < low
    if high is not None:
        wrong |= values > high
    bounds = f"[{'' if low is None else f'{low:g}'}, {'' if high is None else f'{high:g}'}]"
    return [
        codes.OUT_OF_BOUNDS.at(
            f"{name} {table.places[row]} {table.periods[row]}",
            name=name,
            value=f"{values[row]:g}",
            place=f"{table.places[row]} {table.periods[row]}",
            bounds=bounds,
        )
        for row in np.flatnonzero(wrong)
    ]


def _alike(name: str, declared: Input, table: Table, row_codes: Mapping[str, tuple[str, ...]]) -> list[Problem]:
    group = groups([table.periods, *(row_codes[key] for key in (declared.per or [])[:-1])])
    values = table.values[name]
    first = np.full(group.max(initial=-1) + 1, -1, dtype=np.intp)
    first[group[::-1]] = np.arange(group.size)[::-1]
    held = values[first[group]]
    differs = (values != held) & ~(np.isnan(values) & np.isnan(held))
    found = {}
    for row in np.flatnonzero(differs):
        place, period = table.places[row], table.periods[row]
        found[group[row]] = codes.NOT_CONSTANT.at(f"{name} {place} {period}", name=name, place=place, period=period)
    return list(found.values())


def groups(columns: list[tuple[str, ...]]) -> NDArray[np.intp]:
    """Number the rows so that rows alike in every one of ``columns`` have the same number."""
    numbered: NDArray[np.intp] = np.zeros(len(columns[0]), dtype=np.intp)
    for column in columns:
        within = np.unique(np.array(column, dtype=object), return_inverse=True)[1]
        numbered = np.unique(numbered * (within.max(initial=0) + 1) + within, return_inverse=True)[1].ravel()
    return numbered
