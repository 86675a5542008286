"""Water or energy over months: reservoirs, links with losses, and demands served class by class in order of priority.

Class by class, in order; the classes before keep what they have. Within a class (``Sharing``) either as much as
can be served in all, or the smallest share of a need is raised first, then the next (lexicographic max-min, Ogryczak,
Pióro and Tomaszewski 2005). At last the cheapest flow that does all this. What is still open after that (equals of
equal cost) the solver settles, always the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.flow.given import Demand, Links, Reservoir, Sharing, check_given
from tongchou.networks.graph import Floats

_SLACK = 1e-7  # what an earlier stage's result may be missed by, as a part of it


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """``served`` and ``short`` (months, demands), ``flow`` (months, links), ``stored`` (months, reservoirs) at the
    end of each month, ``cost`` (that of links less what stores are worth), and the names of ``binding`` links by class
    (priority, month, link): with less room there a class gets less, and none gets more but by more room at one of
    them; of several that are equally tight one after another one may be named, and all have to grow.
    """

    served: Floats
    short: Floats
    flow: Floats
    stored: Floats
    cost: float
    binding: tuple[tuple[int, int, str], ...]


def allocated(
    nodes: int,
    inflow: ArrayLike,
    links: Links,
    demands: Sequence[Demand],
    reservoirs: Sequence[Reservoir] = (),
    sharing: Sharing = Sharing.TOTAL_THEN_EVEN,
) -> Allocation:
    """Return who gets what, with ``inflow`` (months, nodes) of a network; what is not used leaves where it stands."""
    water = np.atleast_2d(np.asarray(inflow, dtype=np.float64))
    model = _Model(nodes, water, links, demands, reservoirs)
    binding: list[tuple[int, int, str]] = []
    kept: list[tuple[Any, float]] = []  # rows whose value an earlier class won
    for priority in sorted({d.priority for d in demands}):
        own = np.array([d.priority == priority for d in demands])
        gain = model.row(own)
        found = model.best(-gain, kept)
        binding += [(priority, month, name) for month, name in model.binding(found)]
        if float(gain @ found.x) >= model.need[:, own].sum() * (1 - _SLACK):
            model.serve(own, 1.0)
            continue
        if sharing is Sharing.EVEN:
            model.even(own)
            continue
        kept.append((gain, float(gain @ found.x) * (1 - _SLACK)))
        if sharing is Sharing.TOTAL_THEN_EVEN:
            model.even(own, kept, rounds=1)
    found = model.best(model.price, kept)
    return model.told(found.x, tuple(binding))


class _Model:
    """The linear model: variables are flows, served amounts, stores and what leaves, month by month."""

    def __init__(
        self, nodes: int, water: Floats, links: Links, demands: Sequence[Demand], reservoirs: Sequence[Reservoir]
    ) -> None:
        self.months, self.names = water.shape[0], list(links.names)
        problems = check_given(nodes, self.months, links, demands, reservoirs)
        self.tails, self.heads = (np.atleast_1d(np.asarray(v, dtype=np.int64)) for v in (links.tails, links.heads))
        count = self.tails.size
        room = np.broadcast_to(np.asarray(links.capacity, dtype=np.float64), (self.months, count))
        cost = np.broadcast_to(np.asarray(links.cost, dtype=np.float64), (count,))
        lost = np.broadcast_to(np.asarray(links.lost, dtype=np.float64), (count,))
        need = np.array([np.broadcast_to(np.asarray(d.amount, dtype=np.float64), (self.months,)) for d in demands]).T
        held_at_most = np.zeros((self.months, len(reservoirs)))
        for k, held in enumerate(reservoirs):
            held_at_most[:, k] = np.broadcast_to(np.asarray(held.capacity, dtype=np.float64), (self.months,))
        self._check(problems, nodes, water, room, lost, need, demands, reservoirs)
        self.links, self.demands, self.stores = count, len(demands), len(reservoirs)
        self.need = need.reshape(self.months, self.demands)
        # Columns of a month: links, demands, stores, what leaves at each node.
        self.width = count + self.demands + self.stores + nodes
        size = self.months * self.width
        lower, upper = np.zeros(size), np.full(size, np.inf)
        rows, columns, values = [], [], []
        right = water.ravel().copy()
        self.price = np.zeros(size)
        for t in range(self.months):
            base = t * self.width
            flow, use = base + np.arange(count), base + count + np.arange(self.demands)
            store = base + count + self.demands + np.arange(self.stores)
            leave = base + count + self.demands + self.stores + np.arange(nodes)
            upper[flow], upper[use], self.price[flow] = room[t], self.need[t], cost
            at = t * nodes
            parts = [(at + self.tails, flow, np.ones(count)), (at + self.heads, flow, lost - 1.0)]
            parts += [(at + np.array([d.node for d in demands], dtype=np.int64), use, np.ones(self.demands))]
            parts += [(at + np.arange(nodes), leave, np.ones(nodes))]
            for k, held in enumerate(reservoirs):
                lower[store[k]], upper[store[k]] = held.least, held_at_most[t, k]
                self.price[store[k]] = -held.worth
                parts.append((np.array([at + held.node]), store[k : k + 1], np.ones(1)))
                if t:
                    parts.append(
                        (np.array([at + held.node]), store[k : k + 1] - self.width, np.array([held.lost - 1.0]))
                    )
                else:
                    right[at + held.node] += held.first
                if t == self.months - 1 and held.last is not None:
                    lower[store[k]] = max(held.last, held.least)
            for row, column, value in parts:
                rows.append(row)
                columns.append(column)
                values.append(value)
        shape = (self.months * nodes, size)
        self.balance = csr_array((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=shape)
        self.right, self.lower, self.upper = right, lower, upper

    @staticmethod
    def _check(
        problems: list[Problem], nodes: int, water: Floats, room: Floats, lost: Floats, need: Floats,
        demands: Sequence[Demand], reservoirs: Sequence[Reservoir],
    ) -> None:  # fmt: skip
        if water.shape[1] != nodes:
            problems.append(codes.SHAPE.at("inflow", what="inflow", found=water.shape[1], expected=nodes))
        for what, found in (("inflow", water), ("capacity", room), ("lost", lost), ("amount", need)):
            if np.isnan(found).any() or (found < 0).any():
                problems.append(codes.NO_SUPPLY.at(what, what=what))
        if (lost > 1).any():
            problems.append(codes.OUTSIDE.at("lost", what="lost", most=1))
        for what, node in [(d.name, d.node) for d in demands] + [("reservoir", r.node) for r in reservoirs]:
            if not 0 <= node < nodes:
                problems.append(codes.UNKNOWN_NODE.at(what, node=node, count=nodes))
        if problems:
            raise ProblemsError(problems)

    def row(self, own: Any) -> Floats:
        """Return the row that adds up what the demands ``own`` are served in all months."""
        found = np.zeros(self.upper.size)
        for t in range(self.months):
            low = t * self.width + self.links
            found[low : low + self.demands] = own
        return found

    def best(self, objective: Floats, kept: Sequence[tuple[Any, float]]) -> Any:
        table = vstack([csr_array(-np.atleast_2d(r)) for r, _ in kept]) if kept else None
        found = linprog(
            objective,
            A_ub=table,
            b_ub=[-value for _, value in kept] if kept else None,
            A_eq=self.balance,
            b_eq=self.right,
            bounds=np.column_stack([self.lower, self.upper]),
        )
        if found.x is None:
            raise ProblemsError([codes.NO_FLOW.at("reservoirs", need=float(self.lower.sum()))])
        return found

    def binding(self, found: Any) -> list[tuple[int, str]]:
        """Return the month and name of every link with a shadow price: see :class:`Allocation`."""
        marginals = found.upper.marginals.reshape(self.months, self.width)[:, : self.links]
        return [(int(t), self.names[k]) for t, k in np.argwhere(marginals < -1e-9)]

    def even(self, own: Any, kept: Sequence[tuple[Any, float]] = (), rounds: int | None = None) -> None:
        """Promise every demand of a class the share of its need it can have, the smallest share raised first.

        Each round raises all shares that are still open together until some can rise no further: those whose row has a
        price are bound in every best answer, and stay. ``rounds`` ends it earlier, all that are open at the last share.
        """
        open_ = np.flatnonzero(self._needed(own))
        done = 0
        while open_.size:
            share, bound = self._raised(open_, kept)
            done += 1
            ends = share >= 1 - _SLACK or not bound.any() or done == rounds
            settled = open_ if ends else open_[bound]
            self._promise(settled, share)
            open_ = np.setdiff1d(open_, settled)

    def serve(self, own: Any, share: float) -> None:
        """Promise every demand of a class a share of its need."""
        self._promise(np.flatnonzero(self._needed(own)), share)

    def _promise(self, wanted: Any, share: float) -> None:
        columns = self._columns()[wanted]
        least = self.need.ravel()[wanted] * max(0.0, share - _SLACK)
        self.lower[columns] = np.maximum(self.lower[columns], least)

    def _raised(self, wanted: Any, kept: Sequence[tuple[Any, float]]) -> tuple[float, Any]:
        """Return the largest share of their need that all the ``wanted`` can have, and which of them bind it."""
        # Need × share - served ≤ 0, with the share as one more variable.
        need = self.need.ravel()[wanted]
        size = self.upper.size
        served = csr_array(
            (-np.ones(wanted.size), (np.arange(wanted.size), self._columns()[wanted])), shape=(wanted.size, size)
        )
        rows = [hstack([served, csr_array(need[:, None])])]
        rows += [csr_array(np.append(-r, 0.0)[None, :]) for r, _ in kept]
        found = linprog(
            np.append(np.zeros(size), -1.0),
            A_ub=vstack(rows),
            b_ub=np.concatenate([np.zeros(wanted.size), [-value for _, value in kept]]),
            A_eq=hstack([self.balance, csr_array((self.balance.shape[0], 1))]),
            b_eq=self.right,
            bounds=np.column_stack([np.append(self.lower, 0.0), np.append(self.upper, 1.0)]),
        )
        if found.x is None:  # only where the slack of earlier stages is used up: nothing more is promised
            return 0.0, np.ones(wanted.size, dtype=np.bool_)
        # A price is per unit of share; those of one need add up to less than one.
        return float(-found.fun), found.ineqlin.marginals[: wanted.size] * need < -1e-9

    def _needed(self, own: Any) -> Any:
        return (np.broadcast_to(own, self.need.shape) & (self.need > 0)).ravel()

    def _columns(self) -> Any:
        months, demands = np.indices(self.need.shape)
        return (months * self.width + self.links + demands).ravel()

    def told(self, x: Floats, binding: tuple[tuple[int, int, str], ...]) -> Allocation:
        table = x.reshape(self.months, self.width)
        served = np.minimum(table[:, self.links : self.links + self.demands], self.need)
        stored = table[:, self.links + self.demands : self.links + self.demands + self.stores]
        return Allocation(served, self.need - served, table[:, : self.links], stored, float(self.price @ x), binding)
