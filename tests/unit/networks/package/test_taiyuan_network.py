"""Taiyuan's network of travel against what its sources print, and that nothing in it claims more than it knows."""

from __future__ import annotations

from datetime import date
from math import asin, cos, radians, sin, sqrt

import pytest

from tongchou.kernel.status import Status
from tongchou.networks.package import CityNetwork, check, names, read
from tongchou.networks.package.effects import trips_to_hubs, trips_to_places, worths
from tongchou.networks.search import cost_table
from tongchou.region import Region, load, package_folder


@pytest.fixture(scope="module")
def network() -> CityNetwork:
    return read(package_folder("taiyuan"), "intercounty")


@pytest.fixture(scope="module")
def taiyuan() -> Region:
    return load("taiyuan")


def great_circle(network: CityNetwork, a: str, b: str) -> float:
    one, other = network.node(a), network.node(b)
    assert one.lon is not None and one.lat is not None and other.lon is not None and other.lat is not None
    x, y, u, v = (radians(d) for d in (one.lon, one.lat, other.lon, other.lat))
    return 2 * 6371.0088 * asin(sqrt(sin((v - y) / 2) ** 2 + cos(y) * cos(v) * sin((u - x) / 2) ** 2))


def minutes(network: CityNetwork, day: str, a: str, b: str, *without: str) -> float:
    standing = network.on(date.fromisoformat(day), without)
    return float(cost_table(standing.graph, [standing.number(a)], [standing.number(b)])[0, 0])


def test_the_package_has_no_problem() -> None:
    assert "intercounty" in names(package_folder("taiyuan"))
    assert check(package_folder("taiyuan")) == []


def test_seats_are_the_ten_units_with_their_census(network: CityNetwork, taiyuan: Region) -> None:
    seats = network.of_kind("seat")
    assert tuple(n.id for n in seats) == taiyuan.county_level()
    for seat in seats:
        place = taiyuan.places[seat.id]
        assert (seat.lon, seat.lat) == (place.seat_lon, place.seat_lat)
        people = taiyuan.figure(seat.id, "population.resident", "2020-11-01", "ten_units")
        assert people is not None and people.value == seat.people


def test_the_taigu_expressway_makes_ninety_minutes_twenty(network: CityNetwork) -> None:
    assert minutes(network, "2012-07-11", "140181", "140109") == 90
    assert minutes(network, "2012-07-12", "140181", "140109") == 20
    assert minutes(network, "2012-07-12", "140181", "140109", "taigu-expressway") == 90


def test_projects_open_on_the_days_of_the_register(network: CityNetwork, taiyuan: Region) -> None:
    stages = {p.id: dict(p.stages) for p in taiyuan.projects}
    for project in network.projects():
        told = stages[project].get("opened")
        opens = [str(day) for day in network.opens(project)]
        if told is None:  # being built: a day that is assumed, and says so
            rows = [k for k in network.links if k.project == project]
            assert all(k.status is Status.ASSUMED and "假定" in k.note for k in rows)
        else:
            assert opens == [told], project


def test_lengths_that_are_great_circles_are_what_they_say(network: CityNetwork) -> None:
    detour = network.assumed["detour"].value
    computed = [k for k in network.links if k.note.startswith("里程＝两点大圆距离×1.3")]
    assert len(computed) > 15
    for link in computed:
        assert link.status is Status.ASSUMED
        assert link.km == pytest.approx(great_circle(network, link.tail, link.head) * detour, abs=0.05)
        if link.mode in ("street", "arterial"):
            assert (link.mode == "arterial") == (link.km is not None and link.km >= 10)


def test_lines_have_their_stations_and_published_lengths(network: CityNetwork, taiyuan: Region) -> None:
    names = {n.id: n.name.zh for n in network.nodes}
    lengths = {p.id: {q: v for q, v, _ in p.quantities} for p in taiyuan.projects}
    for line, count in (("metro1", 24), ("metro2", 23)):
        stops = network.stops_of(line)
        told = [r["station"] for r in taiyuan.extra["metro_stations"] if r["line"].startswith(line[-1])]
        assert [names[s.node] for s in stops] == told
        assert len(stops) == count
        length = lengths[f"metro-{line[-1]}"]["length"]
        assert sum(s.km_to_next for s in stops) == pytest.approx(length, abs=0.012)
    assert {s.node for s in network.stops_of("metro1")} & {s.node for s in network.stops_of("metro2")} == {"m1_09"}
    assert [str(s.opens) for s in network.stops if s.opens] == ["2025-05-25"]


def test_links_join_adjacent_units_only(network: CityNetwork, taiyuan: Region) -> None:
    seats = {n.id for n in network.of_kind("seat")}
    adjacent = {frozenset((x.a, x.b)) for x in taiyuan.adjacency}
    direct = {frozenset((k.tail, k.head)) for k in network.links if {k.tail, k.head} <= seats}
    # The road from Loufan to Taiyuan by Yangqu and Jingle is the one published way that passes others without a seat.
    assert direct - adjacent == {frozenset(("140106", "140123"))}
    assert adjacent - direct == {frozenset(("140109", "140122"))}  # 2.36 km of hills


def test_every_day_of_the_network_rests_on_assumptions_and_names_them(network: CityNetwork) -> None:
    for day in network.days():
        standing = network.on(day)
        assert standing.status is Status.ASSUMED
        assert "assumed.speed_road" in {r.where for r in standing.weakest()}
    assert all(n.lon is None or n.status is not Status.DERIVED for n in network.of_kind("station"))


# First trains of AnshiLaoWu/TaiyuanMetro, Media/timetable1.png and 11.png: minutes over intervals, one way and back.
@pytest.mark.parametrize(("line", "told"), [("metro1", ((46, 22), (49, 22))), ("metro2", ((42, 21), (43, 21)))])
def test_a_line_takes_as_long_as_its_first_trains(
    network: CityNetwork, line: str, told: tuple[tuple[int, int], ...]
) -> None:
    held = next(k for k in network.lines if k.id == line)
    a_stop = sum(minutes / stops for minutes, stops in told) / len(told)
    assert network.stops_of(line)[0].km_to_next / held.kmh * 60 == pytest.approx(a_stop, rel=2e-3)
    assert held.assumes == (("headway",) if line == "metro1" else ())
    assert "line_speed" not in network.assumed


def saved(network: CityNetwork, metro: str) -> float:
    trips = (trips_to_places(network), trips_to_hubs(network))
    return sum(t[frozenset([metro])] for t in worths(network, date(2025, 12, 31), [metro], trips))


def test_the_metro_saves_nothing_once_streets_are_a_little_quicker_as_the_note_says(network: CityNetwork) -> None:
    for metro, quicker in (("metro-1", 1.15), ("metro-2", 1.1)):
        assert saved(network, metro) > 1e6
        streets = {n: network.assumed[n].value * quicker for n in ("speed_street", "speed_arterial")}
        assert saved(network.assuming(streets), metro) == pytest.approx(0, abs=1e-3)
    slow = network.assuming({"speed_walk": network.assumed["speed_walk"].value * 0.8})
    assert saved(slow, "metro-2") / saved(network, "metro-2") == pytest.approx(0.27, abs=0.01)
    assert "一分钟也不省" in network.note.zh
