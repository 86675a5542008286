"""The inputs of the rule of connections are those of the package's network, and give the network's own times."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tongchou.networks.package import CityNetwork, read
from tongchou.networks.package.direct import direct
from tongchou.networks.search import cost_table
from tongchou.region import Region, load
from tongchou.surfaces.computing import Answer, Asked, compute
from tongchou.systems.council import neighbour_inputs
from tongchou.systems.goals import services_inputs
from tongchou.systems.infrastructure import build_order_inputs
from tongchou.systems.infrastructure.connection_inputs import KINDS, centre_of, text, years_of

RULE = "infrastructure.connection"


@pytest.fixture(scope="module")
def taiyuan() -> Region:
    return load("taiyuan")


@pytest.fixture(scope="module")
def network(taiyuan: Region) -> CityNetwork:
    return read(taiyuan.folder, "intercounty")


def test_the_committed_inputs_are_those_of_the_network(taiyuan: Region, network: CityNetwork) -> None:
    committed = Path(taiyuan.folder, "inputs", f"{RULE}.csv").read_text(encoding="utf-8")
    assert committed == text(taiyuan, network), "write it anew: tongchou networks inputs taiyuan intercounty"


def test_the_other_committed_inputs_are_those_of_the_network(taiyuan: Region, network: CityNetwork) -> None:
    made = {
        "infrastructure.build_order": build_order_inputs.text(taiyuan, network),
        "council.neighbour_links": neighbour_inputs.text(taiyuan, network, (2019, 2025)),
        "goals.distance_to_services": services_inputs.text(network, (2019, 2025)),
    }
    for rule, text_ in made.items():
        committed = Path(taiyuan.folder, "inputs", f"{rule}.csv").read_text(encoding="utf-8")
        assert committed == text_, (
            f"write it anew: tongchou networks inputs taiyuan intercounty --rule {rule} (--year …)"
        )


def test_neighbours_without_a_way_are_those_of_the_links(taiyuan: Region) -> None:
    result = compute(Asked("council.neighbour_links", taiyuan, ("2025",))).result
    lacking = {p for p, v in zip(result.table.places, result.values["no_link"].tolist(), strict=True) if v == 1}
    assert lacking == {"140109|140122", "140122|140109"}
    assert np.isnan(result.values["no_agreement"]).all()  # nobody looked for agreements: not none


def test_lines_one_and_two_share_what_they_save(taiyuan: Region) -> None:
    answer_ = compute(Asked("infrastructure.build_order", taiyuan, ("2025",)))
    result = answer_.result
    value = {name: dict(zip(result.table.places, result.values[name].tolist(), strict=True)) for name in result.values}
    both, every = "metro-1+metro-2", "east-second-ring+metro-1+metro-2"
    assert value["share"]["metro-1"] + value["share"]["metro-2"] == pytest.approx(value["share"][both])
    assert value["share"][every] == pytest.approx(value["saved"][every])
    assert value["step"]["east-second-ring"] == 1  # a sixth of a line's cost
    assert answer_.names[both].zh == "太原地铁1号线一期+太原地铁2号线一期"


def test_years_are_those_of_openings(network: CityNetwork) -> None:
    assert years_of(network) == (2012, 2020, 2021, 2024, 2025, 2028)


def test_the_centre_is_the_seat_nearest_the_city(taiyuan: Region, network: CityNetwork) -> None:
    assert centre_of(taiyuan, network) == "140106"


def answer(region: Region, year: int) -> Answer:
    return compute(Asked(RULE, region, (str(year),)))


@pytest.mark.parametrize("year", [2012, 2025])
def test_shortest_times_of_the_rule_are_those_of_the_whole_network(
    taiyuan: Region, network: CityNetwork, year: int
) -> None:
    result = answer(taiyuan, year).result
    ids = [n.id for n in network.of_kind(*KINDS)]
    for column, day in (("before", date(year, 1, 1)), ("after", date(year, 12, 31))):
        standing = network.on(day)
        table = cost_table(standing.graph, standing.numbers(ids), standing.numbers(ids))
        at = [(ids.index(t), ids.index(h)) for t, h in zip(result.keys["tail"], result.keys["head"], strict=True)]
        np.testing.assert_allclose(result.values[column], [table[i, j] for i, j in at], atol=1e-9)


def test_what_2012_brought_gujiao(taiyuan: Region) -> None:
    found = answer(taiyuan, 2012)
    row = found.result.table.places.index("140181|140109")
    assert [float(found.result.values[n][row]) for n in ("before", "after", "saved")] == [90, 20, 70]
    assert found.names["140181|taiyuan_south"].zh == "古交市 · 太原南站"
    gained = found.result.values["people_after"][0] - found.result.values["people_before"][0]
    assert gained == 210757  # Gujiao comes within the hour, nobody else


def test_a_direct_way_passes_no_other_place(network: CityNetwork) -> None:
    standing = network.on(date(2019, 12, 31))
    ids = [n.id for n in network.of_kind(*KINDS)]
    found = direct(standing, ids)
    told = {frozenset((k.tail, k.head)) for k in standing.links}
    for i, tail in enumerate(ids):
        for j, head in enumerate(ids):  # before the metro every direct way is one link
            assert i == j or np.isfinite(found.minutes[i, j]) == (frozenset((tail, head)) in told)
