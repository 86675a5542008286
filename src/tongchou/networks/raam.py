"""RAAM: what a visit costs, in travel and in congestion, when people spread over facilities as suits them best."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import LinAlgError, cho_factor, cho_solve

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.catchments import checked
from tongchou.networks.graph import Floats

_WITHIN = 1e-12  # what is left to gain, per person, where the search ends


def raam(
    cost: ArrayLike, people: ArrayLike, supply: ArrayLike, travel: float, rounds: int = 200
) -> tuple[Floats, Floats]:
    """Return what a visit costs at every place by RAAM (Saxon & Snow 2020), and the share of people at each facility.

    Each place spreads its people so that no facility would cost them less: congestion there (people over ``supply``,
    in units of the mean, people over supply in all) plus time over ``travel``, the minutes that weigh as much as mean
    congestion. Shapes (places) and (places, facilities). This is the optimum of a convex quadratic function, found by
    an interior-point method (Mehrotra 1992) whose steps solve one equation a facility: some 20 of them leave less than
    10⁻¹⁰ a person to gain. Costs are unique; of shares that cost alike the most even are given. Places that reach
    nothing cost infinitely much and keep their people.
    """
    table, heads, stock = checked(cost, people, supply)
    if not travel > 0:
        raise ProblemsError([codes.OUT_OF_RANGE.at("travel", what="travel", low=0, found=travel)])
    open_ = np.flatnonzero(stock > 0)
    far = table[:, open_] / travel
    reached = np.isfinite(far).any(axis=1)
    lived = reached & (heads > 0)
    share, price = np.zeros_like(table), np.full(table.shape[0], np.inf)
    if not lived.any():
        return price, share
    persons = heads[lived] / heads[lived].sum()
    room = stock[open_] / stock[open_].sum()
    use = _spread(far[lived], persons, room, rounds)
    paid = far + persons @ use / room
    price[reached] = paid[reached].min(axis=1)
    share[np.ix_(lived, open_)] = use
    nobody = np.flatnonzero(reached & ~lived)  # where they would go, were there anybody
    share[nobody, open_[paid[nobody].argmin(axis=1)]] = 1.0
    return price, share


def _spread(far: Floats, people: Floats, room: Floats, rounds: int) -> Floats:
    """Return the shares (places, facilities) of ``people`` that sum to 1; every place reaches some facility.

    ``extra`` is what a facility costs beyond the level of its place. Both it and ``flow`` are made feasible anew after
    every step, so that the sum of their products is exactly what is left to gain.
    """
    is_way = np.isfinite(far)
    near = np.where(is_way, far, 0.0)
    flow = is_way.astype(np.float64)
    least = np.ones(people.size)
    ways = int(is_way.sum())
    lowest, best = np.inf, flow
    for _ in range(rounds):
        flow = flow * (people / flow.sum(axis=1))[:, None]
        paid = np.where(is_way, near + flow.sum(axis=0) / room, np.inf)
        extra = np.where(is_way, (paid - paid.min(axis=1, keepdims=True)) + least[:, None], 1.0)
        gain = float((flow * extra).sum())
        if gain < lowest:
            lowest, best = gain, flow
        if gain <= _WITHIN or gain > 100.0 * lowest:  # or rounding has taken over
            break
        try:
            newton = _Newton(flow, extra, room)
        except LinAlgError:  # as near as numbers of this size come
            break
        moved, dearer = newton.step(-flow * extra)
        length = _longest(flow, moved, extra, dearer)
        after = float(((flow + length * moved) * (extra + length * dearer)).sum())
        centre = (after / gain) ** 3 * gain / ways
        moved, dearer = newton.step(is_way * centre - flow * extra - moved * dearer)
        length = 0.995 * _longest(flow, moved, extra, dearer)
        flow = flow + length * moved
        least = np.where(is_way, extra + length * dearer, np.inf).min(axis=1)
    return np.asarray(best / best.sum(axis=1, keepdims=True))


class _Newton:
    """The Newton equations at one point: one unknown a facility (how its price moves), all else follows."""

    def __init__(self, flow: Floats, extra: Floats, room: Floats) -> None:
        self.extra = extra
        self.slack = flow / extra
        self.of_place = self.slack.sum(axis=1)
        self.scaled = self.slack / self.of_place[:, None]
        tie = self.slack.T @ self.scaled  # how firmly two facilities are tied to one price by the places they share
        np.fill_diagonal(tie, 0.0)
        self.solved = cho_factor(np.diag(room + tie.sum(axis=1)) - tie)  # its diagonal added up, not subtracted

    def step(self, wanted: Floats) -> tuple[Floats, Floats]:
        """Return the change of flows and of extra costs for which their products change by ``wanted``, nearly."""
        part = wanted / self.extra
        of_place = part.sum(axis=1)
        price = cho_solve(self.solved, part.sum(axis=0) - self.scaled.T @ of_place)
        level = (self.slack @ price - of_place) / self.of_place
        dearer = np.where(self.slack > 0, price[None, :] - level[:, None], 0.0)
        return part - self.slack * dearer, dearer


def _longest(flow: Floats, moved: Floats, extra: Floats, dearer: Floats) -> float:
    """Return the longest step, 1 at most, that leaves both at or above nothing."""
    longest = 1.0
    for now, change in ((flow, moved), (extra, dearer)):
        falls = change < 0
        if falls.any():
            longest = min(longest, float((now[falls] / -change[falls]).min()))
    return longest
