"""A network of a package on a day: minutes to add up in the head, what projects change, what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.networks.package import Standing, names, read
from tongchou.networks.package.assuming import rests_on
from tongchou.networks.search import cost_table

Package = Callable[..., Path]


def minutes(standing: Standing, a: str, b: str) -> float:
    return float(cost_table(standing.graph, [standing.number(a)], [standing.number(b)])[0, 0])


def test_minutes_are_as_told_or_kilometres_at_the_speed_of_the_mode(package: Package) -> None:
    network = read(package(), "small")
    before = network.on(date(2020, 6, 30))
    assert minutes(before, "a", "b") == 30
    assert minutes(before, "b", "c") == 90
    assert minutes(before, "c", "a") == 120


def test_a_re_timed_link_holds_from_the_day_it_opens(package: Package) -> None:
    network = read(package(), "small")
    assert minutes(network.on(date(2020, 7, 1)), "b", "c") == 20
    assert [k.minutes for k in network.on(date(2020, 7, 1)).links if k.mode == "hill"] == [20]


def test_what_a_left_out_project_replaced_comes_back(package: Package) -> None:
    network = read(package(), "small")
    without = network.on(date(2020, 7, 1), without=["tunnel"])
    assert minutes(without, "b", "c") == 90
    assert minutes(network.on(date(2021, 7, 1), ["tunnel", "metro"]), "a", "c") == 120


def test_a_ride_is_walks_half_a_headway_and_the_kilometres_of_stops_passed(package: Package) -> None:
    network = read(package(), "small")
    then = network.on(date(2021, 1, 1))
    # 0.5 km at 6 km/h, platform 1 and half of 4 minutes, 5 km at 60, platform 1, 0.1 km at 6: 5 + 3 + 5 + 1 + 1
    assert minutes(then, "a", "b") == 15
    assert minutes(then, "s1", "s2") == float("inf")  # the stop opens a year later
    later = network.on(date(2022, 1, 1))
    assert minutes(later, "a", "b") == 15
    assert minutes(later, "s1", "s2") == 3 + 2 + 1


def test_numbers_of_nodes_never_change(package: Package) -> None:
    network = read(package(), "small")
    days = [network.on(d) for d in (date(2000, 1, 1), *network.days())]
    assert len({s.nodes for s in days}) == 1
    assert all(tuple(s.graph.nodes.tolist()) == s.nodes for s in days)
    assert days[0].nodes[:3] == ("a", "b", "c")


def test_days_projects_and_facilities(package: Package) -> None:
    network = read(package(), "small")
    assert names(package()) == ("small",)
    assert network.days() == tuple(date.fromisoformat(d) for d in (
        "2019-01-01", "2020-07-01", "2021-01-01", "2022-01-01", "2023-01-01",
    ))  # fmt: skip
    assert network.projects() == ("tunnel", "metro")
    assert network.opens("metro") == (date(2021, 1, 1),)
    assert [len(network.facilities_on(date(y, 1, 1))) for y in (2018, 2019, 2022, 2023)] == [0, 1, 1, 0]


def test_a_network_is_as_weak_as_what_has_an_effect(package: Package) -> None:
    network = read(package(links=("a,b,road,30,,", "a,b,road,30,30,")), "small")
    before = network.on(date(2020, 7, 1))
    assert before.status is Status.DERIVED  # walks at a speed from a source; no assumed speed is used
    assert {r.where for r in before.weakest()} == {"links.csv:2", "links.csv:5", "links.csv:6"}
    after = network.on(date(2021, 7, 1))  # the line's headway and platforms are assumed
    assert after.status is Status.ASSUMED
    assert {r.where for r in after.weakest()} == {"assumed.platform_walk", "lines.csv:2"}
    roads = read(package(), "small").on(date(2020, 7, 1))
    assert {r.where for r in roads.weakest()} == {"assumed.speed_road"}


def test_an_unknown_project_or_node_is_a_problem(package: Package) -> None:
    network = read(package(), "small")
    with pytest.raises(ProblemsError) as caught:
        network.on(date(2021, 1, 1), ["bridge", "dam"])
    assert [p.code for p in caught.value.problems] == ["N037", "N037"]
    with pytest.raises(ProblemsError) as caught:
        network.on(date(2021, 1, 1)).number("z")
    assert [p.code for p in caught.value.problems] == ["N003"]


def test_other_values_may_be_assumed(package: Package) -> None:
    network = read(package(), "small")
    assert rests_on(network) == ("speed_road", "speed_walk", "platform_walk", "headway")
    other = network.assuming({"speed_road": 30, "headway": 10, "speed_walk": 12})
    assert minutes(other.on(date(2020, 7, 1)), "a", "b") == 60
    # walks of 0.6 km at 12 km/h take 3, platforms 2, half of 10 minutes 5, the ride 5
    assert minutes(other.on(date(2021, 1, 1)), "a", "b") == 15
    assert other.assumed["speed_walk"].status is Status.ASSUMED  # it had a source before
    assert minutes(network.on(date(2020, 7, 1)), "a", "b") == 30


def test_what_nothing_rests_on_cannot_be_assumed(package: Package) -> None:
    network = read(package(), "small")
    with pytest.raises(ProblemsError) as caught:
        network.assuming({"speed_hill": 20, "speed_road": 0, "headway": -1})
    assert [p.code for p in caught.value.problems] == ["N040", "N015", "N005"]


def test_before_anything_opens_nothing_leads_anywhere(package: Package) -> None:
    folder = package(links=("a,b,road,30,,false,,", "a,b,road,30,,false,2001-01-01,"))
    path = folder / "networks" / "small" / "links.csv"
    path.write_text("\n".join(path.read_text("utf-8").splitlines()[:2]) + "\n", "utf-8")
    then = read(folder, "small").on(date(2000, 1, 1))
    assert cost_table(then.graph, then.numbers(["a"]), then.numbers(["b"])).tolist() == [[float("inf")]]


def test_a_street_one_way_that_a_project_opened_both_ways_comes_back(package: Package) -> None:
    folder = package(links=("b,c,hill,,90,false,", "c,b,hill,,90,true,"))
    without = read(folder, "small").on(date(2021, 1, 1), ["tunnel"])
    assert cost_table(without.graph, without.numbers(["c"]), without.numbers(["b"])).tolist() == [[90.0]]
