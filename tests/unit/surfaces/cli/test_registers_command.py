"""``tongchou registers``: list, show, check, schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from tongchou.catalogue import registers
from tongchou.region import load
from tongchou.registers.references import of_region
from tongchou.registers.seeds import seeds
from tongchou.surfaces import register_schema
from tongchou.surfaces.cli import app

ROOT = Path(__file__).parents[4]


def run(*arguments: str):
    return CliRunner().invoke(app, ["registers", *arguments])


def test_list_and_show_in_both_languages():
    assert "重大项目进度表" in run("list").output
    assert "Schedule" in run("list", "--language", "en").output
    listed = json.loads(run("list", "--json").output)
    assert [r["id"] for r in listed] == list(registers())
    assert "采煤沉陷区" in run("show", "territory.subsidence").output
    assert run("show", "territory.nothing").exit_code == 2


def test_check_reports_every_problem_and_computes_cases(tmp_path):
    done = run("check", str(ROOT / "src/tongchou/systems/territory/registers"), str(ROOT / "tests/worked/registers"))
    assert done.exit_code == 0, done.output
    case = (ROOT / "tests/worked/registers/industry.clusters.yaml").read_text("utf-8")
    (tmp_path / "case.yaml").write_text(case.replace("all: 280", "all: 281"), "utf-8")
    (tmp_path / "register.yaml").write_text("id: x", "utf-8")
    (tmp_path / "lost.yaml").write_text(case.replace("industry.clusters", "industry.nothing"), "utf-8")
    failed = run("check", str(tmp_path), str(tmp_path / "none.yaml"))
    assert failed.exit_code == 2
    assert all(code in failed.output for code in ("D050", "D006", "U006", "O001"))


@pytest.mark.parametrize("id_", list(registers()))
def test_the_schema_of_a_row_takes_the_rows_of_the_region(id_):
    schema = json.loads(run("schema", id_).output)
    Draft202012Validator.check_schema(schema)
    region = load("taiyuan")
    found, problems = seeds(registers()[id_], region, of_region(region))
    assert problems == []
    for seeded in found:
        row = {"state": seeded.row.state, "values": dict(seeded.row.values)}
        if seeded.row.place:
            row["place"] = seeded.row.place
        assert list(Draft202012Validator(schema).iter_errors(row)) == []
    wrong = {"state": "nowhere", "values": {"surprise": 1}}
    assert len(list(Draft202012Validator(schema).iter_errors(wrong))) >= 2


def test_the_template_is_written_and_reads_back(tmp_path):
    from tongchou.surfaces.workbook.register_sheet import read_register

    out = tmp_path / "projects.xlsx"
    assert run("template", "infrastructure.projects", str(out)).exit_code == 0
    register = registers()["infrastructure.projects"]
    read = read_register(register, out.name, out.read_bytes(), of_region(load("taiyuan")))
    assert (len(read.rows), read.problems) == (18, [])
    assert run("template", "infrastructure.projects", str(tmp_path / "x.doc")).exit_code == 2
    assert run("template", "infrastructure.projects", str(tmp_path / "no" / "x.xlsx")).exit_code == 2


def test_the_schema_of_a_file():
    schema = json.loads(run("schema").output)
    assert schema == json.loads(json.dumps(register_schema.register_file()))
    assert "from" in json.dumps(schema)
