"""What pages of rules show, by hand: tables, totals, checks, reasons, accounts, typed numbers, addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region import load
from tongchou.rules import parameters
from tongchou.rules.evaluate import evaluate
from tongchou.rules.result import Result
from tongchou.rules.rule import Rule, loads
from tongchou.rules.table import table
from tongchou.surfaces.computing import Answer
from tongchou.web.computing.account import account
from tongchou.web.computing.answering import answer_shown
from tongchou.web.computing.cells import shown
from tongchou.web.computing.checks import checks
from tongchou.web.computing.questions import question, read_number
from tongchou.web.computing.tables import grids

NAN = float("nan")
NAMES = {"AAA": Text("甲县", "Jia"), "BBB": Text("乙县", "Yi"), "CCC": Text("丙县", "Bing")}


def rule(closes: str = "{to: $pool, at_most: true, unit: 分}") -> Rule:
    return loads(f"""\
id: demo.fill
title: {{zh: 补缺口, en: Filling}}
system: S20
clauses: ["3.2"]
method: {{zh: 办法, en: Method, source: us}}
per: [county, year]
says: {{zh: "{{place}}补 {{paid}}", en: "{{place}} gets {{paid}}"}}
result: paid
inputs:
  need: {{unit: 万元, label: {{zh: 需要, en: need}}}}
  level: {{unit: "1", label: {{zh: 类别, en: class}},
    codes: {{1: {{zh: 一类, en: first}}, 2: {{zh: 二类, en: second}}}}}}
parameters:
  rate: {{unit: "1", by: level, label: {{zh: 比例, en: rate}}}}
  pool: {{unit: 万元, label: {{zh: 总额, en: pool}}}}
columns:
  claim: {{formula: need * $rate, unit: 万元, label: {{zh: 应补, en: claim}}}}
  largest: {{formula: max(claim) over (), unit: 万元, label: {{zh: 最大应补, en: largest claim}}}}
  paid: {{formula: claim, unit: 元, label: {{zh: 补助, en: paid}}, closes: {closes}}}
also: [largest]
""")


def result(need: list[float], *, pool: float = 20, closes: str = "{to: $pool, at_most: true, unit: 分}") -> Result:
    figures = table(
        ["AAA", "BBB", "CCC"],
        ["2021"] * 3,
        {"need": need, "level": [1, 1, 2]},
        {"need": [Status.OFFICIAL, Status.ILLUSTRATIVE, Status.OFFICIAL], "level": [Status.OFFICIAL] * 3},
        {"need": ["决算", "设想", "决算"]},
    )
    declared = rule(closes)
    return evaluate(declared, figures, parameters.none(declared).given("me", pool=pool, rate={"1": 0.5, "2": 0.1}))


def test_a_table_has_the_answer_first_and_totals_only_where_they_mean_something():
    (grid,) = grids(result([10, 4, 50]), NAMES, "2021", all_steps=False)
    assert [head.name for head in grid.heads] == ["paid", "largest"]
    assert [row.names[0].zh for _, rows in grid.groups for row in rows] == ["甲县", "乙县", "丙县"]
    cells = [[cell.text.zh for cell in row.cells] for _, rows in grid.groups for row in rows]
    # 10 × 0.5, 4 × 0.5 and 50 × 0.1 万元; the largest is the same for all, and adding it up would mean nothing.
    assert cells == [["50,000", "5"], ["20,000", "5"], ["50,000", "5"]]
    assert grid.totals == ("120,000", "")


def test_a_row_says_its_usual_status_and_cells_that_differ_are_told():
    (grid,) = grids(result([10, 4, 50]), NAMES, "2021", all_steps=True)
    rows = [row for _, rows in grid.groups for row in rows]
    by_name = {cell.name: cell.status for cell in rows[1].cells}
    assert by_name["need"] is Status.ILLUSTRATIVE
    assert by_name["level"] is Status.OFFICIAL
    assert rows[1].status is Status.ILLUSTRATIVE
    # Class is a category: its word is shown, and it bears no unit.
    assert [cell.text.zh for cell in rows[2].cells if cell.name == "level"] == ["二类"]


def test_checks_say_whether_money_adds_up():
    (within,) = checks(result([10, 4, 50]), "2021")
    assert (within.total, within.due, within.difference) == ("120,000", "200,000", "−80,000")
    assert within.holds
    assert within.verdict.zh == "未超过，余数留下"
    (exact,) = checks(result([10, 4, 50], pool=12, closes="{to: $pool, exactly: true, unit: 分}"), "2021")
    assert exact.holds
    assert exact.verdict.zh == "相符，一分不差"


def test_fen_that_floats_cannot_hold_are_no_difference():
    found = result([0.2, 0.4, 1.0], pool=0.4, closes="{to: $pool, exactly: true, unit: 分}")
    (check,) = checks(found, "2021")
    assert check.difference == "0"


def test_a_missing_number_says_whose_figure_nobody_reported():
    found = result([10, NAN, 50])
    cell = shown(found, NAMES, "paid", 1)
    assert cell.is_missing
    assert cell.text.zh == "缺数"
    assert cell.why == Text("需要未报", "need is not reported")
    largest = shown(found, NAMES, "largest", 0)
    assert largest.why == Text("乙县需要未报", "need of Yi is not reported")


def test_an_answer_names_places_in_its_notices_and_warns():
    found = answer_shown(
        Answer(result([10, NAN, 50]), NAMES, load("taiyuan"), parameters.none(rule())), all_steps=False
    )
    (period,) = found.periods
    # The closing looks at the pool, whose value was typed: the result is assumed.
    assert period.sentences[0].zh == "甲县补 50,000元（均为假定）"
    assert any("乙县" in told.zh and "BBB" not in told.zh for told in found.problems)
    assert found.warning.zh.startswith("【假定】")
    assert period.grids[0].totals == ("", "")


def test_an_account_lists_what_the_number_rests_on_in_order():
    found = account(result([10, 4, 50]), NAMES, 2, "paid")
    assert found.place.zh == "丙县"
    assert found.cell.text.zh == "50,000"
    assert [(f.name, f.cell.text.zh, f.sources) for f in found.figures] == [
        ("need", "50", ("决算",)),
        ("level", "二类", ()),
    ]
    # The rate is that of the county's own class.
    assert [(s.name, s.value.zh) for s in found.settings] == [("rate", "0.1"), ("pool", "20 万元")]
    assert [s.name for s in found.stages] == ["claim", "paid"]
    assert [s.is_asked for s in found.stages] == [False, True]
    claim = found.stages[0]
    assert [(t.label.zh, t.value.zh) for t in claim.terms] == [("需要", "50 万元"), ("比例", "0.1")]


def test_an_account_shows_what_is_taken_over_all_places():
    found = account(result([10, 4, 50]), NAMES, 0, "largest")
    (over,) = found.stages[-1].terms
    assert over.value.zh == "5 万元"
    assert [(name.zh, cell.text.zh) for name, cell in over.listed.rows] == [("甲县", "5"), ("乙县", "2"), ("丙县", "5")]


LAND = """\
id: demo.land
title: {zh: 地, en: Land}
system: S25
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, land, year]
names: {land: {w: {zh: 水, en: Water}, f: {zh: 林, en: Forest}}}
says: {zh: "{county} {total}", en: "{county} {total}"}
result: total
inputs:
  area: {unit: 公顷, label: {zh: 面积, en: area}}
