"""An allocation of water read as counties, uses, months, things and what binds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tongchou.kernel.text import Text
from tongchou.surfaces.computing import Answer
from tongchou.surfaces.supply.told import key, months

FIRST_USE, RESERVE, STORE, OPENING = 11, 15, 8, 5  # kinds of rows, in the rule's own codes
#: What water is used for, in the order the rule names them.
CLASSES = {11: "people", 12: "ecology", 13: "farm", 14: "industry"}
TOLD = 5e-3  # a shortage this small is rounding: flows are rounded to the hundredth
MONTHS = tuple(f"{m:02d}" for m in range(1, 13))


@dataclass(frozen=True, slots=True)
class Use:
    """What one county needs and gets for one class (10⁴ m³); ``row`` is its first row of the result."""

    county: str
    kind: int
    row: int
    rows: tuple[int, ...]
    need: float
    served: float

    @property
    def short(self) -> float:
        """What is not served."""
        return 0.0 if self.need - self.served < TOLD else self.need - self.served


@dataclass(frozen=True, slots=True)
class Binding:
    """A source or link that holds a county back, and the months in which it does."""

    thing: tuple[str, str, str]
    name: Text
    role: Text
    months: tuple[int, ...]

    def said(self, month: str) -> Text:
        """Return its name with its months, unless they are the ``month`` that is looked at."""
        if [f"{one:02d}" for one in self.months] == [month]:
            return self.name
        when = months(self.months)
        return Text(f"{self.name.zh}（{when}月）", f"{self.name.en} (months {when})")


@dataclass(frozen=True, slots=True, eq=False)
class Water:
    """An answer of the rule for water, over the year or in one ``month`` ("01" to "12", "" for the year)."""

    answer: Answer
    month: str
    order: Mapping[str, int]  # places, counties first

    def column(self, name: str) -> Sequence[float]:
        """Return a column or input of the result, by row."""
        result = self.answer.result
        held = result.values[name] if name in result.values else result.table.values[name]
        return held.tolist()  # type: ignore[no-any-return]

    def _groups(self) -> dict[tuple[str, str, str], list[int]]:
        keys = self.answer.result.keys
        found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for row, thing in enumerate(zip(keys["tail"], keys["head"], keys["role"], strict=True)):
            found[thing].append(row)
        return found

    def shown(self, rows: Sequence[int]) -> list[int]:
        """Return those of some rows that lie in the month looked at."""
        at = self.answer.result.keys["month_of_year"]
        return [row for row in rows if not self.month or at[row] == self.month]

    def uses(self, of: str | None = None) -> list[Use]:
        """Return every county and class with what it needs, by the region's order; without rows there is no use.

        ``of`` looks at another month than the one shown ("" the year).
        """
        seen = self if of is None else Water(self.answer, of, self.order)
        kinds, need, flow = self.column("kind"), self.column("need"), self.column("flow")
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        for (_, head, _), rows in self._groups().items():
            if int(kinds[rows[0]]) in CLASSES:
                found[head, int(kinds[rows[0]])] += seen.shown(rows)
        made = [
            Use(county, kind, rows[0], tuple(rows), sum(need[r] for r in rows), sum(flow[r] for r in rows))
            for (county, kind), rows in found.items()
            if rows
        ]
        last = len(self.order)
        return sorted(made, key=lambda use: (self.order.get(use.county, last), use.county, use.kind))

    def bindings(self, uses: Sequence[Use]) -> list[Binding]:
        """Return the sources and links that hold back what is short among ``uses`` (of one county).

        Only those upstream of where they draw, which hold back a class no later in order than what is short, count. In
        one month those that bind then; where none does, those that did before and left too little in store.
        """
        result = self.answer.result
        keys, holds, kinds = result.keys, self.column("holds_back"), self.column("kind")
        short = [row for use in uses if use.short for row in use.rows]
        if not short:
            return []
        above = self._upstream({keys["tail"][row] for row in short})
        rank = self._ranks()
        latest = max(rank[int(kinds[row])] for row in short)
        found: dict[tuple[str, str, str], list[int]] = {}
        for thing, rows in self._groups().items():
            if thing[1] in above and kinds[rows[0]] < STORE:
                bound = [r for r in rows if holds[r] > 0 and rank[int(holds[r])] <= latest]
                if bound:
                    found[thing] = bound
        then = {thing: self.shown(rows) for thing, rows in found.items()}
        if self.month and not any(then.values()):
            then = {t: [r for r in rows if keys["month_of_year"][r] < self.month] for t, rows in found.items()}
        return [self._binding(thing, rows) for thing, rows in then.items() if rows]

    def _binding(self, thing: tuple[str, str, str], rows: Sequence[int]) -> Binding:
        tail, head, role = (key(self.answer, rows[0], name) for name in ("tail", "head", "role"))
        is_link = int(self.column("kind")[rows[0]]) > OPENING
        name = Text(f"{tail.zh}→{head.zh}", f"{tail.en} → {head.en}") if is_link else tail
        at = self.answer.result.keys["month_of_year"]
        return Binding(thing, name, role, tuple(int(at[row]) for row in rows))

    def _upstream(self, nodes: set[str]) -> set[str]:
        """Return the nodes from which water can come to some nodes, those included."""
        kinds = self.column("kind")
        into: dict[str, set[str]] = defaultdict(set)
        for (tail, head, _), rows in self._groups().items():
            if kinds[rows[0]] < STORE:
                into[head].add(tail)
        found, open_ = set(nodes), list(nodes)
        while open_:
            for tail in into[open_.pop()] - found:
                found.add(tail)
                open_.append(tail)
        return found

    def _ranks(self) -> dict[int, float]:
        """Return the order of each class of uses, as the parameter in force has it."""
        period = self.answer.result.table.periods[0]
        priority = self.answer.result.parameters["priority"][period].value
        assert isinstance(priority, Mapping)  # noqa: S101 — the rule declares it by role
        return {kind: float(priority[name]) for kind, name in (*CLASSES.items(), (RESERVE, "reserve"))}

    def things(self) -> dict[tuple[str, str, str], list[int]]:
        """Return sources and links (no reservoirs, no uses) with their rows of the whole year."""
        kinds = self.column("kind")
        found = {t: rows for t, rows in self._groups().items() if kinds[rows[0]] < STORE and kinds[rows[0]] != OPENING}
        return dict(sorted(found.items(), key=lambda item: kinds[item[1][0]]))

    def stores(self) -> dict[str, list[int]]:
        """Return reservoirs with their rows of the whole year, in the order of months."""
        kinds, at = self.column("kind"), self.answer.result.keys["month_of_year"]
        found = {t[0]: rows for t, rows in self._groups().items() if kinds[rows[0]] == STORE}
        return {node: sorted(rows, key=lambda r: at[r]) for node, rows in found.items()}
