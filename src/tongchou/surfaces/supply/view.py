"""An answer as it is shown: its tables and sentences, links by what they do, places that want attention."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tongchou.kernel.numbers import figure
from tongchou.kernel.problems import Problem
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region import Region
from tongchou.surfaces.supply import link_sentences, link_tables, water_tables
from tongchou.surfaces.supply.answering import Supplied
from tongchou.surfaces.supply.comparing import links_compared, links_said, water_compared, water_said
from tongchou.surfaces.supply.told import Told, amount, key, level
from tongchou.surfaces.supply.water import Water

_FULL = 0.999  # of a capacity, from which it is used up


@dataclass(frozen=True, slots=True)
class LinkState:
    """A source or link: what it can carry and carries (``None`` where only capacity is told), and its state.

    ``idle``, ``carries``, ``full`` (used up, or past the use at which to widen), ``binds`` (holds somebody back).
    """

    tail: str
    head: str
    mode: str
    state: str
    capacity: float
    carried: float | None
    says: Text
    status: Status | None


@dataclass(frozen=True, eq=False)
class View:
    """An answer over its year or in one ``month`` of water; ``before`` is that without the change asked for."""

    region: Region
    found: Supplied
    month: str = ""
    before: Supplied | None = None

    @cached_property
    def water(self) -> Water | None:
        """The allocation, where it is one of water."""
        return self._water(self.found)

    def _water(self, of: Supplied) -> Water | None:
        if of.network.kind != "water":
            return None
        codes = dict.fromkeys([*self.region.county_level(), *(p.code for p in self.region.places)])
        return Water(of.answer, self.month, {code: i for i, code in enumerate(codes)})

    @cached_property
    def tables(self) -> tuple[Told, ...]:
        """Every table, the one to read first in front; a change before the others."""
        own = link_tables.tables(self.found) if self.water is None else water_tables.tables(self.water)
        return own if self.change is None else (self.change, *own)

    @cached_property
    def change(self) -> Told | None:
        """What the change asked for does, ``None`` without one."""
        if self.before is None:
            return None
        old = self._water(self.before)
        if old is None or self.water is None:
            return links_compared(self.before, self.found)
        return water_compared(old, self.water)

    @cached_property
    def change_said(self) -> Text | None:
        """The change as a sentence."""
        if self.before is None or self.change is None:
            return None
        old = self._water(self.before)
        return links_said(self.change) if old is None or self.water is None else water_said(old, self.water)

    @cached_property
    def sentences(self) -> list[Text]:
        """What a reader should know first."""
        if self.water is None:
            return link_sentences.sentences(self.found)
        return water_tables.sentences(self.water)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is missing or undefined, but for nodes that only pass on and have nothing a head."""
        answers = [one for one in (self.found.answer, self.found.beside) if one is not None]
        counted = self.found.answer.result.table.values.get("people", ())
        passed = {p for p, people in zip(self.found.answer.result.table.places, counted, strict=False) if people == 0}
        told = [p for answer in answers for p in answer.result.problems]
        return tuple(p for p in told if not passed.intersection(p.where.split(" ")))

    @cached_property
    def links(self) -> list[LinkState]:
        """Every source and link with what it does."""
        return self._of_links() if self.water is None else self._of_water(self.water)

    @cached_property
    def lit(self) -> frozenset[str]:
        """The nodes that want attention: where somebody is short, N−1 fails, the worst is."""
        result = self.found.answer.result
        if self.water is not None:
            return frozenset(result.keys["tail"][row] for u in self.water.uses() if u.short for row in u.rows)
        name, value = ("secure", 0) if self.found.network.kind == "energy" else ("worst", 1)
        return frozenset(
            n for n, row in link_tables.ends(self.found.answer).items() if result.values[name][row] == value
        )

    def _of_water(self, water: Water) -> list[LinkState]:
        amounts, flow, holds = (water.column(n) for n in ("amount", "flow", "holds_back"))
        made = []
        for (tail, head, role), every in water.things().items():
            rows = water.shown(every)
            if not rows:
                continue
            room, carried = sum(amounts[r] for r in rows), sum(flow[r] for r in rows)
            binds = any(holds[r] > 0 for r in rows)
            state = "binds" if binds else "idle" if carried <= 0 else "full" if carried >= _FULL * room else "carries"
            a, b, kind = (key(water.answer, rows[0], part) for part in ("tail", "head", "role"))
            does = Text("，卡住用水", ", holds somebody back") if binds else Text("", "")
            says = Text(
                f"{a.zh}→{b.zh} {kind.zh}：走 {amount(carried)}，能力 {amount(room)} 万立方米{does.zh}",
                f"{a.en} → {b.en}, {kind.en.lower()}: carries {amount(carried)} of {amount(room)} × 10⁴ m³{does.en}",
            )
            status = level(water.answer, rows[0], "amount")
            made.append(LinkState(tail, head, role, state, room, carried, says, status))
        return made

    def _of_links(self) -> list[LinkState]:
        answer, is_energy = self.found.answer, self.found.network.kind == "energy"
        result = answer.result
        narrow = {r for rows in link_tables.holding(self.found).values() for r in rows}
        worst = {r for n in self.lit for r in link_tables.holding(self.found).get(n, ())}
        unit = Text("万千瓦", "× 10 MW") if is_energy else Text("Gbps", "Gbps")
        modes = {(k.tail, k.head): k.mode for k in self.found.network.links}
        made = []
        for row in range(len(result.table)):
            tail, head = result.keys["tail"][row], result.keys["head"][row]
            capacity = float(result.table.values["capacity"][row])
            used = None if is_energy else float(result.table.values["used"][row])
            wide = not is_energy and result.values["to_widen"][row] == 1
            state = "binds" if row in worst else "full" if wide else "carries"
            name, unit = (
                link_tables.link_name(answer, row),
                Text("万千瓦", "× 10 MW") if is_energy else Text("Gbps", "Gbps"),
            )
            zh, en = f"{name.zh}：{figure(capacity)} {unit.zh}", f"{name.en}: {figure(capacity)} {unit.en}"
            if used is not None:
                zh, en = f"{zh}，忙时 {figure(used)}", f"{en}, {figure(used)} at peak"
            if row in narrow & worst:
                zh, en = f"{zh}，最要紧", f"{en}, the critical one"
            status = level(answer, row, "capacity")
            made.append(LinkState(tail, head, modes.get((tail, head), ""), state, capacity, used, Text(zh, en), status))
        return made
