"""What must hold of a register beyond the form of its file: names, kinds, units, states, formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from tongchou.formulas.dimensions import is_declarable
from tongchou.formulas.terms import Term
from tongchou.kernel import yaml_lines
from tongchou.kernel.problems import Problem
from tongchou.registers import codes, terms
from tongchou.registers.declaration import DATED, NUMERIC, Declaration, RegisterField, Rollup

RESERVED = frozenset(("key", "state", "place", "geometry", "year", "row", "organisation", "source", "status", "mark"))


@dataclass
class Checking:
    """One pass over a declaration; problems are added as they are found, formulas kept by where they stand."""

    declared: Declaration
    file: str
    lines: dict[yaml_lines.Path, int]
    problems: list[Problem]
    formulas: dict[str, Term] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Check everything."""
        self._names()
        for section in ("fields", "yearly"):
            for name, item in getattr(self.declared, section).items():
                self._field(section, name, item)
        self._key()
        self._states()
        self._moves()
        self._rhythm()
        self._thresholds()
        if not self.problems:
            self._formulas()
            self._seed()

    def at(self, *path: str | int) -> str:
        """Return the file and line of something declared."""
        return yaml_lines.where(self.file, self.lines, path)

    def _unfit(self, name: str, reason: str, *path: str | int) -> None:
        self.problems.append(codes.UNFIT.at(self.at(*path), name=name, reason=reason))

    def _known(self, names: Iterable[str], known: Iterable[str], *path: str | int) -> bool:
        listed = list(known)
        missing = [name for name in names if name not in listed]
        told = "、".join(listed)
        self.problems += [codes.UNKNOWN_NAME.at(self.at(*path), name=n, known=told) for n in missing]
        return not missing

    def _names(self) -> None:
        taken = {*RESERVED, *terms.ALWAYS, "overdue_days", "late_days"}
        for section in ("fields", "yearly"):
            for name in getattr(self.declared, section):
                if name in taken or name.startswith(("previous_", "total_")):
                    self.problems.append(codes.TAKEN_NAME.at(self.at(section, name), name=name))
                taken.add(name)

    def _field(self, section: str, name: str, item: RegisterField) -> None:
        at = (section, name)
        if item.kind in NUMERIC:
            if item.unit is None or not is_declarable(item.unit):
                self._unfit(name, f"unit: {item.unit} ?", *at)
        elif item.unit is not None or item.at_least is not None or item.at_most is not None:
            self._unfit(name, f"{item.kind}: unit, at_least, at_most ?", *at)
        if item.at_least is not None and item.at_most is not None and item.at_least > item.at_most:
            self._unfit(name, f"at_least {item.at_least} > at_most {item.at_most}", *at)
        if (item.kind == "choice") != (item.choices is not None):
            self._unfit(name, f"{item.kind}: choices ?", *at)
        if (item.kind == "register_row") != (item.register_ is not None):
            self._unfit(name, f"{item.kind}: register ?", *at)
        if item.many and item.kind not in ("choice", "place", "party", "clause", "commitment", "register_row", "file"):
            self._unfit(name, f"{item.kind}: many ?", *at)
        if item.formula is not None and (item.kind not in NUMERIC or item.required):
            self._unfit(name, "formula ?", *at)
        if (item.pattern or item.longest) and item.kind not in ("text", "long_text"):
            self._unfit(name, f"{item.kind}: pattern, longest ?", *at)
        if section == "yearly" and (item.kind not in NUMERIC or item.when or item.personal or item.formula):
            self._unfit(name, f"yearly: {item.kind}", *at)
        for other, wanted in (item.when or {}).items():
            if not self._known([other], self.declared.fields, *at, "when"):
                continue
            asked = self.declared.fields[other]
            if isinstance(wanted, bool) != (asked.kind == "flag") or asked.kind not in ("flag", "choice"):
                self._unfit(other, "when: choice → [a, b], flag → true", *at, "when")
            elif isinstance(wanted, list):
                self._known(wanted, asked.choices or {}, *at, "when")

    def _key(self) -> None:
        declared = self.declared
        allowed = [n for n, f in declared.fields.items() if f.required and not f.many and not f.personal]
        if declared.place.kind != "none" and declared.place.required:
            allowed.append("place")
        self._known(declared.key, allowed, "key")
        self._known([declared.named], declared.fields, "named")
        self._known(declared.listed, [*declared.fields, *declared.yearly], "listed")
        if declared.owner.place and declared.place.kind == "none":
            self._unfit("owner.place", "place: none", "owner")
        if not declared.owner.place and not declared.owner.parties:
            self._unfit("owner", "parties / place ?", "owner")

    def _states(self) -> None:
        declared = self.declared
        reached = {declared.first_state} | {move.to for move in declared.moves.values()}
        reached |= set(declared.seed.states.values()) if declared.seed is not None else set()
        reached |= set(declared.stages.unknown) if declared.stages is not None else set()
        for name in declared.states:
            if name not in reached:
                self.problems.append(codes.UNREACHABLE.at(self.at("states", name), name=name))

    def _moves(self) -> None:
        declared = self.declared
        for name, move in declared.moves.items():
            self._known([*move.from_, move.to], declared.states, "moves", name)
            self._known(move.fields, declared.typed(), "moves", name, "fields")
            if move.to in move.from_:
                self._unfit(name, f"{move.to} → {move.to}", "moves", name)

    def _rhythm(self) -> None:
        declared = self.declared
        cycle, stages = declared.cycle, declared.stages
        dated = [n for n, f in declared.fields.items() if f.kind in DATED and not f.many]
        if cycle is not None:
            self._known([n for n in (cycle.last, cycle.start) if n is not None], dated, "cycle")
            self._known([cycle.every], [n for n, f in declared.fields.items() if f.kind == "integer"], "cycle", "every")
        if stages is not None:
            self._known([*stages.order, stages.due], dated, "stages")
            self._known([stages.open], stages.order, "stages", "open")
            self._known(stages.unknown, declared.states, "stages", "unknown")
            words = [n for n, f in declared.fields.items() if f.kind in ("text", "choice")]
            self._known([n for n in (stages.promised, stages.strength) if n is not None], words, "stages")

    def _thresholds(self) -> None:
        for name, item in self.declared.parameters.items():
            if not is_declarable(item.unit):
                self._unfit(name, f"unit: {item.unit} ?", "parameters", name)
            starts = [value.start for value in item.values]
            if starts != sorted(set(starts)):
                self._unfit(name, "start ↑", "parameters", name)
            for i, value in enumerate(item.values):
                if (value.paper is None) != value.assumed:
                    self._unfit(name, "paper / assumed: true", "parameters", name, "values", i)

    def _formula(self, name: str, text: str, unit: str | None, *path: str | int) -> None:
        term = terms.read(self.declared, text, self.at(*path), self.problems, unit=unit)
        if term is not None:
            self.formulas[name] = term

    def _formulas(self) -> None:
        declared = self.declared
        for name, item in declared.fields.items():
            if item.formula is not None:
                self._formula(f"fields.{name}", item.formula, item.unit, "fields", name, "formula")
        for name, warning in declared.warnings.items():
            self._formula(f"warnings.{name}", warning.when, None, "warnings", name, "when")
        for name, rollup in declared.rollups.items():
            self._rollup(name, rollup)
        self._order()

    def _rollup(self, name: str, rollup: Rollup) -> None:
        declared, at = self.declared, ("rollups", name)
        if not is_declarable(rollup.unit):
            self._unfit(name, f"unit: {rollup.unit} ?", *at)
            return
        needs_of = rollup.kind in ("sum", "mean", "growth")
        if (needs_of and rollup.of is None) or (rollup.kind == "count" and rollup.of is not None):
            self._unfit(name, f"{rollup.kind}: of ?", *at)
            return
        if rollup.kind != "share" and (rollup.over is not None or rollup.among is not None):
            self._unfit(name, f"{rollup.kind}: over, among ?", *at)
        if rollup.kind == "growth":
            if self._known([str(rollup.of)], [n for n, r in declared.rollups.items() if r.kind != "growth"], *at, "of"):
                self.formulas.setdefault(f"rollups.{name}.growth", Term("name", value=rollup.of))
            return
        unit = rollup.unit
        if rollup.kind == "share" and rollup.of is not None:
            unit = self._own_unit(rollup.of)
        if rollup.of is not None:
            self._formula(f"rollups.{name}.of", rollup.of, unit, *at, "of")
        if rollup.over is not None:
            self._formula(f"rollups.{name}.over", rollup.over, unit, *at, "over")
        for part in ("where", "among"):
            if (text := getattr(rollup, part)) is not None:
                self._formula(f"rollups.{name}.{part}", text, None, *at, part)
        self._known_dimension(name, rollup)

    def _known_dimension(self, name: str, rollup: Rollup) -> None:
        fields, at = self.declared.fields, ("rollups", name)
        if rollup.by is not None:
            self._known([rollup.by], [n for n, f in fields.items() if f.kind == "choice" and not f.many], *at, "by")
        if rollup.year is not None:
            dated = [n for n, f in fields.items() if (f.kind in DATED or f.kind == "year") and not f.many]
            self._known([rollup.year], dated, *at, "year")
        if rollup.places is not None:
            self._known([rollup.places], [n for n, f in fields.items() if f.kind == "place"], *at, "places")

    def _own_unit(self, text: str) -> str:
        """Return the unit of the first name in a formula: what numerator and denominator of a share are brought to."""
        units = terms.units(self.declared)
        return next((units[word] for word in text.replace("(", " ").split() if word in units), "1")

    def _order(self) -> None:
        derived = {n.removeprefix("fields."): t for n, t in self.formulas.items() if n.startswith("fields.")}
        graph = {name: sorted(terms.mentioned(term) & derived.keys()) for name, term in sorted(derived.items())}
        try:
            self.order = list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            names = " → ".join(reversed(error.args[1]))
            self.problems.append(codes.CYCLE.at(self.at("fields", error.args[1][0]), names=names))

    def _seed(self) -> None:
        seed = self.declared.seed
        if seed is not None:
            self._known(seed.fields, self.declared.typed(), "seed", "fields")
            self._known(seed.states.values(), self.declared.states, "seed", "states")
