"""A rule's table from a region package: figures by indicator, on one population base, and rows given for the rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import numpy as np

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.units import factor
from tongchou.region.model import Figure, Region
from tongchou.rules import codes
from tongchou.rules.declaration import Input
from tongchou.rules.keys import JOIN
from tongchou.rules.rows_given import Book, Given, lookup, read_long
from tongchou.rules.rule import Rule
from tongchou.rules.table import Table, table

#: The folder of a region package that holds rows for one rule, a file each: ``inputs/fiscal.equalisation.csv``.
FOLDER = "inputs"
# The key under which a rule may take any indicators it names, each in its own unit where it declares none.
_ANY = "indicator"


def inputs_file(rule: Rule, region: Region) -> Path:
    """Return where a region package would hold rows for this rule alone."""
    return Path(region.folder) / FOLDER / f"{rule.id}.csv"


def periods_held(rule: Rule, region: Region) -> tuple[str, ...]:
    """Return the periods a region package has rows for this rule in, and the years all indicators have figures for."""
    path = inputs_file(rule, region)
    found = {period for _, period, _ in read_long(path, rule, path.name).cells} if path.is_file() else set()
    wanted = [d for d in rule.declared.inputs.values() if d.indicator is not None and d.when == "period" and not d.lag]
    if rule.declared.per[-1] == "year" and wanted and not found:
        found = _years(rule, region, [d.indicator or "" for d in wanted])
    return tuple(sorted(found))


def usual_period(periods: Sequence[str], region: Region) -> tuple[str, ...]:
    """Return the period to show unless another is asked for: the last that had begun when the package was compiled.

    Later ones are plans. ``periods`` ascend; empty without any, the first where all are plans.
    """
    if region.updated is not None:
        begun = [code for code in periods if Period.parse(code).start <= region.updated]
        return tuple(begun[-1:] or periods[:1])
    return tuple(periods[-1:])


def _years(rule: Rule, region: Region, indicators: Sequence[str]) -> set[str]:
    """Return the years in which half of the counties or more have every indicator; else those in which any has."""
    named = rule.declared.names.get(_ANY)
    counties = set(region.county_level())
    places: list[dict[str, set[str]]] = []
    for indicator in indicators:
        by_year: dict[str, set[str]] = {}
        for id_ in region.indicators_held():
            code = _fits(indicator, id_)
            if code is None or (named is not None and code and code not in named):
                continue
            for figure in region.of_indicator(id_):
                if figure.place in counties:
                    by_year.setdefault(figure.period.code[:4], set()).add(figure.place)
        if by_year:  # an indicator of the city or the province only does not say for when counties have figures
            places.append(by_year)
    common = set.intersection(*(set(by_year) for by_year in places)) if places else set()
    full = {year for year in common if all(2 * len(by_year[year]) >= len(counties) for by_year in places)}
    return full or common


def figures(
    rule: Rule, region: Region, periods: Sequence[str], base: str | None = None, own: Sequence[Book] = ()
) -> Table:
    """Return the rule's table for ``periods``.

    For each cell the first of these that has it counts: the rows in ``own`` (what a person gave for this run), the
    region's figures, the region's rows for this rule. Population figures all stand on one base: ``base``, or the only
    one they are held on. Raises :class:`ProblemsError`; what is missing only is told in the table's problems.
    """
    reading = _Reading(rule, region, base, list(own))
    path = inputs_file(rule, region)
    if path.is_file():
        reading.rows_for_rule = read_long(path, rule, f"{FOLDER}/{path.name}")
    return reading.table(periods)


def figures_of(rule: Rule, given: Book) -> Table:
    """Return the rule's table of the rows of a book alone, whatever else a region package holds for the rule."""
    order = sorted(given.rows)
    cells = {
        name: [lookup(given, rule, dict(zip(rule.rows, parts, strict=True)), period, name) for parts, period in order]
        for name in rule.declared.inputs
    }
    return table(
        [JOIN.join(parts) for parts, _ in order],
        [period for _, period in order],
        {n: [np.nan if c is None or c.value is None else c.value for c in held] for n, held in cells.items()},
        {n: [Status.ASSUMED if c is None else c.status for c in held] for n, held in cells.items()},
        {n: ["" if c is None else c.source for c in held] for n, held in cells.items()},
        keys={key: [parts[i] for parts, _ in order] for i, key in enumerate(rule.rows)},
    )


