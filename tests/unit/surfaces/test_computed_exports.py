"""A computation as files by suffix, as a Word account with equations, and on a terminal."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
from docx import Document
from rich.console import Console

from tongchou.catalogue import rules
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules import parameters
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.run import replay
from tongchou.rules.table import table
from tongchou.surfaces.computed import RUN_EXPORTS, csv_table
from tongchou.surfaces.document.workings import workings
from tongchou.surfaces.run_summary import summary

NAMES = {"140121": Text("清徐县", "Qingxu"), "140122": Text("=阳曲县", "Yangqu")}


@pytest.fixture(scope="module")
def result() -> Result:
    rule = rules()["fiscal.equalisation"]
    figures = table(
        ["140122", "140121", "140123"],
        ["2021", "2021", "2022"],
        {
            "population": [2000.0, 1000.0, np.nan],
            "per_capita_standard": [1000.0] * 3,
            "cost_factor": [1.0] * 3,
            "standard_capacity": [0.0, 12.5, 0.0],
        },
        Status.ILLUSTRATIVE,
    )
    return evaluate(rule, figures, parameters.none(rule).given("me", coverage=0.5, pool=100))


def test_there_is_a_file_of_every_kind(result: Result) -> None:
    assert list(RUN_EXPORTS) == [".xlsx", ".docx", ".csv", ".json"]
    begins = {".xlsx": b"PK", ".docx": b"PK", ".csv": b"\xef\xbb\xbf", ".json": b"{"}
    for suffix, export in RUN_EXPORTS.items():
        for language in ("zh", "en"):
            assert export.render(result, NAMES, language).startswith(begins[suffix])


def test_the_json_is_the_run_and_can_be_replayed(result: Result) -> None:
    run = json.loads(RUN_EXPORTS[".json"].render(result, {}, "zh"))
    assert replay(run)["hash"] == run["hash"]


def test_the_csv_holds_every_number_in_full_and_no_formula(result: Result) -> None:
    rows = list(csv.reader(io.StringIO(csv_table(result, NAMES).decode("utf-8-sig"))))
    assert rows[0][:5] == ["县（市、区）", "名称", "年度", "常住人口（人）", "人均支出标准（元/人）"]
    assert [row[0] for row in rows[1:]] == ["140121", "140122", "140123"]
    assert rows[2][1] == "'=阳曲县"
    at = rows[0].index("转移支付额（元）")
    assert [row[at] for row in rows[1:]] == ["304347.83", "695652.17", ""]
    assert [row[rows[0].index("转移支付额 状态")] for row in rows[1:]] == ["示例", "示例", ""]


def test_the_terminal_shows_results_standing_and_gaps(result: Result) -> None:
    out = io.StringIO()
    Console(file=out, width=120).print(summary(result, NAMES, width=120))
    shown = out.getvalue()
    assert "304,347.83" in shown
    assert "清徐县" in shown
    assert "缺数" in shown
    assert "不得作为依据" in shown
    out = io.StringIO()
    Console(file=out, width=120).print(summary(result, NAMES, "en", 120))
    assert "Qingxu" in out.getvalue()


def test_the_account_has_equations_that_word_can_edit(result: Result) -> None:
    document = Document(io.BytesIO(workings(result, NAMES)))
    equations = document.element.body.findall(".//{*}oMathPara")
    assert len(equations) == 5
    letters = [t.text for t in equations[1].iter("{*}t")]
    assert letters == ["收支缺口", "=", "max", "标准财政支出", "−", "标准财政收入", ", ", "0"]
    assert equations[4].find(".//{*}eqArr") is not None
    texts = [p.text for p in document.paragraphs]
    assert texts[0] == "均衡性转移支付\n计算说明"
    assert texts[1] == "【示例】含演示用的虚构数据，不得作为依据。"
    assert "收支缺口：标准财政支出减去标准财政收入，不低于零。" in texts
    assert any(text.startswith("清徐县2021年标准支出 100万元，标准收入 12.5万元，缺口 87.5万元") for text in texts)
    assert any("未报" in text for text in texts)
    tables = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert tables[1] == ["补助系数", "0.5", "", "本次计算时给定（假定）"]
    results = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert results[1:] == [
        ["清徐县", "2021年", "304,347.83", "示例"],
        ["=阳曲县", "2021年", "695,652.17", "示例"],
        ["140123", "2022年", "缺数", ""],
    ]


def test_an_equation_too_wide_is_set_in_letters_that_are_explained(result: Result) -> None:
    document = Document(io.BytesIO(workings(result, NAMES)))
    notes = [p.text for p in document.paragraphs if p.text.startswith("式中：")]
    assert notes[-1] == "式中：p₂ 转移支付总额；y₃ 应补数；y₄ 应补数合计；y₅ 转移支付额。"


def test_every_rule_has_an_account_in_both_languages() -> None:
    from tests.worked.cases import CASES, compute

    first = {case["rule"]: case for case in reversed(CASES.values())}
    for case in first.values():
        held = compute(case, case["given"])
        for language in ("zh", "en"):
            Document(io.BytesIO(workings(held, {}, language)))
