"""What other programs are given: each form read back by a reader of its own specification."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree
from typer.testing import CliRunner

from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region import load
from tongchou.region.layout import schematic_layout
from tongchou.region.layout.newest import newest_shapes
from tongchou.surfaces.cli import app
from tongchou.surfaces.open_data.catalogue import Dataset, Distribution, Sharing, catalogue
from tongchou.surfaces.open_data.data_package import data_package
from tongchou.surfaces.open_data.forms import FORMS, Given
from tongchou.surfaces.open_data.geopackage import SCHEMATIC, fit, geopackage
from tongchou.surfaces.open_data.sdmx import code, sdmx_csv, sdmx_structure, time_period

from .package_reader import read_package

_S = "{http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure}"


@pytest.fixture(scope="module")
def region():
    return load("taiyuan")


@pytest.fixture(scope="module")
def layout(region):
    return schematic_layout(newest_shapes(region), [(a.a, a.b) for a in region.adjacency])


def test_the_package_is_as_the_specification_says(region):
    descriptor, rows, faults = read_package(data_package(region, region.figures, "2026.11"))
    assert faults == []
    assert descriptor["profile"] == "tabular-data-package"
    assert len(rows["figures"]) == len(region.figures)
    first, given = rows["figures"][0], next(iter(region.figures))
    assert (first["place"], first["value"], first["status"]) == (given.place, given.value, given.status.word)
    assert {r["code"] for r in rows["places"]} == {p.code for p in region.places}


def test_the_same_figures_give_the_same_bytes(region):
    assert data_package(region, region.figures, "1") == data_package(region, list(region.figures), "1")


def test_what_does_not_apply_is_told_from_what_is_not_held(region):
    figure = replace(next(iter(region.figures)), value=None)
    _, rows, faults = read_package(data_package(region, [figure], "1"))
    assert faults == []
    assert rows["figures"][0]["value"] is None
    assert b",NA," in data_package_csv(region, [figure])
    assert sdmx_rows(region, [figure])[0]["OBS_STATUS"] == "M"


def data_package_csv(region, figures) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data_package(region, figures, "1"))) as archive:
        return archive.read("data/figures.csv")


def test_a_source_the_region_does_not_list_and_a_formula_in_a_note(region):
    figure = replace(next(iter(region.figures)), source="某局来函", note="=1+1")
    _, rows, faults = read_package(data_package(region, [figure], "1"))
    assert faults == []
    assert "某局来函" in {r["id"] for r in rows["sources"]}
    assert not rows["figures"][0]["note"].startswith("=")


def sdmx_rows(region, figures) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sdmx_csv(region, figures).decode())))


def test_sdmx_csv_has_one_observation_a_key_and_codes_of_the_structure(region):
    rows = sdmx_rows(region, region.figures)
    keys = [(r["REF_AREA"], r["INDICATOR"], r["BASE"], r["TIME_PERIOD"]) for r in rows]
    assert len(set(keys)) == len(keys)
    assert {r["STRUCTURE"] for r in rows} == {"dataflow"}
    assert {r["STRUCTURE_ID"] for r in rows} == {"TONGCHOU:DF_TAIYUAN(1.0.0)"}
    assert {r["ACTION"] for r in rows} == {"I"}
    structure = etree.fromstring(sdmx_structure(region, "2026-11-27T00:00:00Z"))
    lists = {held.get("id"): {c.get("id") for c in held.iter(f"{_S}Code")} for held in structure.iter(f"{_S}Codelist")}
    for column, name in (("REF_AREA", "CL_AREA"), ("INDICATOR", "CL_INDICATOR"), ("BASE", "CL_BASE")):
        assert {r[column] for r in rows} <= lists[name], column
    assert {r["OBS_STATUS"] for r in rows} <= lists["CL_OBS_STATUS"]
    assert {r["TC_STATUS"] for r in rows} <= lists["CL_TC_STATUS"]
    assert {r["SOURCE"] for r in rows} <= lists["CL_SOURCE"]
    dimensions = [d.get("id") for d in structure.iter(f"{_S}Dimension", f"{_S}TimeDimension")]
    attributes = [d.get("id") for d in structure.iter(f"{_S}Attribute")]
    assert list(rows[0]) == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *dimensions, "OBS_VALUE", *attributes]


def test_codes_of_the_structure_are_distinct_and_every_reference_is_there(region):
    structure = etree.fromstring(sdmx_structure(region, "2026-11-27T00:00:00Z"))
    for held in structure.iter(f"{_S}Codelist"):
        ids = [c.get("id") for c in held.iter(f"{_S}Code")]
        assert len(set(ids)) == len(ids), held.get("id")
    known = {e.get("id") for e in structure.iter(f"{_S}Codelist", f"{_S}Concept", f"{_S}DataStructure")}
    for reference in structure.iter(f"{_S}Enumeration", f"{_S}ConceptIdentity", f"{_S}Structure"):
        name = reference.text.rsplit("=", 1)[1]
        tail = name.rpartition(").")[2] if ")." in name else name.split(":")[1].split("(")[0]
        assert tail in known, reference.text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2021", "2021"),
        ("2021-Q3", "2021-Q3"),
        ("2021-03", "2021-03"),
        ("2021-01/2021-02", "2021-01-01/P59D"),
        ("2020-11-01", "2020-11-01"),
    ],
)
def test_periods_as_sdmx_writes_them(written, said):
    assert time_period(Period.parse(written)) == said


def test_of_one_cell_held_twice_the_stronger_status_is_written(region):
    figure = next(iter(region.figures))
    weak = replace(figure, value=1.0, status=Status.ILLUSTRATIVE)
    strong = replace(figure, value=2.0, status=Status.OFFICIAL)
    for order in ([weak, strong], [strong, weak]):
        (row,) = sdmx_rows(region, order)
        assert (row["OBS_VALUE"], row["OBS_STATUS"]) == ("2.0", "A")
    assert code("a.b c") == "a@b_c"


def test_the_geopackage_is_one_and_says_its_outlines_are_no_boundaries(region, layout, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(geopackage(region, region.figures, layout))
    base = sqlite3.connect(path)
    try:
        assert base.execute("pragma application_id").fetchone()[0] == 0x47504B47  # "GPKG"
        layers = dict(base.execute("select table_name, data_type from gpkg_contents"))
        assert layers == {
            "places": "features",
            "units": "features",
            "figures": "attributes",
            "indicators": "attributes",
        }
        crs = dict(base.execute("select table_name, srs_id from gpkg_geometry_columns"))
        (found,) = set(crs.values())
        assert base.execute(
            "select organization_coordsys_id from gpkg_spatial_ref_sys where srs_id=?", (found,)
        ).fetchone() == (4490,)
        assert base.execute("select count(*) from units").fetchone()[0] == 10
        assert {n for (n,) in base.execute("select note from units")} == {SCHEMATIC}
        held = base.execute("select count(*), sum(value is null) from figures").fetchone()
        assert held == (len(region.figures), sum(f.value is None for f in region.figures))
    finally:
        base.close()


def test_the_layout_lies_where_the_region_is(region, layout):
    units = {c: region.places[c] for c in region.county_level()}
    for ring in fit(layout, units).values():
        for lon, lat in ring:
            assert 111 < lon < 114
            assert 37 < lat < 39
    assert fit(layout, {}) == {}


def test_the_catalogue_says_how_each_dataset_is_shared():
    form = Distribution(Text("表", "table"), "/x.csv", "text/csv", "https://example.org/spec")
    held = [
        Dataset("a", Text("甲", "A"), Text("甲说明", "about A"), Sharing.UNCONDITIONAL, distributions=(form,)),
        Dataset(
            "b",
            Text("乙", "B"),
            Text("", ""),
            Sharing.NOT_SHARED,
            Text("含个人信息", "personal"),
            modified=date(2026, 1, 2),
        ),
    ]
    graph = json.loads(catalogue("https://x.cn", Text("目录", "catalogue"), Text("市", "city"), held))
    assert graph["@type"] == "dcat:Catalog"
    first, second = graph["dcat:dataset"]
    assert first["dct:accessRights"]["@id"].endswith("/PUBLIC")
    assert first["dcat:distribution"][0]["dcat:downloadURL"]["@id"] == "https://x.cn/x.csv"
    assert second["dct:accessRights"]["@id"].endswith("/NON_PUBLIC")
    assert second["dct:rights"][0]["@value"] == "含个人信息"
    assert second["dct:modified"]["@value"] == "2026-01-02"
    prefixes = set(graph["@context"])
    names = [k for d in graph["dcat:dataset"] for k in d if not k.startswith("@")]
    assert {n.partition(":")[0] for n in names} <= prefixes


@pytest.mark.parametrize("suffix", list(FORMS))
def test_the_command_writes_every_form(suffix, tmp_path):
    out = tmp_path / f"x.{suffix}"
    done = CliRunner().invoke(app, ["export", "taiyuan", "-o", str(out), "--indicator", "gdp.per_head"])
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 500


def test_the_command_says_what_it_cannot_write(tmp_path):
    for arguments in (["-o", str(tmp_path / "x.doc")], ["-o", str(tmp_path / "x.zip"), "--indicator", "no"]):
        assert CliRunner().invoke(app, ["export", "taiyuan", *arguments]).exit_code == 2
    assert CliRunner().invoke(app, ["export", str(tmp_path / "no"), "-o", str(tmp_path / "x.zip")]).exit_code == 2


def test_a_form_says_what_it_conforms_to(region):
    now = datetime(2026, 11, 27, tzinfo=UTC)
    for form in FORMS.values():
        assert form.conforms_to.startswith("http")
        assert form.media_type
        assert form.write(Given(region, [], None, now))
