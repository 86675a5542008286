"""What a round would ask, and why it may not: what is held is offered instead, what is asked elsewhere named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.conf import settings

from tongchou.kernel.numbers import number
from tongchou.kernel.periods import Period
from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.region import Indicator
from tongchou.region.crosstab import STATES
from tongchou.web.collection import codes
from tongchou.web.collection.bases import base_for, fitting
from tongchou.web.collection.models import Asked, Round, Ruling
from tongchou.web.collection.states import Frequency, RoundState, Verdict
from tongchou.web.figures.models import FigureRecord
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.states import State
from tongchou.web.figures.store import indicators

Cell = tuple[str, str, str]  # indicator, place, period
_MOST_SAID = 12  # held values listed one by one; the rest are counted


@dataclass(frozen=True, slots=True)
class Draft:
    """A round as designed. ``places`` says which organisation (an id) answers for which place."""

    title: str
    clause: str
    used_by: str
    basis: str
    frequency: str
    minutes: float | None
    due: date | None
    indicators: tuple[str, ...]
    places: Mapping[str, str]
    periods: tuple[str, ...]
    base: str = ""
    left_out: frozenset[str] = frozenset()

    def cells(self) -> list[Cell]:
        """Return the cells it asks for."""
        every = product(self.indicators, self.places, self.periods)
        return [cell for cell in every if "|".join(cell) not in self.left_out]


@dataclass(frozen=True, slots=True)
class HeldValue:
    """A value that is there already, with its source: what is offered instead of asking."""

    cell: Cell
    value: float | None
    source: str

    @property
    def code(self) -> str:
        """The cell as rounds leave it out."""
        return "|".join(self.cell)


def faults(draft: Draft, on: date) -> list[Problem]:
    """Return what is missing from a design, at its fields."""
    texts = {"title": "名称", "clause": "条款", "used_by": "谁使用", "basis": "依据"}
    english = {"title": "title", "clause": "clause", "used_by": "used by", "basis": "basis"}
    found = [
        codes.FIELD_NEEDED.at(name, field=Text(texts[name], english[name]))
        for name in texts
        if not getattr(draft, name).strip()
    ]
    if draft.frequency not in set(Frequency):
        found.append(codes.FIELD_NEEDED.at("frequency", field=Text("多久一次", "how often")))
    if draft.minutes is None or not 0 < draft.minutes <= 10_000:
        found.append(codes.BAD_MINUTES.at("minutes", text=draft.minutes if draft.minutes is not None else ""))
    if draft.due is None or draft.due < on:
        found.append(codes.BAD_DATE.at("due"))
    for name, what in (("indicators", "指标"), ("places", "地方"), ("periods", "时期")):
        if not getattr(draft, name):
            found.append(codes.NOTHING_ASKED.at(name, what=Text(what, name.removesuffix("s"))))
    known = indicators()
    found += [codes.UNKNOWN_INDICATOR.at("indicators", text=i[:80]) for i in draft.indicators if i not in known]
    needing = [known[i].title for i in draft.indicators if i in known and known[i].base == "any"]
    if needing and not draft.base:
        found.append(codes.BASE_NEEDED.at("base", indicator=needing[0]))
    for code in draft.periods:
        try:
            Period.parse(code)
        except ValueError:
            found.append(codes.BAD_PERIOD.at("periods", text=code[:24]))
    region = region_named(settings.REGION)
    found += [
        codes.NO_ORGANISATION.at("places", place=_place(place)) for place, body in draft.places.items() if not body
    ]
    found += [
        codes.NOTHING_ASKED.at("places", what=Text("地方", "place")) for p in draft.places if p not in region.places
    ]
    return found


def held_values(cells: Iterable[Cell], base: str) -> list[HeldValue]:
    """Return the values held already for cells, in their order: of the same indicator or one ruled to be the same."""
    wanted, same, known = list(cells), same_as(), indicators()
    ids = {i for cell in wanted for i in (cell[0], *same.get(cell[0], ())) if i in known}
    region = region_named(settings.REGION)
    bases = {id_: fitting(region, base_for(known[id_], base)) for id_ in ids}
    held: dict[Cell, tuple[float | None, str]] = {}
    places, periods = {c[1] for c in wanted}, {c[2] for c in wanted}
    for id_ in ids:
        for f in region.of_indicator(id_):
            if f.place in places and f.period.code in periods and f.base in bases[id_]:
                source = region.sources.get(f.source)
                said = source.title if source else f.source
                held.setdefault((id_, f.place, f.period.code), (f.value, said))
    rows = FigureRecord.objects.filter(
        state=State.APPROVED, indicator__in=ids, place__in=places, period__in=periods
    ).order_by()
    columns = ("indicator", "place", "period", "base", "value", "source")
    for indicator, place, period, on, value, written in rows.values_list(*columns):
        if on in bases[indicator]:
            held[indicator, place, period] = (value, written)
    found = []
    for cell in wanted:
        for id_ in (cell[0], *sorted(same.get(cell[0], ()))):
            if (id_, *cell[1:]) in held:
                value, written = held[id_, cell[1], cell[2]]
                found.append(HeldValue(cell, value, written))
                break
    return found


def asked_elsewhere(cells: Iterable[Cell], but: int | None = None) -> list[tuple[Cell, Round]]:
    """Return the cells another open round asks for, of the same indicator or one ruled to be the same."""
    wanted, same = list(cells), same_as()
    rounds = Round.objects.filter(state=RoundState.OPEN).exclude(pk=but or 0).prefetch_related("asked", "answers")
    found = []
    for one in rounds:
        ids = {a.indicator for a in one.asked.all()}
        places, periods, left_out = {a.place for a in one.answers.all()}, set(one.periods), set(one.left_out)
        for cell in wanted:
            for id_ in (cell[0], *same.get(cell[0], ())):
                inside = id_ in ids and cell[1] in places and cell[2] in periods
                if inside and "|".join((id_, *cell[1:])) not in left_out:
                    found.append((cell, one))
                    break
    return found


def refusals(draft: Draft, but: int | None = None) -> tuple[list[Problem], list[HeldValue]]:
    """Return why a design may not be asked, and the values offered instead."""
    cells, known = draft.cells(), indicators()
    held = held_values(cells, draft.base)
    problems = [
        codes.HELD_ALREADY.at("indicators", **_names(known, h.cell), value=_printed(h.value), source=h.source)
        for h in held[:_MOST_SAID]
    ]
    elsewhere = asked_elsewhere(cells, but)
    problems += [
        codes.ASKED_ALREADY.at("indicators", **_names(known, cell), round=one.title)
        for cell, one in elsewhere[:_MOST_SAID]
    ]
    return problems, held


def same_as() -> dict[str, set[str]]:
    """Return for each indicator those a person ruled to be the same; ruling chains count."""
    found: dict[str, set[str]] = {}
    for first, second in Ruling.objects.filter(verdict=Verdict.SAME).values_list("first", "second"):
        whole = found.get(first, {first}) | found.get(second, {second})
        for one in whole:
            found[one] = whole
    return {one: whole - {one} for one, whole in found.items()}


def draft_of(held: Round) -> Draft:
    """Return the design of a round that is kept."""
    return Draft(
        held.title,
        held.clause,
        held.used_by,
        held.basis,
        held.frequency,
        held.minutes,
        held.due,
        tuple(Asked.objects.filter(round=held).values_list("indicator", flat=True)),
        dict(held.answers.values_list("place", "organisation_id")),
        tuple(held.periods),
        held.base,
        frozenset(held.left_out),
    )


def _names(known: Mapping[str, Indicator], cell: Cell) -> dict[str, Text]:
    held = known.get(cell[0])
    period = Period.parse(cell[2])
    return {
        "indicator": held.title if held else Text(cell[0], cell[0]),
        "place": _place(cell[1]),
        "period": Text(period.label("zh"), period.label("en")),
    }


def _place(code: str) -> Text:
    places = region_named(settings.REGION).places
    return Text(places[code].name, places[code].name_en) if code in places else Text(code, code)


def _printed(value: float | None) -> Text:
    return STATES["not_applicable"] if value is None else Text(number(value), number(value))
