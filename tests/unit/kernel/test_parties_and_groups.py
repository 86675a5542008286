"""Parties: names in use, and groups that expand in official order."""

from __future__ import annotations

import pytest

from tongchou.kernel.parties import Parties, Party, PartyKind

FINANCE = Party("finance", "市财政局", "Finance", PartyKind.DEPARTMENT, "甲市财政局", ("市财政",), fields=("预算",))
WEST = Party("west", "西县人民政府", "West", PartyKind.COUNTY_GOVERNMENT, place="990102")
EAST = Party("east", "东县人民政府", "East", PartyKind.COUNTY_GOVERNMENT, place="990101")
ALL = Party("all", "各县人民政府", "All", PartyKind.GROUP, members=("west", "east", "gone"))
PARTIES = Parties([FINANCE, EAST, WEST, ALL])


@pytest.mark.parametrize("name", ["市财政局", "甲市财政局", "市财政"])
def test_a_party_is_found_by_name_full_name_and_alias(name: str) -> None:
    assert PARTIES.find(name) is FINANCE
    assert PARTIES.names()[name] is FINANCE


def test_an_empty_full_name_is_no_name() -> None:
    assert PARTIES.find("") is None
    assert "" not in PARTIES.names()


def test_a_group_expands_in_the_order_of_the_list_not_of_its_members() -> None:
    assert PARTIES.expand(ALL) == (EAST, WEST)
    assert PARTIES.expand(FINANCE) == (FINANCE,)


def test_parties_are_counted_iterated_and_reached_by_id() -> None:
    assert len(PARTIES) == 4
    assert [p.id for p in PARTIES] == ["finance", "east", "west", "all"]
    assert "east" in PARTIES
    assert PARTIES["east"] is EAST


@pytest.mark.parametrize("kind", list(PartyKind))
def test_every_kind_of_party_has_a_word(kind: PartyKind) -> None:
    assert kind.label.zh
    assert kind.label.en
