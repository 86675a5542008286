"""A rule for some whole periods of a larger table: what streaming and Spark compute at a time, with the same bits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.rules import codes, fitting, given
from tongchou.rules.computing import Computing
from tongchou.rules.evaluate import does_not_close
from tongchou.rules.parameters import Parameters
from tongchou.rules.rows import Arranged
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers, Table


def compute(
    rule: Rule,
    parameters: Parameters,
    sizes: Mapping[str, int],
    values: Mapping[str, Numbers],
    status: Status,
    places: Sequence[str],
    words: Callable[[str], tuple[str, ...]],
) -> Computing:
    """Compute ``rule`` for rows in the order of period and place; raise :class:`ProblemsError` as ``evaluate`` does.

    ``sizes`` has the number of rows of each period, in order, ``values`` the inputs, all of one ``status``. ``places``
    is asked for a place only where a problem names it, ``words`` for the codes of a row key (or ``period``) only where
    the rule looks at them.
    """
    period = np.repeat(np.arange(len(sizes)), list(sizes.values())).astype(np.intp)
    straight = np.arange(period.size, dtype=np.intp)
    arranged = Arranged((), (), straight, straight, tuple(sizes), period, straight[:0])
    levels = {name: np.full(period.size, np.int8(status)) for name in values}
    alike = any(item.per is not None for item in rule.declared.inputs.values())
    periods = words("period") if alike else _Periods(arranged)
    # Text is fetched when a problem names a place, so these are no tuples.
    table = Table(places, periods, values, levels)  # type: ignore[arg-type]
    needed = given.needed(rule, dict.fromkeys(rule.rows, ()))
    keys = {key: words(key) for key in rule.rows if alike or key in needed}
    problems = [
        codes.BAD_FIELD.at(name, field=name, reason="∞") for name, held in values.items() if np.isinf(held).any()
    ]
    problems += fitting.unfit(rule, table, keys)
    in_force = given.in_force(rule, arranged.codes, parameters, problems)
    if problems:
        raise ProblemsError(problems)
    numbers, statuses = given.numbers(rule, table, arranged, in_force, {key: keys[key] for key in needed})
    work = Computing(rule, arranged, numbers, statuses, keys)
    work.algorithm()
    open_: list[Problem] = []
    for step in rule.steps:
        work.step(step)
        open_ += [does_not_close(rule, step.name, arranged, one) for one in work.open.get(step.name, ())]
    if open_:
        raise ProblemsError(open_)
    return work


class _Periods(Sequence[str]):
    """The period of each row, by its number."""

    def __init__(self, arranged: Arranged) -> None:
        self.arranged = arranged

    def __len__(self) -> int:
        return self.arranged.period.size

    def __getitem__(self, at: Any) -> Any:
        return self.arranged.codes[self.arranged.period[at]]
