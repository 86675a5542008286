"""``tongchou compare``: sentences first, a table, files that add up, and bad input as problems with exit code 2."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result as Outcome
from typer.testing import CliRunner

from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.rule import loads
from tongchou.rules.run import content_hash, record
from tongchou.rules.table import table
from tongchou.surfaces.cli import app

RULE = """\
id: demo.share
title: {zh: 分配, en: Sharing}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, year]
says: {zh: "{place}", en: "{place}"}
result: share
inputs:
  people: {unit: 人, label: {zh: =人口, en: "=population"}}
parameters:
  pool: {unit: 元, label: {zh: 总额, en: pool}}
columns:
  share:
    formula: people * $pool / sum(people) over ()
    unit: 元
    label: {zh: 补助, en: share}
    closes: {to: $pool, exactly: true, unit: 分}
"""
QINGXU, LOUFAN = "140121", "140123"


def run(periods: dict[str, list[float]], pool: float) -> dict[str, object]:
    rule = loads(RULE)
    rows = [(place, period, n) for period, each in periods.items() for place, n in zip((QINGXU, LOUFAN), each)]  # noqa: B905
    figures = table([r[0] for r in rows], [r[1] for r in rows], {"people": [r[2] for r in rows]})
    return record(evaluate(rule, figures, parameters.none(rule).given("me", pool=pool)))


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    # By hand: Qingxu 50 → 150 of 200, of which people ½(25 + 50), pool ½(50 + 75); Loufan stays at 50.
    paths = tmp_path / "a.json", tmp_path / "b.json"
    for path, (periods, pool) in zip(paths, (({"2020": [1, 1]}, 100.0), ({"2021": [3, 1]}, 200.0)), strict=True):
        path.write_text(json.dumps(run(periods, pool), ensure_ascii=False), encoding="utf-8")
    return paths


def call(*words: object) -> Outcome:
    return CliRunner(env={"COLUMNS": "220"}).invoke(app, ["compare", *(str(w) for w in words)])


def test_the_sentence_comes_first_in_both_languages(runs: tuple[Path, Path]) -> None:
    result = call(*runs)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "清徐县比上年多 100 元，其中总额 +63，=人口 +37"
    assert result.stdout.index("娄烦县与上年持平") < result.stdout.index("变动归因")
    assert "+62.50" in result.stdout
    assert "【假定】" in result.stdout
    english = call(*runs, "--lang", "en").stdout
    assert english.splitlines()[0] == "Qingxu County: 100 CNY more than last year, of which pool +63, =population +37"
    assert "140121比上年多" in call(*runs, "--region", "none").stdout


def test_files_add_up_and_hold_no_formula_of_others(runs: tuple[Path, Path], tmp_path: Path) -> None:
    outputs = [tmp_path / f"out{suffix}" for suffix in (".json", ".csv", ".xlsx")]
    result = call(*runs, *(w for o in outputs for w in ("-o", o)))
    assert result.exit_code == 0, result.output
    data = json.loads(outputs[0].read_text("utf-8"))
    assert data["schema"] == "tongchou.change/1"
    assert data["runs"] == [json.loads(path.read_text("utf-8"))["hash"] for path in runs]
    assert data["places"][0]["parts"] == {"people": 37.5, "$pool": 62.5, "#others": 0}
    rows = list(csv.reader(io.StringIO(outputs[1].read_text("utf-8-sig"))))
    assert rows[0][:6] == ["代码", "单位", "2020年", "2021年", "变动", "'=人口"]
    assert [float(v) for v in rows[1][2:8]] == [50, 150, 100, 37.5, 62.5, 0]
    formulas = openpyxl.load_workbook(outputs[2])["变动"]
    cached = openpyxl.load_workbook(outputs[2], data_only=True)["变动"]
    assert formulas["A2"].value.startswith("【假定】")
    assert formulas["F3"].value == "'=人口"
    assert [formulas.cell(4, c).value for c in (5, 9, 10)] == [
        "=ROUND(D4-C4,9)",
        "=ROUND(SUM(F4:H4),9)",
        "=ROUND(E4-I4,6)",
    ]
    assert [cached.cell(4, c).value for c in range(3, 11)] == [50, 150, 100, 37.5, 62.5, 0, 100, 0]
    assert formulas["E6"].value == "=SUM(E4:E5)"
    assert [cached.cell(6, c).value for c in range(3, 11)] == [100, 200, 100, 37.5, 100, -37.5, 100, 0]
    factors = openpyxl.load_workbook(outputs[2])["因素"]
    assert [c.value for c in factors[4]][:5] == ["总额", None, 100, 200, "元"]
    assert [c.value for c in factors[5]][:5] == ["'=人口", "清徐县", 1, 3, "人"]


def test_one_run_of_several_periods_compares_the_last_two_or_those_named(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(run({"2019": [1, 3], "2020": [1, 1], "2021": [3, 1]}, 100.0)), encoding="utf-8")
    assert "清徐县比上年多 25.00 元" in call(path).stdout
    assert "清徐县比2019年多 50.00 元" in call(path, "--period", "2019", "--period", "2021").stdout
    wrong = call(path, "--period", "2018", "--period", "2021")
    assert (wrong.exit_code, "U061" in wrong.stderr) == (2, True)
    assert call(path, "--period", "2021").exit_code == 2


def test_bad_input_ends_with_two(runs: tuple[Path, Path], tmp_path: Path) -> None:
    text, altered, listed = tmp_path / "text.json", tmp_path / "altered.json", tmp_path / "list.json"
    text.write_text("{", encoding="utf-8")
    listed.write_text("[]", encoding="utf-8")
    hollow = tmp_path / "hollow.json"
    forged: dict[str, object] = {"schema": "tongchou.run/1", "rule": 1}
    hollow.write_text(json.dumps({**forged, "hash": content_hash(forged)}), encoding="utf-8")
    altered.write_text(runs[0].read_text("utf-8").replace("100.0", "101.0"), encoding="utf-8")
    for words, code in (
        ((tmp_path / "none.json",), "O001"),
        ((tmp_path,), "O006"),
        ((text,), "U050"),
        ((listed,), "U050"),
        ((altered,), "U051"),
        ((hollow,), "U050"),
        ((runs[0],), "U061"),
        ((*runs, "-o", tmp_path / "x.pdf"), "O003"),
        ((*runs, "-o", runs[1]), "O005"),
        ((*runs, "--region", "nowhere"), "nowhere"),
    ):
        result = call(*words)
        assert result.exit_code == 2, words
        assert code in result.stderr, (words, result.stderr)
