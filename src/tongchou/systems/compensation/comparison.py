"""Every method side by side for one project: shares, amounts closed to the fen, and whether anybody would leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tongchou.kernel.apportion import in_units, settle
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.systems.compensation import codes, demands, marginal, nucleolus, shares
from tongchou.systems.compensation.coalitions import Floats, checked, members_of, singles
from tongchou.systems.compensation.core import CoreTest, core_test
from tongchou.systems.compensation.shapley import shapley

METHODS: dict[str, Text] = {
    "equal": Text("均摊", "equal shares"),
    "stand_alone": Text("按单独建设费用", "in proportion to stand-alone cost"),
    "benefit": Text("按受益", "in proportion to benefit"),
    "capacity": Text("按财力", "in proportion to capacity to pay"),
    "scrb": Text("可分离费用—剩余受益法", "separable costs–remaining benefits"),
    "shapley": Text("沙普利值", "Shapley value"),
    "nucleolus": Text("核仁", "nucleolus"),
    "per_capita_nucleolus": Text("人均核仁", "per-capita nucleolus"),
    "proportional_least_core": Text("比例最小核心", "proportional least core"),
    "weak_least_core": Text("弱最小核心", "weak least core"),
    "gately": Text("盖特利点", "Gately point"),
    "serial": Text("顺次分摊", "serial"),
    "airport": Text("机场法", "airport rule"),
    "talmud": Text("塔木德法", "Talmud rule"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One method's answer: shares in the unit of the costs, whole units (fen) that close to the total, core test.

    ``withheld`` says why there is none. ``unique`` is false for a least core that leaves some shares open; the shares
    are then its lexicographic centre.
    """

    method: str
    shares: Floats | None
    settled: NDArray[np.int64] | None
    core: CoreTest | None
    unique: bool
    withheld: tuple[Problem, ...]


def side_by_side(
    costs: ArrayLike,
    *,
    unit: float,
    benefits: ArrayLike | None = None,
    capacities: ArrayLike | None = None,
    quantities: ArrayLike | None = None,
    cost_of: Callable[[Floats], ArrayLike] | None = None,
    priority: Sequence[int] | None = None,
) -> tuple[Outcome, ...]:
    """Return every method's answer for one project, a reason in place of those that do not apply.

    ``costs`` has 2ⁿ values by bit mask and c(N) must be a whole number of ``unit`` (0.01 for fen when costs are in
    yuan); ``benefits``, ``capacities`` and ``quantities`` (shape n) feed the methods that use them, with ``cost_of``
    the cost of a total quantity. Ties in settling and naming follow ``priority``.
    """
    game = checked(costs)
    n = members_of(game)
    total = float(game[-1])
    whole = in_units(total, unit)

    def given(values: ArrayLike | None, what: str) -> ArrayLike:
        if values is None:
            raise ProblemsError([codes.NOT_GIVEN.at(what, what=what)])
        return values

    def by_quantity() -> Floats:
        if cost_of is None:
            raise ProblemsError([codes.NOT_GIVEN.at("cost_of", what="cost_of")])
        return demands.serial(given(quantities, "quantities"), cost_of)

    def least(core: nucleolus.LeastCore) -> tuple[Floats, bool]:
        return core.shares, core.unique

    answers: dict[str, Callable[[], Floats | tuple[Floats, bool]]] = {
        "equal": lambda: shares.equal(total, n),
        "stand_alone": lambda: shares.proportional(total, singles(game), "costs"),
        "benefit": lambda: shares.proportional(total, given(benefits, "benefits"), "benefits"),
        "capacity": lambda: shares.proportional(total, given(capacities, "capacities"), "capacities"),
        "scrb": lambda: marginal.scrb(game, benefits),
        "shapley": lambda: shapley(game),
        "nucleolus": lambda: nucleolus.nucleolus(game),
        "per_capita_nucleolus": lambda: nucleolus.per_capita_nucleolus(game),
        "proportional_least_core": lambda: least(nucleolus.proportional_least_core(game)),
        "weak_least_core": lambda: least(nucleolus.weak_least_core(game)),
        "gately": lambda: marginal.gately(game),
        "serial": by_quantity,
        "airport": lambda: _airport(game),
        "talmud": lambda: demands.talmud(total, singles(game) if benefits is None else benefits),
    }
    outcomes = []
    for method in METHODS:
        try:
            answer = answers[method]()
            each, unique = answer if isinstance(answer, tuple) else (answer, True)
            if abs(float(each.sum()) - total) > 1e-9 * max(abs(total), 1.0):
                raise ProblemsError([codes.NOT_CLOSED.at(method, sum=float(each.sum()), total=total)])
            settled = settle(each / unit, whole, priority)
            outcomes.append(Outcome(method, each, settled, core_test(game, each, priority), unique, ()))
        except ProblemsError as error:
            outcomes.append(Outcome(method, None, None, None, True, error.problems))
    return tuple(outcomes)


def _airport(game: Floats) -> Floats:
    largest = np.zeros(game.size)
    for i, need in enumerate(singles(game)):
        largest[1 << i : 2 << i] = np.maximum(largest[: 1 << i], need)
    if not np.allclose(game, largest, rtol=1e-12, atol=0):
        raise ProblemsError([codes.NOT_AIRPORT.at("costs")])
    return demands.airport(singles(game))
