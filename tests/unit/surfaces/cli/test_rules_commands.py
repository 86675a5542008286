"""``tongchou rules``: list, show, check, new, schema."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from tongchou.catalogue import built_in
from tongchou.surfaces.cli import app

run = CliRunner(env={"COLUMNS": "200"}).invoke


def a_package(folder: Path) -> Path:
    made = run(app, ["region", "new", str(folder), "--code", "140200", "--name", "大同市", "--name-en", "Datong City"])
    assert made.exit_code == 0, made.output
    return folder


def test_the_list_names_every_rule_with_what_it_needs() -> None:
    found = json.loads(run(app, ["rules", "list", "--json"]).output)
    assert [rule["id"] for rule in found] == list(built_in().rules)
    one = next(rule for rule in found if rule["id"] == "fiscal.equalisation")
    assert (one["system"], one["kind"], one["per"]) == ("S20", "formulas", ["county", "year"])
    assert {"name": "pool", "unit": "万元", "zh": "转移支付总额", "en": "Pool"} in one["parameters"]
    table = run(app, ["rules", "list", "--language", "en"])
    assert table.exit_code == 0
    assert "Equalisation transfer" in table.output


def test_a_rule_is_shown_with_its_formulas_and_an_unknown_one_names_near_ones() -> None:
    shown = run(app, ["rules", "show", "fiscal.equalisation"])
    assert shown.exit_code == 0
    assert "greatest(standard_need - standard_capacity, 0)" in " ".join(shown.output.split())
    wrong = run(app, ["rules", "show", "fiscal.equalization"])
    assert wrong.exit_code == 2
    assert "U055" in wrong.output and "fiscal.equalisation" in wrong.output


def test_a_new_rule_computes_at_once_and_is_listed_beside_the_built_in_ones(tmp_path: Path) -> None:
    folder = a_package(tmp_path / "datong")
    made = run(app, ["rules", "new", "local.school_grant", str(folder)])
    assert made.exit_code == 0, made.output
    assert sorted(p.relative_to(folder).as_posix() for p in map(Path, made.output.split())) == [
        "cases/school_grant.yaml",
        "inputs/local.school_grant.csv",
        "parameters/local.school_grant.yaml",
        "rules/school_grant.yaml",
    ]
    again = run(app, ["rules", "new", "local.school_grant", str(folder)])
    assert again.exit_code == 2 and again.output.count("O007") == 4
    assert "local.school_grant" in run(app, ["rules", "list", "--json", "--region", str(folder)]).output
    done = run(app, ["compute", "local.school_grant", "--region", str(folder)])
    assert done.exit_code == 0, done.output
    assert "100,000" in done.output
    checked = run(app, ["rules", "check", str(folder)])
    assert checked.exit_code == 0, checked.output
    assert "1 rules, 1 parameter files, 1 cases" in checked.output


def test_a_worked_case_that_does_not_come_out_is_told(tmp_path: Path) -> None:
    folder = a_package(tmp_path / "datong")
    run(app, ["rules", "new", "local.school_grant", str(folder)])
    case = folder / "cases" / "school_grant.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("B: 200000", "B: 250000"), encoding="utf-8")
    told = run(app, ["rules", "check", str(folder)])
    assert told.exit_code == 2
    assert "U057" in told.output and "250000" in told.output


def test_every_fault_of_a_rule_file_is_told_with_its_line(tmp_path: Path) -> None:
    folder = a_package(tmp_path / "datong")
    run(app, ["rules", "new", "local.school_grant", str(folder)])
    path = folder / "rules" / "school_grant.yaml"
    path.write_text(path.read_text().replace("people * $rate", "people * $rote + 1").replace("unit: 元/人", "unit: 圆"))
    told = run(app, ["rules", "check", str(path)])
    assert told.exit_code == 2
    assert "U010" in told.output and "U007" in told.output
    nowhere = run(app, ["rules", "check", str(tmp_path / "none.yaml")])
    assert nowhere.exit_code == 2 and "O001" in nowhere.output


def test_a_package_cannot_replace_a_built_in_rule(tmp_path: Path) -> None:
    folder = a_package(tmp_path / "datong")
    run(app, ["rules", "new", "fiscal.equalisation", str(folder)])
    told = run(app, ["rules", "list", "--region", str(folder)])
    assert told.exit_code == 2 and "U008" in told.output


def test_a_package_sets_parameters_visibly(tmp_path: Path) -> None:
    folder = a_package(tmp_path / "datong")
    (folder / "parameters").mkdir()
    (folder / "parameters" / "fiscal.equalisation.yaml").write_text(
        "rule: fiscal.equalisation\nvalues:\n"
        "  coverage: [{start: 2020-01-01, value: 0.55, source: {zh: 本市办法, en: Own rule}, paper: 〔2020〕7号}]\n",
        encoding="utf-8",
    )
    shown = run(app, ["rules", "show", "fiscal.equalisation", "--region", str(folder)])
    assert "〔2020〕7号" in shown.output and "0.55" in shown.output


def test_schemas_for_editors_and_programs() -> None:
    file = json.loads(run(app, ["rules", "schema"]).output)
    assert "columns" in file["properties"]
    inputs = json.loads(run(app, ["rules", "schema", "fiscal.equalisation"]).output)
    assert set(inputs["properties"]["parameters"]["properties"]) == {"coverage", "pool"}
    fragment = json.loads(run(app, ["rules", "schema", "--openapi"]).output)
    assert "/rules/fiscal.equalisation/runs" in fragment["paths"]
