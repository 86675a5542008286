"""The catalogue of rules as the workbench holds it: loaded once a process, with what can be computed now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tongchou.catalogue import Catalogue, built_in
from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region.model import Base, Region
from tongchou.rules.declaration import Input
from tongchou.rules.figures import figures, periods_held
from tongchou.rules.rule import Rule
from tongchou.surfaces.computing import catalogue_of
from tongchou.web.computing.systems import module, system
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import region_as_of, version


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as the catalogue lists it: the periods it can be computed for with the region's figures, and how firmly.

    ``weakest`` is the weakest status among the figures of the last period, ``None`` where there are none; ``unset``
    are the parameters nobody has set a value for.
    """

    rule: Rule
    periods: tuple[str, ...]
    weakest: Status | None
    is_assumed: bool
    unset: tuple[Text, ...]

    @property
    def can_compute(self) -> bool:
        """Whether the built-in figures and parameters suffice."""
        return self.weakest is not None and not self.unset

    @property
    def is_illustrative(self) -> bool:
        """Whether made-up figures have an effect."""
        return self.weakest is Status.ILLUSTRATIVE

    @property
    def is_algorithm(self) -> bool:
        """Whether some of it is computed by an algorithm and not by formulas alone."""
        return self.rule.algorithm is not None

    @property
    def unset_words(self) -> Text:
        """The parameters without a value, named one after the other."""
        return Text("、".join(p.zh for p in self.unset), ", ".join(p.en for p in self.unset))

    @property
    def module(self) -> str:
        """The module its id begins with."""
        return self.rule.id.partition(".")[0]

    @property
    def span(self) -> Text:
        """The periods, the first and last of many."""
        held = [Period.parse(code) for code in self.periods]
        if len(held) <= 2:
            return Text("、".join(p.label() for p in held), ", ".join(p.label("en") for p in held))
        first, last = held[0], held[-1]
        return Text(
            f"{first.label()}至{last.label()}，{len(held)} 期",
            f"{first.label('en')} to {last.label('en')}, {len(held)} periods",
        )

    def matches(self, words: str) -> bool:
        """Whether the words stand in what a person may look a rule up by; case does not matter."""
        declared = self.rule.declared
        texts = [declared.title.text(), Text(declared.method.zh, declared.method.en), system(declared.system)]
        texts += [module(self.rule.id), *(item.label.text() for item in declared.quantities().values())]
        held = [self.rule.id, declared.system, declared.method.source, *(w for t in texts for w in (t.zh, t.en))]
        return all(any(word in text.lower() for text in held) for word in words.lower().split())


@lru_cache(maxsize=8)
def rules_of(name: str) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Return a region's catalogue, and what keeps it from being whole: then the built-in rules stand alone, or none."""
    try:
        return catalogue_of(region_named(name)), ()
    except ProblemsError as error:
        problems = error.problems
    try:
        return built_in(), problems
    except ProblemsError:
        return Catalogue({}, {}, {}), problems


def entries(name: str) -> tuple[Entry, ...]:
    """Return every rule with what can be computed now, in the order of the policy's systems."""
    return _entries(name, version()[0])


@lru_cache(maxsize=4)
def _entries(name: str, stamp: str) -> tuple[Entry, ...]:
    region, (catalogue, _) = region_as_of(name), rules_of(name)
    found = [_entry(rule, catalogue, region) for rule in catalogue.rules.values()]
    return tuple(sorted(found, key=lambda e: (e.rule.declared.system, e.rule.id)))


def by_clause(name: str) -> dict[str, list[Rule]]:
    """Return the rules that serve each clause."""
    found: dict[str, list[Rule]] = {}
    for rule in rules_of(name)[0].rules.values():
        for clause in rule.declared.clauses:
            found.setdefault(clause, []).append(rule)
    return found


def clause_order(clauses: Iterable[str]) -> list[str]:
    """Return clause ids in the order of the text: 2.10 after 2.9."""
    return sorted(
        set(clauses),
        key=lambda c: [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in c.split(".")],
    )


def _entry(rule: Rule, catalogue: Catalogue, region: Region) -> Entry:
    values = catalogue.parameters[rule.id].values
    unset = tuple(p.label.text() for name, p in rule.declared.parameters.items() if not values.get(name))
    assumed = any(dated[-1].assumed for dated in values.values() if dated)
    try:
        periods = periods_held(rule, region)
        weakest = _weakest(rule, region, periods[-1]) if periods else None
    except ProblemsError:
        periods, weakest = (), None
    return Entry(rule, periods, weakest, assumed, unset)


def _weakest(rule: Rule, region: Region, period: str) -> Status | None:
    table = figures(rule, region, [period], bases_for(rule, region, (period,)).usual)
    levels = [table.status[name][~np.isnan(values)] for name, values in table.values.items()]
    held = [int(level.min()) for level in levels if level.size]
    return Status(min(held)) if held else None


@dataclass(frozen=True, slots=True)
class Bases:
    """The population bases there is a choice between, and the one on which most figures are held; none where none."""

    choices: tuple[Base, ...] = ()
    usual: str | None = None


def bases(name: str, rule: str, periods: tuple[str, ...]) -> Bases:
    """Return the population bases a rule's figures of these periods can stand on, if they differ in any figure."""
    return _bases(name, version()[0], rule, periods)


@lru_cache(maxsize=512)
def _bases(name: str, stamp: str, rule: str, periods: tuple[str, ...]) -> Bases:
    return bases_for(rules_of(name)[0].rules[rule], region_as_of(name), periods)


def bases_for(rule: Rule, region: Region, periods: tuple[str, ...]) -> Bases:
    """As :func:`bases`, for a rule and region in hand."""
    patterns = [_pattern(d) for d in rule.declared.inputs.values() if d.indicator is not None and not d.base]
    read = [i for i in region.indicators_held() if any(p.fullmatch(i) for p in patterns)]
    used = {f.base for i in read for f in region.of_indicator(i) if f.base}
    held: dict[str, tuple[int, bytes]] = {}
    for id_ in (id_ for id_, base in region.bases.items() if id_ in used and not base.fits_all):
        try:
            values = figures(rule, region, periods, id_).values
        except ProblemsError:
            continue
        count = sum(int((~np.isnan(column)).sum()) for column in values.values())
        held[id_] = count, b"".join(column.tobytes() for column in values.values())
    if len({given for _, given in held.values()}) < 2:
        return Bases()
    usual = max(held, key=lambda id_: held[id_][0])
    return Bases(tuple(region.bases[id_] for id_ in held), usual)


def _pattern(declared: Input) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", declared.indicator or "")
    return re.compile(r"[^.]+".join(re.escape(part) for part in parts))
