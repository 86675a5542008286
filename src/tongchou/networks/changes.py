"""What a project changes: edges added, removed or re-timed from a day on; tables before and after; who saves what.

A project is told in node numbers of one graph; nodes it adds are part of the graph from the start (islands till then).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from math import factorial, isfinite

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.graph import Floats, Graph, Ints, from_numbers
from tongchou.networks.search import cost_table

MOST_PROJECTS = 12  # every set of them is computed: 4,096 graphs


@dataclass(frozen=True, slots=True)
class Change:
    """One edge from ``tail`` to ``head``: added or re-timed to ``cost``, or removed (``None``); both ways or one."""

    tail: int
    head: int
    cost: float | None
    one_way: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """Changes that come into use together on ``opens``, and what they cost to build (yuan; ``None`` if not known)."""

    name: str
    changes: tuple[Change, ...]
    opens: date | None = None
    yuan: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Costs ``before`` and ``after`` (places, services), and ``saved``: before less after, NaN where neither has a way.

    Where only one has a way the saving is infinite, with its sign.
    """

    before: Floats
    after: Floats
    saved: Floats = field(init=False)

    def __post_init__(self) -> None:
        none = ~np.isfinite(self.before) & ~np.isfinite(self.after)
        with np.errstate(invalid="ignore"):
            object.__setattr__(self, "saved", np.where(none, np.nan, self.before - self.after))


def changed(graph: Graph, projects: Sequence[Project], on: date | None = None) -> Graph:
    """Return ``graph`` with the projects in use ``on`` a day (all of them without one), in the order given.

    Adding an edge where there is one takes the place of it. Raises :class:`ProblemsError` with every end that is no
    node, every cost that is none, and every edge to remove that is not there.
    """
    from tongchou.networks.kernels.rows import tails_of

    problems: list[Problem] = []
    last: dict[tuple[int, int], float | None] = {}
    for project in projects:
        if on is not None and (project.opens is None or project.opens > on):
            continue
        for change in project.changes:
            both = ((change.tail, change.head), (change.head, change.tail))
            for tail, head in both[: 1 if change.one_way or change.tail == change.head else 2]:
                where = f"{project.name} {tail}→{head}"
                outside = [n for n in (tail, head) if not 0 <= n < graph.size]
                problems += [codes.UNKNOWN_NODE.at(where, node=n, count=graph.size) for n in outside]
                if change.cost is None:
                    there = (
                        last[tail, head] is not None
                        if (tail, head) in last
                        else not outside and (head in graph.heads[graph.first[tail] : graph.first[tail + 1]])
                    )
                    if not outside and not there:
                        problems.append(codes.NO_SUCH_EDGE.at(where, tail=tail, head=head))
                elif not (isfinite(change.cost) and change.cost >= 0):
                    problems.append(codes.BAD_COST.at(where, edge=1, tail=tail, head=head, cost=change.cost))
                last[tail, head] = change.cost
    if problems:
        raise ProblemsError(problems)
    if not last:
        return graph
    tails = tails_of(graph.first).astype(np.int64)
    touched = np.array(sorted(last), dtype=np.int64)
    key = tails * graph.size + graph.heads
    kept = ~np.isin(key, touched[:, 0] * graph.size + touched[:, 1])
    new = [(a, b, c) for (a, b), c in sorted(last.items()) if c is not None]
    return from_numbers(
        graph.nodes,
        np.concatenate([tails[kept], np.array([a for a, _, _ in new], dtype=np.int64)]),
        np.concatenate([graph.heads[kept].astype(np.int64), np.array([b for _, b, _ in new], dtype=np.int64)]),
        np.concatenate([graph.costs[kept], np.array([c for _, _, c in new], dtype=np.float64)]),
        np.ones(int(kept.sum()) + len(new), dtype=np.bool_),
        None,
    )


def compared(
    graph: Graph, projects: Sequence[Project], places: ArrayLike, services: ArrayLike, on: date | None = None
) -> Comparison:
    """Return the costs from each place to each service (node numbers) without the projects and with them."""
    with_them = changed(graph, projects, on)
    return Comparison(cost_table(graph, places, services), cost_table(with_them, places, services))


def minutes_saved(comparison: Comparison, people: ArrayLike) -> float:
    """Return the people-minutes that ``people`` (places × services trips, or places) save in all.

    Pairs with a way on one side only are left out: they are gained or lost, not quicker.
    """
    heads = np.asarray(people, dtype=np.float64)
    shape = comparison.saved.shape
    if heads.shape not in (shape, shape[:1]):
        raise ProblemsError([codes.SHAPE.at("people", what="people", found=heads.shape, expected=shape)])
    trips = heads if heads.ndim == 2 else np.broadcast_to(heads[:, None], shape)
    counted = np.isfinite(comparison.saved)
    return float((comparison.saved[counted] * trips[counted]).sum())


@dataclass(frozen=True, slots=True)
class Ranked:
    """A project by what it saves alone: people-minutes, and per yuan where its cost is known (NaN else)."""

    project: Project
    saved: float
    per_yuan: float


def ranked(
    graph: Graph, projects: Sequence[Project], places: ArrayLike, services: ArrayLike, people: ArrayLike
) -> list[Ranked]:
    """Return the projects by people-minutes saved per yuan, most first; those without a cost last, ties by name."""
    before = cost_table(graph, places, services)
    found = []
    for project in projects:
        after = cost_table(changed(graph, [project]), places, services)
        saved = minutes_saved(Comparison(before, after), people)
        found.append(Ranked(project, saved, saved / project.yuan if project.yuan else float("nan")))
    return sorted(
        found,
        key=lambda r: (np.isnan(r.per_yuan), -r.per_yuan if r.per_yuan == r.per_yuan else -r.saved, r.project.name),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What each project brings alone, as the last of all, and its Shapley share; ``joint`` is the sum of the shares."""

    joint: float
    share: Floats
    alone: Floats
    last: Floats


def shared(projects: Sequence[Project], gain: Callable[[Sequence[Project]], float]) -> Shared:
    """Return the exact Shapley shares (1953) of the joint ``gain`` of projects that may help or replace each other.

    ``gain`` is told every set of the projects once, in their order; at most twelve projects.
    """
    count = len(projects)
    if not 1 <= count <= MOST_PROJECTS:
        raise ProblemsError([codes.TOO_MANY.at("projects", what="projects", most=MOST_PROJECTS, found=count)])
    worth = np.zeros(1 << count)
    for size in range(1, count + 1):
        for chosen in combinations(range(count), size):
            worth[sum(1 << i for i in chosen)] = gain([projects[i] for i in chosen])
    every = np.arange(1 << count)
    sizes = np.array([int(s).bit_count() for s in every])
    weight = np.array([factorial(k) * factorial(count - k - 1) / factorial(count) for k in range(count)])
    share, alone, last = (np.empty(count) for _ in range(3))
    for i in range(count):
        without: Ints = every[(every >> i) & 1 == 0]
        share[i] = (weight[sizes[without]] * (worth[without | 1 << i] - worth[without])).sum()
        alone[i], last[i] = worth[1 << i], worth[-1] - worth[every[-1] ^ 1 << i]
    return Shared(float(worth[-1]), share, alone, last)
