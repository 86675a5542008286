"""Places with validity dates, keyed by GB/T 2260 code; functional zones have codes of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongchou.kernel.text import Text


class PlaceKind(StrEnum):
    """What a place is. Only administrative divisions may be summed; a functional zone overlaps them."""

    COUNTRY = "country"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    DISTRICT = "district"
    COUNTY = "county"
    COUNTY_CITY = "county_city"
    ZONE = "zone"

    @property
    def label(self) -> Text:
        """The word for the kind."""
        return _KINDS[self]

    @property
    def is_county_level(self) -> bool:
        """True for districts, counties and county-level cities."""
        return self in (PlaceKind.DISTRICT, PlaceKind.COUNTY, PlaceKind.COUNTY_CITY)


_KINDS = {
    PlaceKind.COUNTRY: Text("国家", "country"),
    PlaceKind.PROVINCE: Text("省", "province"),
    PlaceKind.PREFECTURE: Text("地级市", "prefecture-level city"),
    PlaceKind.DISTRICT: Text("市辖区", "district"),
    PlaceKind.COUNTY: Text("县", "county"),
    PlaceKind.COUNTY_CITY: Text("县级市", "county-level city"),
    PlaceKind.ZONE: Text("功能区", "functional zone"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place. ``code`` is its GB/T 2260 code, or for a zone an own code beginning with ``Z``."""

    code: str
    name: str
    name_en: str
    kind: PlaceKind
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    group: str | None = None
    seat_lon: float | None = None
    seat_lat: float | None = None
    note: str = ""

    def is_valid_on(self, day: date) -> bool:
        """True when the place exists on ``day``; ``valid_to`` is the first day on which it no longer does."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Places:
    """The places of a region in their official order, which every table keeps."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = tuple(places)
        self._by_code = {p.code: p for p in self._places}
        self._by_name: dict[str, Place] = {}
        for place in self._places:
            for name in (place.name, *place.aliases):
                self._by_name.setdefault(name, place)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Place:
        return self._by_code[code]

    def find(self, name: str) -> Place | None:
        """Return the place with this name or alias, or ``None``."""
        return self._by_name.get(name)

    def names(self) -> dict[str, Place]:
        """Return every name and alias with its place."""
        return dict(self._by_name)

    def county_level(self, parent: str | None = None, on: date | None = None) -> tuple[Place, ...]:
        """Return the county-level units in official order, zones never among them."""
        return tuple(
            p
            for p in self._places
            if p.kind.is_county_level and (parent is None or p.parent == parent) and (on is None or p.is_valid_on(on))
        )