@dataclass(slots=True)
class _Reading:
    rule: Rule
    region: Region
    base: str | None
    own: list[Book]
    rows_for_rule: Book = field(default_factory=Book)
    told: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    bases: dict[str, set[str]] = field(default_factory=dict)

    def table(self, periods: Sequence[str]) -> Table:
        if self.base is not None and self.base not in self.region.bases:
            known = "、".join(self.region.bases)
            raise ProblemsError([codes.UNKNOWN_BASE.at("base", base=self.base, known=known)])
        rows = [(parts, period) for period in periods for parts in self._rows(period)]
        if not rows:
            held = "、".join(periods_held(self.rule, self.region)) or "—"
            raise ProblemsError([codes.NO_ROWS.at(self.rule.id, period="、".join(periods), held=held)])
        values: dict[str, list[float]] = {}
        status: dict[str, list[Status]] = {}
        sources: dict[str, list[str]] = {}
        for name, declared in self.rule.declared.inputs.items():
            cells = [self._cell(name, declared, parts, period) for parts, period in rows]
            values[name] = [np.nan if c is None or c.value is None else c.value for c in cells]
            status[name] = [Status.ASSUMED if c is None else c.status for c in cells]
            sources[name] = ["" if c is None else c.source for c in cells]
        self._one_base()
        if self.errors:
            raise ProblemsError(dict.fromkeys(self.errors))
        keys = {key: [parts[key] for parts, _ in rows] for key in self.rule.rows}
        places = [JOIN.join(parts.values()) for parts, _ in rows]
        told = list(dict.fromkeys(self.told))
        return table(places, [period for _, period in rows], values, status, sources, told, keys)

    def _rows(self, period: str) -> list[dict[str, str]]:
        """Return the rows of a period in the region's order, those only given in files after them by code."""
        given = {parts for book in (*self.own, self.rows_for_rule) for parts, at in book.rows if at == period}
        known = self._known(period)
        order = {code: i for i, code in enumerate(p.code for p in self.region.places)}

        def place(parts: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
            return tuple((order.get(part, len(order)), part) for part in parts)

        return [dict(zip(self.rule.rows, parts, strict=True)) for parts in sorted(given | known, key=place)]

    def _known(self, period: str) -> set[tuple[str, ...]]:
        """Return the rows that the region's own places and indicators give."""
        axes: list[Iterable[str]] = []
        from_figures = [d for d in self.rule.declared.inputs.values() if d.indicator or d.groups]
        read = [name for name, d in self.rule.declared.inputs.items() if d.indicator or d.groups]
        going = {key for name in read for key in self.rule.keys(name)}
        for key in self.rule.rows:
            if key == "county" and key in going:
                axes.append(self.region.county_level())
            elif key == "city" and key in going:
                axes.append(p.code for p in self.region.places if p.kind.value == "prefecture")
            else:
                of_key = [d for d in from_figures if d.indicator and f"{{{key}}}" in d.indicator]
                found = {
                    code
                    for i in self.region.indicators
                    for d in of_key
                    if (code := _fits(d.indicator or "", i)) is not None and code not in d.without
                }
                if key in self.rule.declared.names and key == _ANY:  # of all indicators those the rule names
                    found &= set(self.rule.declared.names[key])
                axes.append(sorted(found))
        return set(product(*axes))

    def _cell(self, name: str, declared: Input, parts: Mapping[str, str], period: str) -> Given | None:
        for book in self.own:
            if (given := lookup(book, self.rule, parts, period, name)) is not None:
                return given
        if declared.groups is not None:
            group = self._group(parts)
            if group in declared.groups:
                # Whose grouping it is the package says; it is somebody's reading, not a fact of the register.
                held = self.region.groups.get(group)
                source = f"{held.title.zh}：{held.note.zh}" if held is not None else f"places.csv: {group}"
                return Given(float(declared.groups[group]), Status.ASSUMED, source)
        told = len(self.told)
        if declared.indicator is not None and (found := self._figure(name, declared, parts, period)) is not None:
            return found
        filled = lookup(self.rows_for_rule, self.rule, parts, period, name)
        if filled is not None:
            del self.told[told:]  # a figure on another base keeps nothing from being computed then
        return filled

    def _group(self, parts: Mapping[str, str]) -> str:
        code = next(iter(parts.values()))
        return next((p.group or "" for p in self.region.places if p.code == code), "")

    def _figure(self, name: str, declared: Input, parts: Mapping[str, str], period: str) -> Given | None:
        indicator = (declared.indicator or "").format(**parts)
        first = self.rule.rows[0]
        place = parts[first] if first in self.rule.keys(name) else self._whole(declared.of)
        wanted = _earlier(period, declared.lag)
        held = self._held(place, indicator, wanted, latest=declared.when == "latest")
        bases = {b.id: b for b in self.region.bases.values()}
        asked = declared.base or self.base
        found = [f for f in held if not f.base or asked is None or f.base == asked or bases[f.base].fits_all]
        if held and not found:
            at = f"{name} {JOIN.join(parts.values())} {period}"
            what, others = declared.label.text(), "、".join(sorted({bases[f.base].title.zh for f in held}))
            told = {"what": what, "place": place, "period": period, "held": others, "asked": bases[str(asked)].title.zh}
            self.told.append(codes.WRONG_BASE.at(at, **told))
            return None
        for figure in found:
            if figure.base and not bases[figure.base].fits_all:
                self.bases.setdefault(figure.base, set()).add(name)
        if not found:
            return None
        best = max(found, key=lambda f: f.status)
        if best.value is None:
            at = f"{name} {JOIN.join(parts.values())} {period}"
            self.told.append(codes.NOT_APPLICABLE.at(at, what=declared.label.text(), place=place, period=period))
            return Given(None, best.status, self._source(best))
        # A figure from an earlier period stands in for one nobody has: that is an assumption.
        level = best.status if best.period.end >= Period.parse(wanted).start else min(best.status, Status.ASSUMED)
        own_unit = declared.indicator == f"{{{_ANY}}}" and declared.unit == "1"
        value = best.value if own_unit else best.value * factor(best.unit, declared.unit)
        return Given(value, level, self._source(best))

    def _whole(self, of: str) -> str:
        """Return the code of the city, or of the province or country it lies in."""
        code = self.region.centre
        for _ in range(("city", "province", "country").index(of)):
            code = self.region.places[code].parent or code
        return code

    def _held(self, place: str, indicator: str, period: str, *, latest: bool) -> list[Figure]:
        """Return the figures of one period: that named, else the last one inside it, else (``latest``) before it."""
        if exact := self.region.held(place, indicator, period):
            return list(exact)
        span = Period.parse(period)
        known = [f for f in self.region.of(place, indicator) if f.period.end <= span.end]
        if not latest:
            known = [f for f in known if f.period.start >= span.start]
        if not known:
            return []
        last = max(known, key=lambda f: (f.period.end, f.period.start)).period
        return [f for f in known if f.period == last]

    def _source(self, figure: Figure) -> str:
        source = self.region.sources.get(figure.source)
        title = source.title if source is not None else figure.source
        return f"{title}（{figure.period.label()}）"

    def _one_base(self) -> None:
        if len(self.bases) > 1:
            names = "、".join(sorted({self.rule.declared.inputs[n].label.zh for ns in self.bases.values() for n in ns}))
            known = "、".join(f"{b}（{self.region.bases[b].title.zh}）" for b in sorted(self.bases))
            self.errors.append(codes.SEVERAL_BASES.at("base", names=names, known=known))


def _fits(pattern: str, indicator: str) -> str | None:
    """Return what stands in the place of ``{key}`` when ``indicator`` fits ``pattern``: one part without a dot."""
    before, brace, rest = pattern.partition("{")
    if not brace:
        return "" if pattern == indicator else None
    after = rest.partition("}")[2]
    if not indicator.startswith(before) or not indicator.endswith(after):
        return None
    middle = indicator[len(before) : len(indicator) - len(after)]
    whole = not before and not after  # "{indicator}": any indicator, under its full id
    return middle if middle and (whole or "." not in middle) else None


def _earlier(period: str, years: int) -> str:
    """Return the code of the period ``years`` years earlier."""
    return "/".join(f"{int(part[:4]) - years:04d}{part[4:]}" for part in period.split("/")) if years else period
