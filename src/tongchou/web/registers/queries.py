"""Questions asked of registers: which rows match, how many in which state and place, what a row says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from tongchou.kernel.text import Text
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.surfaces.register_cells import place_name
from tongchou.web.people.models import Organisation
from tongchou.web.registers.models import Row, RowFacet
from tongchou.web.registers.ownership import visible

if TYPE_CHECKING:
    from tongchou.web.registers.ownership import Reader

_FILTERED = ("choice", "place", "party", "flag")
_MOST_CHOICES = 80


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show of a register; an empty value does not restrict. ``facets`` by field."""

    words: str = ""
    state: str = ""
    place: str = ""
    organisation: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, register: Register, query: Mapping[str, str]) -> Filters:
        """Take the filters from a query; a field is asked by its own name."""
        given = {k: query.get(k, "").strip()[:100] for k in ("words", "state", "place", "organisation")}
        facets = {n: query.get(n, "").strip()[:80] for n in filtered_fields(register) if query.get(n, "").strip()}
        return cls(**given, facets=facets)

    @property
    def is_set(self) -> bool:
        """Whether anything restricts."""
        return bool(self.words or self.state or self.place or self.organisation or self.facets)

    @property
    def query(self) -> str:
        """The filters as the query of an address."""
        given = {"words": self.words, "state": self.state, "place": self.place, "organisation": self.organisation}
        return urlencode({k: v for k, v in {**given, **self.facets}.items() if v})


def filtered_fields(register: Register) -> list[str]:
    """Return the fields a list can be filtered by."""
    fields = register.declared.fields.items()
    return [name for name, item in fields if item.kind in _FILTERED and not item.personal]


def rows_of(register: Register, by: Reader, filters: Filters | None = None) -> QuerySet[Row]:
    """Return the rows a person sees that match, by name."""
    found = Row.objects.of(register.id).filter(visible(register, by))
    if filters is not None:
        if filters.state:
            found = found.filter(state=filters.state)
        if filters.place:
            found = found.filter(place=filters.place)
        if filters.organisation:
            found = found.filter(organisation=filters.organisation)
        for name, value in filters.facets.items():
            # A semi-join: the facet is looked up by its index, a row is never counted twice.
            found = found.filter(pk__in=RowFacet.objects.filter(field=name, value=value).values("row"))
        for word in filters.words.lower().split()[:5]:
            found = found.filter(words__contains=word)
    return found.order_by("name", "pk")


def counts(register: Register, by: Reader) -> dict[tuple[str, str], int]:
    """Return how many rows a person sees by place and state."""
    found = Row.objects.of(register.id).filter(visible(register, by))
    return {
        (place, state): n for place, state, n in found.order_by().values_list("place", "state").annotate(n=Count("pk"))
    }


def counts_of_all(ids: list[str], conditions: Mapping[str, Q]) -> dict[tuple[str, str], int]:
    """Return how many rows of several registers a person sees, by register and meaning of their state."""
    wanted = Q(pk__in=[])
    for id_ in ids:
        wanted |= Q(register=id_) & conditions[id_]
    found = Row.objects.filter(wanted, withdrawn_at__isnull=True).order_by()
    return {(r, m): n for r, m, n in found.values_list("register", "meaning").annotate(n=Count("pk"))}


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter as the page shows it."""

    name: str
    label: Text
    value: str
    choices: list[tuple[str, Text]]


def filters_shown(register: Register, filters: Filters, references: References) -> list[Filter]:
    """Return the filters of a list page: state, place, owner, then every choice, place and party of the rows."""
    declared = register.declared
    states = [(code, state.label.text()) for code, state in declared.states.items()]
    found = [Filter("state", Text("状态", "State"), filters.state, states)]
    if declared.place.kind != "none":
        places = [(code, place_name(references, code)) for code in places_of(register, references)]
        found.append(Filter("place", Text("县（市、区）", "County"), filters.place, places))
    for name in filtered_fields(register):
        item = declared.fields[name]
        choices: list[tuple[str, Text]] = []
        if item.choices is not None:
            choices = [(code, words.text()) for code, words in item.choices.items()]
        elif item.kind == "flag":
            choices = [("true", Text("是", "yes")), ("false", Text("否", "no"))]
        elif item.kind == "place":
            choices = [(p.code, Text(p.name, p.name_en)) for p in references.places if p.kind.is_county_level]
        elif item.kind == "party":
            choices = [(p.id, Text(p.name, p.name_en)) for p in references.parties if not p.members]
        found.append(Filter(name, item.label.text(), filters.facets.get(name, ""), choices[:_MOST_CHOICES]))
    owners = Organisation.objects.filter(pk__in=Row.objects.of(register.id).values("organisation"))
    named = [(o.pk, o.title) for o in owners]
    if len(named) > 1:
        found.append(Filter("organisation", Text("登记单位", "Owner"), filters.organisation, named))
    return found


def places_of(register: Register, references: References) -> list[str]:
    """Return the places where rows are expected: those designated, else the county-level units, in order."""
    where = register.declared.place
    held = references.designated.get(where.designated or "", ())
    return list(held) or [p.code for p in references.places if p.kind.is_county_level]


def at_years(rows: list[Row]) -> dict[int, tuple[int, dict[str, Any]]]:
    """Return the latest yearly values of rows whose ``years`` were prefetched: row → (year, values)."""
    found = {}
    for row in rows:
        held = list(row.years.all())
        if held:
            found[row.pk] = (held[-1].year, held[-1].values)
    return found
