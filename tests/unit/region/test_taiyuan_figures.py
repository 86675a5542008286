"""The built-in package against what its sources print: totals, bases, statuses, and what must not be in it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tongchou.kernel.places import PlaceKind
from tongchou.kernel.status import Status
from tongchou.kernel.units import is_unit
from tongchou.region import Region, builtin, check, load

TEN = ("小店区", "迎泽区", "杏花岭区", "尖草坪区", "万柏林区", "晋源区", "清徐县", "阳曲县", "娄烦县", "古交市")
ZONE = "Z140101"
CENSUS = "census-2020-county"


@pytest.fixture(scope="module")
def taiyuan() -> Region:
    return load("taiyuan")


def value(region: Region, place: str, indicator: str, period: str, base: str | None = None) -> float:
    figure = region.figure(place, indicator, period, base)
    assert figure is not None, (place, indicator, period, base)
    assert figure.value is not None
    return figure.value


def total(region: Region, indicator: str, period: str, base: str | None = None) -> float:
    return sum(value(region, unit, indicator, period, base) for unit in region.county_level())


def test_the_package_has_no_problem_at_all(taiyuan: Region) -> None:
    assert builtin() == ("taiyuan",)
    assert check(taiyuan.folder) == []


def test_the_ten_units_stand_in_the_official_order_under_their_codes(taiyuan: Region) -> None:
    assert tuple(taiyuan.places[code].name for code in taiyuan.county_level()) == TEN
    assert taiyuan.county_level() == (*(f"1401{n:02}" for n in range(5, 11)), "140121", "140122", "140123", "140181")
    assert [taiyuan.places[c].group for c in taiyuan.county_level()] == ["central"] * 6 + ["outer"] * 4
    assert set(taiyuan.groups) == {"central", "outer"}
    assert all(taiyuan.places[c].seat_lon and taiyuan.places[c].seat_lat for c in taiyuan.county_level())


def test_the_province_has_eleven_prefecture_level_cities(taiyuan: Region) -> None:
    cities = [p for p in taiyuan.places if p.kind is PlaceKind.PREFECTURE]
    assert len(cities) == 11
    assert all(taiyuan.figure(c.code, "population.resident", "2020-11-01", "zone_distributed") for c in cities)
    people = {c.code: value(taiyuan, c.code, "population.resident", "2020-11-01", "zone_distributed") for c in cities}
    assert max(people, key=people.__getitem__) == "140100"
    assert sum(people.values()) == value(taiyuan, "140000", "population.resident", "2020-11-01") == 34_915_616


def test_zones_are_places_of_their_own_never_county_level(taiyuan: Region) -> None:
    zones = [p for p in taiyuan.places if p.kind is PlaceKind.ZONE]
    assert [z.code for z in zones] == [f"Z14010{n}" for n in range(1, 6)]
    for name in ("综改示范区", "不锈钢园区", "不锈钢产业园区", "西山示范区", "清徐开发区", "阳曲产业园区"):
        found = taiyuan.places.find(name)
        assert found is not None
        assert found.kind is PlaceKind.ZONE


def test_the_population_has_two_bases_in_2020_and_one_before(taiyuan: Region) -> None:
    assert total(taiyuan, "population.resident", "2020-11-01", "ten_units") == 5_045_235
    assert value(taiyuan, "140100", "population.resident", "2020-11-01", "ten_units") == 5_045_235
    assert value(taiyuan, ZONE, "population.resident", "2020-11-01") == 258_826
    assert value(taiyuan, "140100", "population.resident", "2020-11-01", "zone_distributed") == 5_304_061
    assert total(taiyuan, "population.resident", "2010-11-01") == 4_201_592
    assert total(taiyuan, "population.resident", "2000-11-01") == 3_344_392
    assert value(taiyuan, "140100", "population.resident", "2000-11-01") == 3_344_392
    assert round(total(taiyuan, "population.resident", "2018-12-31") / 10_000, 2) == 442.15


def test_xiaodian_and_qingxu_have_both_bases_side_by_side(taiyuan: Region) -> None:
    for place, apart, whole in (("140105", 1_139_798, 1_357_200), ("140121", 325_509, 344_472)):
        assert value(taiyuan, place, "population.resident", "2020-11-01", "ten_units") == apart
        assert value(taiyuan, place, "population.resident", "2020-11-01", "zone_distributed") == whole
        with pytest.raises(ValueError, match="several bases"):
            taiyuan.figure(place, "population.resident", "2020-11-01")


@pytest.mark.parametrize("period", ["2010-11-01", "2020-11-01"])
def test_ages_and_industries_sum_to_their_totals_in_every_place(taiyuan: Region, period: str) -> None:
    places = (*taiyuan.county_level(), "140100", "140000", *([ZONE, "100000"] if period.startswith("2020") else []))
    groups = [i for i in taiyuan.indicators if i.startswith("age.") and i.removeprefix("age.")[0].isdigit()]
    five_year = [g for g in groups if g.endswith("85plus") or _span(g) == 4]
    sections = [f"employment.{letter}" for letter in "abcdefghijklmnopqrst"]
    assert (len(five_year), len(sections)) == (18, 20)
    for place in places:
        base = None if place != "140100" or period.startswith("2010") else "zone_distributed"
        whole = "ten_units" if place in taiyuan.county_level() and period.startswith("2020") else base
        people = value(taiyuan, place, "population.resident", period, whole)
        assert sum(value(taiyuan, place, group, period) for group in five_year) == people
        broad = ("age.0_14", "age.15_59", "age.60plus")
        assert sum(value(taiyuan, place, group, period) for group in broad) == people
        assert sum(value(taiyuan, place, group, period) for group in ("age.0_14", "age.15_64", "age.65plus")) == people
        working = value(taiyuan, place, "employment.total", period)
        assert sum(value(taiyuan, place, section, period) for section in sections) == working


def _span(indicator: str) -> int:
    low, _, high = indicator.removeprefix("age.").partition("_")
    return int(high) - int(low) if high else -1


def test_published_shares_follow_from_the_counts(taiyuan: Region) -> None:
    for place in taiyuan.county_level():
        people = value(taiyuan, place, "population.resident", "2020-11-01", "ten_units")
        for group in ("0_14", "15_64", "65plus"):
            printed = value(taiyuan, place, f"age.share_{group}", "2020-11-01")
            assert printed == pytest.approx(
                100 * value(taiyuan, place, f"age.{group}", "2020-11-01") / people, abs=0.006
            )
        urban = value(taiyuan, place, "population.urban", "2020-11-01")
        assert urban + value(taiyuan, place, "population.rural", "2020-11-01") == people
        assert value(taiyuan, place, "population.urban_share", "2020-11-01") == pytest.approx(
            100 * urban / people, abs=0.006
        )


def test_units_and_zone_make_the_city_for_every_indicator_that_sums(taiyuan: Region) -> None:
    compared = 0
    for indicator in taiyuan.indicators.values():
        if indicator.total != "sum" or indicator.base != "any":
            continue
        whole = taiyuan.figure("140100", indicator.id, "2020-11-01", "zone_distributed")
        if whole is None or whole.value is None:
            continue
        parts = total(taiyuan, indicator.id, "2020-11-01", "ten_units")
        assert parts + value(taiyuan, ZONE, indicator.id, "2020-11-01", "ten_units") == whole.value, indicator.id
        compared += 1
    assert compared > 60


def test_gdp_of_the_units_stays_below_the_citys_and_is_not_a_total(taiyuan: Region) -> None:
    assert total(taiyuan, "gdp.total", "2011") == pytest.approx(1950.59, abs=0.005)
    assert total(taiyuan, "gdp.total", "2021") == pytest.approx(5042.91, abs=0.005)
    assert value(taiyuan, "140100", "gdp.total", "2011") == pytest.approx(2080.12, abs=0.005)
    assert value(taiyuan, "140100", "gdp.total", "2021") == pytest.approx(5121.61, abs=0.005)
    assert taiyuan.indicators["gdp.total"].total == ""


def test_gdp_per_head_of_2021_is_on_the_base_with_the_zone(taiyuan: Region) -> None:
    figures = [f for f in taiyuan.figures if f.indicator == "gdp.per_head"]
    assert {f.base for f in figures if f.period.code == "2021"} == {"zone_distributed"}
    assert {f.base for f in figures if f.period.code == "2011"} == {"undivided"}
    implied = 1e8 * value(taiyuan, "140105", "gdp.total", "2021") / value(taiyuan, "140105", "gdp.per_head", "2021")
    apart = value(taiyuan, "140105", "population.resident", "2020-11-01", "ten_units")
    whole = value(taiyuan, "140105", "population.resident", "2020-11-01", "zone_distributed")
    assert abs(implied - whole) < abs(implied - apart)


def test_sectors_sum_to_the_product_where_all_three_are_held(taiyuan: Region) -> None:
    compared = 0
    for figure in [f for f in taiyuan.figures if f.indicator == "gdp.total" and f.value]:
        parts = [
            taiyuan.figure(figure.place, f"gdp.{s}", figure.period.code) for s in ("primary", "secondary", "tertiary")
        ]
        if all(parts):
            assert sum(p.value for p in parts if p and p.value) == pytest.approx(figure.value, abs=0.151)
            compared += 1
    assert compared >= 6


def test_the_area_of_2005_sums_and_the_measured_area_is_the_official_one(taiyuan: Region) -> None:
    assert total(taiyuan, "land.area", "2005") == value(taiyuan, "140100", "land.area", "2005") == 6959
    assert total(taiyuan, "land.polygon_area", "2020") == pytest.approx(6908.9, abs=0.05)
    assert value(taiyuan, "140100", "land.area", "2018") == 6909


def test_days_of_good_air_are_held_for_all_ten_units_in_two_years(taiyuan: Region) -> None:
    for unit in taiyuan.county_level():
        later = taiyuan.figure(unit, "air.good_days", "2020-01/2020-08")
        earlier = taiyuan.figure(unit, "air.good_days", "2019-01/2019-08")
        assert later is not None
        assert earlier is not None
        assert (later.status, earlier.status) == (Status.REPORTED, Status.DERIVED)


def test_thirty_seven_parties_can_owe_duties(taiyuan: Region) -> None:
    kinds = [p.kind.value for p in taiyuan.parties]
    assert kinds.count("department") == 24
    assert kinds.count("county_government") == 10
    assert kinds.count("zone_committee") == 4  # three with duties, and 西山示范区 which is addressed only
    counties = taiyuan.parties.find("各县（市、区）人民政府")
    assert counties is not None
    assert [p.name for p in taiyuan.parties.expand(counties)] == [f"{name}人民政府" for name in TEN]
    assert all(p.fields for p in taiyuan.parties if p.kind.value == "department")


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("市发展改革委", "development-reform"),
        ("市发改委", "development-reform"),
        ("市发展和改革委员会", "development-reform"),
        ("太原市发展和改革委员会", "development-reform"),
        ("市科学技术局", "science"),
        ("综改示范区管委会", "zone-zonggai"),
        ("不锈钢产业园区管委会", "zone-stainless"),
        ("古交市人民政府", "county-140181"),
        ("各县（市、区）", "counties"),
        ("各有关单位", "units-concerned"),
        ("市政府", "municipal-government"),
    ],
)
def test_parties_are_found_by_every_name_in_use(taiyuan: Region, name: str, id_: str) -> None:
    party = taiyuan.parties.find(name)
    assert party is not None
    assert party.id == id_


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("成本分担", {"finance", "development-reform"}),
        ("改厕", {"agriculture"}),
        ("生产用能", {"industry-it"}),
        ("城市管理", {"urban-management"}),
        ("转移支付", {"finance"}),
        ("义务教育", {"education"}),
        ("撤县设区", {"civil-affairs"}),
    ],
)
def test_fields_name_the_likely_owner(taiyuan: Region, word: str, ids: set[str]) -> None:
    owners = {p.id for p in taiyuan.parties if any(field in word for field in p.fields)}
    assert ids <= owners


def test_neighbours_are_eighteen_derived_pairs(taiyuan: Region) -> None:
    assert len(taiyuan.adjacency) == 18
    assert {a.status for a in taiyuan.adjacency} == {Status.DERIVED}
    assert {code for a in taiyuan.adjacency for code in (a.a, a.b)} == set(taiyuan.county_level())


def test_projects_keep_the_promise_apart_from_the_outcome(taiyuan: Region) -> None:
    projects = {p.id: p for p in taiyuan.projects}
    line2 = projects["metro-2"]
    assert (line2.clause, line2.promised, line2.strength, line2.outcome) == ("2.8", "2020年底", "力争", "opened")
    assert ("opened", "2020-12-26") in line2.stages
    assert ("length", 23.647, "km") in line2.quantities
    assert (projects["metro-1"].promised, projects["metro-1"].strength) == ("", "尽快")
    assert projects["yangqu-airport"].outcome == "not_found"
    assert all(is_unit(unit) for p in taiyuan.projects for _, _, unit in p.quantities)


def test_the_other_tables_are_there(taiyuan: Region) -> None:
    counts = {name: len(rows) for name, rows in taiyuan.extra.items()}
    assert counts["water_sections"] == 27
    assert counts["metro_stations"] == 47
    assert {"water_quality", "hubs", "road_distances", "designations"} <= set(counts)
    opened = [row["opened"] for row in taiyuan.extra["metro_stations"] if row["line"] == "2号线"]
    assert (len(opened), opened.count("2025-05-25")) == (23, 1)


def test_every_source_is_used_and_says_under_what_licence(taiyuan: Region) -> None:
    used: set[str] = set()
    for path in Path(taiyuan.folder).rglob("*.csv"):  # the networks are of the package too
        if path.name != "sources.csv":
            text = path.read_text(encoding="utf-8")
            used |= {source for source in taiyuan.sources if source in text}
    assert set(taiyuan.sources) == used
    assert all(s.licence and s.confidence for s in taiyuan.sources.values())


def test_nothing_is_shipped_that_may_not_be(taiyuan: Region) -> None:
    folder = Path(taiyuan.folder)
    assert not list(folder.glob("**/*.geojson"))
    with (folder / "metro_stations.csv").open(encoding="utf-8", newline="") as file:
        assert not {"lat", "lon"} & set(next(csv.reader(file)))
    hubs = {row["name"]: row for row in taiyuan.extra["hubs"]}
    assert hubs["阳曲西站"]["lon"] == hubs["清徐站"]["lon"] == ""
    commercial = [f for f in taiyuan.figures if f.source.startswith("csmar")]
    assert {f.indicator.split(".")[0] for f in commercial} == {"gdp"}
    assert Status.OFFICIAL not in {f.status for f in taiyuan.figures}
    assert Status.ILLUSTRATIVE not in {f.status for f in taiyuan.figures}
    assert sum(p.stat().st_size for p in folder.glob("*.csv")) < 1_500_000


def test_every_figure_is_already_in_its_indicators_unit(taiyuan: Region) -> None:
    with (Path(taiyuan.folder) / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(taiyuan.figures)
    assert all(row["unit"] == taiyuan.indicators[row["indicator"]].unit for row in rows)
    assert all(is_unit(indicator.unit) for indicator in taiyuan.indicators.values())
