"""Places: official order, names, validity, and zones kept out of the county level."""

from __future__ import annotations

from datetime import date

import pytest

from tongchou.kernel.places import Place, PlaceKind, Places

CITY = Place("990100", "甲市", "Jia", PlaceKind.PREFECTURE, aliases=("甲",))
EAST = Place("990101", "东区", "East", PlaceKind.DISTRICT, "990100", aliases=("东",), valid_from=date(2000, 1, 1))
OLD = Place("990109", "旧县", "Old", PlaceKind.COUNTY, "990100", valid_to=date(2000, 1, 1))
ZONE = Place("Z990101", "新区", "Zone", PlaceKind.ZONE, "990100")
OTHER = Place("990201", "外县", "Other", PlaceKind.COUNTY, "990200")
PLACES = Places([CITY, EAST, OLD, ZONE, OTHER])


def test_places_keep_their_order_and_are_found_by_code_and_name() -> None:
    assert [p.code for p in PLACES] == ["990100", "990101", "990109", "Z990101", "990201"]
    assert len(PLACES) == 5
    assert "990101" in PLACES
    assert "东区" not in PLACES
    assert PLACES["990101"] is EAST
    assert PLACES.find("东") is EAST
    assert PLACES.find("西") is None
    assert PLACES.names()["甲"] is CITY
    with pytest.raises(KeyError):
        PLACES["110000"]


def test_the_first_place_keeps_a_name_two_places_claim() -> None:
    twin = Place("990301", "别处", "Elsewhere", PlaceKind.COUNTY, aliases=("东",))
    assert Places([EAST, twin]).find("东") is EAST


@pytest.mark.parametrize(
    ("day", "expected"), [(date(1999, 12, 31), ["990109"]), (date(2000, 1, 1), ["990101"])], ids=["before", "after"]
)
def test_the_last_day_of_validity_is_the_day_before_valid_to(day: date, expected: list[str]) -> None:
    assert [p.code for p in PLACES.county_level("990100", on=day)] == expected


def test_the_county_level_never_holds_a_zone_or_another_citys_unit() -> None:
    assert PLACES.county_level("990100") == (EAST, OLD)
    assert PLACES.county_level() == (EAST, OLD, OTHER)


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_every_kind_has_a_word_and_only_three_are_county_level(kind: PlaceKind) -> None:
    assert kind.label.zh
    assert kind.label.en
    assert kind.is_county_level == (kind.value in ("district", "county", "county_city"))
