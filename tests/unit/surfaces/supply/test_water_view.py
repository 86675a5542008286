"""An allocation of water read as shortages: whose they are, what lies upstream of them, in which months."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tongchou.networks.package import read
from tongchou.region import load
from tongchou.surfaces.computing import catalogue_of
from tongchou.surfaces.supply.answering import supplied
from tongchou.surfaces.supply.things import Change, changed, supposing, things
from tongchou.surfaces.supply.told import months
from tongchou.surfaces.supply.view import View

REGION = load("taiyuan")
WATER = read(REGION.folder, "water")


@pytest.fixture(scope="module")
def found():
    return supplied(REGION, WATER, 2021, catalogue_of(REGION))


def test_uses_of_the_months_add_up_to_those_of_the_year(found):
    whole = View(REGION, found).water
    by_month = [u for m in range(1, 13) for u in View(REGION, found, f"{m:02d}").water.uses()]
    for name in ("need", "served"):
        year = sum(getattr(u, name) for u in whole.uses())
        assert sum(getattr(u, name) for u in by_month) == pytest.approx(year)
    assert [u.county for u in whole.uses()][-1] == REGION.centre  # the river in the city comes after its counties


def test_only_what_lies_upstream_holds_a_county_back(found):
    water = View(REGION, found).water
    of = {c: [u for u in water.uses() if u.county == c] for c in ("140181", "140122", "140105")}
    names = {c: {b.thing[:2] for b in water.bindings(uses)} for c, uses in of.items()}
    assert names["140181"] == {("fenhe1", "net_140181"), ("gw_140181", "net_140181")}
    assert names["140122"] == {("city", "net_140122"), ("gw_140122", "net_140122")}
    assert names["140105"] == set()  # it is short of nothing


def test_a_class_that_comes_later_in_order_is_not_what_holds_back_an_earlier_one(found):
    """Farms of Qingxu are short in spring: links that hold back industry only must not be named for them."""
    april = View(REGION, found, "04").water
    farm = [u for u in april.uses() if u.county == "140121" and u.kind == 13]
    holds = april.column("holds_back")
    rank = {13: 4, 14: 5}
    for binding in april.bindings(farm):
        rows = april.shown(april.things()[binding.thing])
        assert all(rank.get(int(holds[r]), 0) <= 4 for r in rows)


def test_a_changed_capacity_is_that_of_one_thing_and_assumed():
    there = things(WATER)
    reservoir = next(t for t in there.values() if t.tail == t.head)
    other = changed(WATER, Change(reservoir.id, 1.5))
    assert things(other)[reservoir.id].amount == 1.5
    same = {id_: t.amount for id_, t in things(other).items() if id_ != reservoir.id}
    assert same == {id_: t.amount for id_, t in there.items() if id_ != reservoir.id}
    row = next(r for r in other.extra["reservoirs"] if r["node"] == reservoir.tail)
    assert (row["status"], row["source"]) == ("assumed", "")
    assert "1,234,567" in supposing(replace(reservoir, amount=1234567), 1).zh
    with pytest.raises(KeyError):
        changed(WATER, Change("nobody", 1))


def test_months_are_told_in_runs():
    assert months([3, 4, 5, 11]) == "3–5, 11"
    assert months([12, 1]) == "1, 12"
    assert months([]) == ""