parameters:
  price: {unit: 元/公顷, by: land, label: {zh: 单价, en: price}}
columns:
  value: {formula: area * $price, unit: 元, label: {zh: 价值, en: value}}
  total: {formula: sum(value) over (partition by county), unit: 元, per: [county, year], label: {zh: 全县, en: county}}
"""


def test_a_county_rests_on_each_of_its_lands_and_not_on_the_first():
    """3 × 100 + 5 × 10 = 350 元; the other county's land has no part in it."""
    declared = loads(LAND)
    figures = table(
        [], ["2021"] * 3, {"area": [3, 5, 9]}, keys={"county": ["AAA", "AAA", "BBB"], "land": ["w", "f", "w"]}
    )
    found = evaluate(declared, figures, parameters.none(declared).given("me", price={"w": 100, "f": 10}))
    names = {"AAA|w": Text("甲县 · 水", "Jia · Water"), "AAA|f": Text("甲县 · 林", "Jia · Forest")}
    told = account(found, names, 0, "total")
    assert (told.place.zh, told.cell.text.zh) == ("甲县", "350")
    (area,) = told.figures
    assert area.cell is None
    assert [(name.zh, cell.text.zh) for name, cell in area.listed.rows] == [("甲县 · 水", "3"), ("甲县 · 林", "5")]
    (price,) = told.settings
    assert price.value is None
    assert [(name.zh, value.zh) for name, value in price.by_code] == [("水", "100 元/公顷"), ("林", "10 元/公顷")]
    value, total = told.stages
    assert value.cell is None
    assert [cell.text.zh for _, cell in value.listed.rows] == ["300", "50"]
    assert total.cell.text.zh == "350"
    # The land's own value is told for the land alone.
    own = account(found, names, 1, "value")
    assert own.figures[0].cell.text.zh == "5"
    assert own.figures[0].listed is None
    assert own.settings[0].value.zh == "10 元/公顷"


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("0.6", "1", 0.6),
        ("60%", "1", 0.6),
        ("60%", "%", 60.0),
        ("３０，０００", "万元", 30000.0),
        ("30,000.5", "元", 30000.5),
        ("−2", "1", -2.0),
        ("60%", "元", None),
        ("1_000", "元", None),
        ("nan", "1", None),
        ("1e999", "1", None),
        ("六成", "1", None),
    ],
)
def test_numbers_as_people_type_them(typed, unit, number):
    assert read_number(typed, unit) == number


TAIYUAN = load("taiyuan")


def test_an_address_asks_the_same_again():
    declared = rule()
    query = QueryDict("period=2020&period=2021&set.rate.2=0.2&set.pool=&against=2020&steps=all&map=paid")
    asked = question(query, declared, ("2019", "2020", "2021"), TAIYUAN)
    assert asked.problems == ()
    assert asked.periods == ("2020", "2021")
    assert asked.settings == (("rate.2", 0.2),)
    again = question(QueryDict(asked.address()), declared, ("2019", "2020", "2021"), TAIYUAN)
    assert again == asked
    assert "pool" not in asked.address()
    assert "steps" not in asked.address(steps="")


def test_without_a_period_the_last_one_that_is_no_plan_is_asked_for():
    asked = {
        held: question(QueryDict(""), rule(), held, TAIYUAN).periods
        for held in (("2019", "2020"), ("2019", "2025", "2048"), ("2048", "2049"), ())
    }
    assert list(asked.values()) == [("2020",), ("2025",), ("2048",), ()]
    undated = replace(TAIYUAN, updated=None)
    assert question(QueryDict(""), rule(), ("2019", "2048"), undated).periods == ("2048",)
