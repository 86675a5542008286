"""The inputs of the rules of reach are those of the package's networks, and their answers what they should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tongchou.catalogue import built_in
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.package import CityNetwork, check, node_names, read
from tongchou.networks.package.served import homes, to_facilities
from tongchou.networks.pairs import named, pair_table
from tongchou.region import Region, load
from tongchou.rules.noted import in_names, names_of_codes
from tongchou.surfaces.computing import Asked, compute
from tongchou.surfaces.row_names import row_names
from tongchou.systems.services import reach_inputs
from tongchou.systems.territory import green_inputs


@pytest.fixture(scope="module")
def taiyuan() -> Region:
    return load("taiyuan")


@pytest.fixture(scope="module")
def health(taiyuan: Region) -> CityNetwork:
    return read(taiyuan.folder, "loufan_health")


@pytest.fixture(scope="module")
def green(taiyuan: Region) -> CityNetwork:
    return read(taiyuan.folder, "green_space")


def test_the_committed_inputs_are_those_of_the_networks(
    taiyuan: Region, health: CityNetwork, green: CityNetwork
) -> None:
    made = {
        "services.health_network": reach_inputs.health_network(health),
        "services.access": reach_inputs.access(health, service="health_beds"),
        "services.next_site": reach_inputs.next_site(health),
        "territory.green_access": green_inputs.text(green),
    }
    for rule, text in made.items():
        committed = Path(taiyuan.folder, "inputs", f"{rule}.csv").read_text(encoding="utf-8")
        assert committed == text, f"write it anew: tongchou networks inputs taiyuan loufan_health --rule {rule}"


def test_the_example_networks_are_sound_and_say_that_they_are_examples(taiyuan: Region) -> None:
    assert check(taiyuan.folder) == []
    for name in ("loufan_health", "green_space"):
        network = read(taiyuan.folder, name)
        assert network.on(date(2023, 12, 31)).status is Status.ILLUSTRATIVE
        assert all(n.status is Status.ILLUSTRATIVE for n in network.nodes)
        assert all(f.status is Status.ILLUSTRATIVE for f in network.facilities)
        assert all("示例" in n.name.zh for n in network.nodes if n.id != "t1")


def test_what_is_known_of_the_whole_is_kept(taiyuan: Region, health: CityNetwork, green: CityNetwork) -> None:
    def census(place: str, indicator: str) -> float | None:
        held = [f for f in taiyuan.of(place, indicator) if f.period.code == "2020-11-01" and f.base == "ten_units"]
        return held[0].value

    lived = {n.id: n.people or 0.0 for n in health.nodes}
    assert sum(lived.values()) == census("140123", "population.resident")
    assert sum(v for id, v in lived.items() if "-v" in id) == census("140123", "population.rural")
    for place in ("140105", "140106", "140107", "140108", "140109", "140110"):
        there = sum(n.people or 0.0 for n in green.nodes if n.place == place)
        assert there == census(place, "population.resident")


def test_rows_are_called_by_the_names_of_the_networks(taiyuan: Region) -> None:
    names = node_names(taiyuan.folder)
    assert (names["t4-v05"].zh, names["h-t4"].en) == ("示例村30", "Example township health centre 04")
    rule = built_in().rules["territory.green_access"]
    keys = {"county": ["140105"], "demand": ["xd-b01"], "plot": ["g01"]}
    assert row_names(rule, keys, taiyuan)["140105|xd-b01|g01"].zh.startswith("小店区 · 小店区示例街区01 · 示例绿地01")


def test_steps_are_told_in_the_names_of_the_network(taiyuan: Region) -> None:
    result = compute(Asked("services.next_site", taiyuan, ("2023",))).result
    called = names_of_codes(result, row_names(result.rule, result.keys, taiyuan))
    words = {n.name: n.words for n in result.notes}["cover_value"]
    assert "t5-v06" in words.zh and "示例村" not in words.zh
    assert "示例村" in in_names(words, called).zh and "t5-v06" not in in_names(words, called).zh
    assert "Example village" in in_names(words, called).en
    found = in_names(Text("a、t5-v06x、t5-v06。", "t5-v06."), {"t5-v06": Text("甲", "A")})
    assert (found.zh, found.en) == ("a、t5-v06x、甲。", "A.")


def test_pairs_are_those_within_the_limit_and_open(health: CityNetwork) -> None:
    before, after = (health.on(day) for day in (date(2020, 12, 31), date(2023, 12, 31)))
    assert len(homes(before)) == 68
    old = {(p.home.id, p.to) for p in to_facilities(before, "health", 20)}
    new = {(p.home.id, p.to) for p in to_facilities(after, "health", 20)}
    assert old < new
    assert all(p.minutes <= 20 for p in to_facilities(after, "health", 20))
    assert list(to_facilities(before, "no such service", 20)) == []


def test_new_clinics_leave_fewer_people_uncovered(taiyuan: Region) -> None:
    left = []
    for year in ("2021", "2023"):
        result = compute(Asked("services.health_network", taiyuan, (year,))).result
        beyond = {n.name: n for n in result.notes}["beyond_basic"]
        uncovered = float(result.values["uncovered"][0])
        assert beyond.value == uncovered
        left.append(uncovered)
        bare = result.values["basic_covered"] == 0
        assert (result.values["to_basic"][bare] > 15).all()
        assert all(place.partition("|")[0] in beyond.words.zh for place in np.array(result.table.places)[bare])
    assert left[0] > left[1] > 0


def test_the_next_points_are_proved_and_cover_all(taiyuan: Region) -> None:
    result = compute(Asked("services.next_site", taiyuan, ("2023",))).result
    notes = {n.name: n for n in result.notes}
    for plan in ("cover", "most", "shortest", "fairest", "roomy"):
        assert "已证明最优" in notes[f"{plan}_value"].words.zh
        assert notes[f"{plan}_value"].value == pytest.approx(notes[f"{plan}_bound"].value)
    assert result.values["coverage_most"][0] == 100
    assert result.values["longest_then"][0] < result.values["longest_now"][0]


def test_what_a_network_lacks_is_told(green: CityNetwork, health: CityNetwork) -> None:
    with pytest.raises(ProblemsError) as caught:
        reach_inputs.next_site(green, service="green")
    assert [p.code for p in caught.value.problems] == ["V002"] * 3
    with pytest.raises(ProblemsError) as caught:
        reach_inputs.health_network(green, service="green")
    assert {p.code for p in caught.value.problems} == {"V001"}
    with pytest.raises(ProblemsError) as caught:
        reach_inputs.health_network(replace(health, links=(), facilities=()))
    assert [p.code for p in caught.value.problems] == ["V003"]


def test_a_long_table_becomes_a_table_and_back() -> None:
    pairs = pair_table([7, 3, 5], ["b", "a", "b"], ["x", "x", "y"])
    assert pairs.places == ("a", "b") and pairs.facilities == ("x", "y")
    assert pairs.cost.tolist() == [[3, np.inf], [7, 5]]
    assert pairs.cost[pairs.at_place, pairs.at_facility].tolist() == [7, 3, 5]
    assert pair_table([7, 3], ["a", "a"], ["x", "x"]).cost.tolist() == [[3]]
    assert named(("a", "b", "c"), [True, False, True], [1, 9, 5]).en == "c, a"
    assert named(("a", "b"), [True, True], [1, 2], most=1).zh == "b 等，另有1处"
    assert named(("a",), [False], [1]).en == "none"
