"""What a what-if changes: a parameter (``$name``, ``$name.code``) or an input of one place (``name.place``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules import codes
from tongchou.rules.parameters import Parameters
from tongchou.rules.rule import Rule
from tongchou.rules.table import Table

#: Values to try: ``{"$coverage": [0.5, 0.6], "population": {"140121": [3e5, 4e5]}}``.
Trials = Mapping[str, Sequence[float] | Mapping[str, Sequence[float]]]
BY = "设想 what-if"


@dataclass(frozen=True, slots=True)
class Setting:
    """One number that is tried out: a parameter, one code of a parameter, or an input of one place."""

    name: str
    code: str = ""

    @property
    def id(self) -> str:
        """How it is written: ``$coverage``, ``$rate.C13``, ``population.140121``."""
        return f"{self.name}.{self.code}" if self.code else self.name

    def label(self, rule: Rule) -> Text:
        """Return what it is called."""
        declared = rule.declared
        item = declared.parameters[self.name[1:]] if self.name.startswith("$") else declared.inputs[self.name]
        words = item.label.text()
        return Text(f"{words.zh}（{self.code}）", f"{words.en} ({self.code})") if self.code else words

    def now(self, table: Table, parameters: Parameters) -> float:
        """Return its number as it is in a table of one period; NaN where it is missing."""
        if self.name.startswith("$"):
            value = parameters.at(self.name[1:], Period.parse(table.periods[0]).start).value
            return float(value[self.code] if isinstance(value, Mapping) else value)
        return float(table.values[self.name][table.places.index(self.code)])


def settings_of(rule: Rule, table: Table, parameters: Parameters, trials: Trials) -> dict[Setting, tuple[float, ...]]:
    """Return the values to try for each setting; raise :class:`ProblemsError` with everything that cannot be tried."""
    problems: list[Problem] = []
    found: dict[Setting, tuple[float, ...]] = {}
    for name, given in trials.items():
        each = {f"{name}": given} if not isinstance(given, Mapping) else {f"{name}.{c}": v for c, v in given.items()}
        for id_, values in each.items():
            setting = setting_of(rule, table, parameters, id_, problems)
            held = tuple(float(v) for v in values)
            if not held or not all(isfinite(v) for v in held):
                problems.append(codes.BAD_SETTING.at(id_, name=id_, reason=str(list(held))))
            if setting is not None:
                found[setting] = held
    if problems:
        raise ProblemsError(problems)
    return found


def setting_of(rule: Rule, table: Table, parameters: Parameters, id_: str, problems: list[Problem]) -> Setting | None:
    """Return the setting written ``id_``; a problem is added where the rule or the table has nothing of that name."""
    name, _, code = id_.partition(".")
    declared = rule.declared
    known = [f"${n}" if p.by is None else f"${n}.CODE" for n, p in declared.parameters.items()]
    known += [f"{n}.{table.places[0] if table.places else 'PLACE'}" for n in declared.inputs]
    if name.startswith("$"):
        parameter = declared.parameters.get(name[1:])
        fits = parameter is not None and (parameter.by is None) == (not code)
        if fits and code:
            value = parameters.at(name[1:], Period.parse(table.periods[0]).start).value
            fits = isinstance(value, Mapping) and code in value
    else:
        fits = name in declared.inputs and code in table.places
    if not fits:
        problems.append(codes.NO_SUCH_SETTING.at(id_, name=id_, known="、".join(known)))
        return None
    return Setting(name, code)


def changed(table: Table, parameters: Parameters, to: Mapping[Setting, float]) -> tuple[Table, Parameters]:
    """Return a table of one period and its parameters with the settings ``to`` their values, which are assumed."""
    given: dict[str, float | dict[str, float]] = {}
    values, status = dict(table.values), dict(table.status)
    for setting, value in to.items():
        name = setting.name.removeprefix("$")
        if not setting.name.startswith("$"):
            row = np.array([place == setting.code for place in table.places])
            values[name] = np.where(row, value, values[name])
            # What was made up for demonstration stays so: an assumption beside it is no better.
            weaker = np.minimum(status[name], np.int8(Status.ASSUMED))
            status[name] = np.where(row, weaker, status[name]).astype(np.int8)
        elif setting.code:
            held = given.get(name)
            before = parameters.at(name, Period.parse(table.periods[0]).start).value
            codes_ = dict(held if isinstance(held, dict) else before if isinstance(before, Mapping) else {})
            given[name] = codes_ | {setting.code: value}
        else:
            given[name] = value
    return replace(table, values=values, status=status), parameters.given(BY, **given) if given else parameters


def of_one_period(table: Table, period: str | None) -> Table:
    """Return the rows of one period, by default the last; raise :class:`ProblemsError` where it is not there."""
    known = sorted(set(table.periods), key=Period.parse)
    wanted = (known[-1] if known else "") if period is None else period
    if wanted not in known:
        raise ProblemsError([codes.NO_PERIOD.at("period", period=wanted, known="、".join(known))])
    rows = [i for i, each in enumerate(table.periods) if each == wanted]
    return Table(
        tuple(table.places[i] for i in rows),
        (wanted,) * len(rows),
        {name: values[rows] for name, values in table.values.items()},
        {name: levels[rows] for name, levels in table.status.items()},
        {name: tuple(each[i] for i in rows) for name, each in table.sources.items()},
        {key: tuple(each[i] for i in rows) for key, each in table.keys.items()},
        tuple(p for p in table.problems if p.where.endswith(wanted)),
    )
