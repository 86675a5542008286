from __future__ import annotations

import copy
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.catalogue import rules
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules import parameters
from tongchou.rules.evaluate import Cell, Result, evaluate
from tongchou.rules.rule import Rule, loads
from tongchou.rules.run import record, replay
from tongchou.rules.table import table

NAN = float("nan")
HEAD = """\
id: demo.rule
title: {zh: 规则, en: Rule}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, year]
says: {zh: "{place}", en: "{place}"}
result: c
inputs:
  a: {unit: "1", label: {zh: 甲, en: A}}
  g: {unit: "1", label: {zh: 组, en: Group}}
columns:
"""


def rule_of(formula: str, missing: str = "carry") -> Rule:
    # The group takes part in every formula so that it is never unused.
    return loads(
        HEAD + f"  c: {{formula: '({formula}) + 0 * g', unit: '1', missing: {missing}, label: {{zh: 丙, en: C}}}}\n"
    )


def compute(formula: str, a: list[float], g: list[float] | None = None, missing: str = "carry") -> Result:
    rule = rule_of(formula, missing)
    figures = table([f"p{i}" for i in range(len(a))], ["2021"] * len(a), {"a": a, "g": g or [0.0] * len(a)})
    return evaluate(rule, figures, parameters.none(rule))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a + 1", [2, 3, NAN, 5]),
        ("greatest(a, 3)", [3, 3, NAN, 4]),
        ("least(a, 3)", [1, 2, NAN, 3]),
        ("case when a > 1 then 1 else 0 end", [0, 1, NAN, 1]),
        ("case when not (a > 1) then 1 else 0 end", [1, 0, NAN, 0]),
        ("coalesce(a, 9)", [1, 2, 9, 4]),
        ("sum(a) over ()", [NAN] * 4),
        ("sum(coalesce(a, 0)) over ()", [7] * 4),
        ("sum(a) over (partition by g)", [3, 3, NAN, NAN]),
        ("count(a) over ()", [3] * 4),
        ("rank() over (partition by g order by a desc)", [2, 1, NAN, NAN]),
        ("stddev_pop(a) over (partition by g)", [0.5, 0.5, NAN, NAN]),
        ("1 / 4 + 0 * coalesce(a, 0)", [0.25] * 4),
        ("0.1 + 0.2 + 0 * coalesce(a, 0)", [0.1 + 0.2] * 4),
        ("1 / (a - 1)", [NAN, 1, NAN, 1 / 3]),
        ("ln(a - 2)", [NAN, NAN, NAN, np.log(2)]),
        ("sqrt(a - 2)", [NAN, 0, NAN, np.sqrt(2)]),
        ("power(1 - a, -1)", [NAN, -1, NAN, -1 / 3]),
        ("round(a / 3, 1)", [0.3, 0.7, NAN, 1.3]),
        ("floor(a / 3) + ceil(a / 3) + abs(-a)", [2, 3, NAN, 7]),
    ],
)
def test_missing_stays_missing_and_nothing_undefined_becomes_a_number(formula: str, expected: list[float]) -> None:
    found = compute(formula, [1, 2, NAN, 4], [0, 0, 1, 1]).values["c"]
    np.testing.assert_allclose(found, expected, rtol=1e-15)


def test_an_aggregate_may_leave_out_what_is_missing_when_declared() -> None:
    found = compute("sum(a) over ()", [1, 2, NAN], missing="leave_out").values["c"]
    np.testing.assert_array_equal(found, [3, 3, 3])


def test_why_names_the_missing_input_behind_a_sum() -> None:
    result = compute("a / sum(a) over (partition by g)", [1, 2, NAN, 4], [0, 0, 1, 1])
    assert result.why("c", 3) == (Cell("a", "p2", "2021"),)
    assert result.why("c", 0) == ()
    assert [(p.code, p.where) for p in result.problems] == [("U040", "a p2 2021")]


def test_what_is_undefined_is_told_apart_from_what_is_missing() -> None:
    result = compute("1 / (a - 1)", [1, NAN, 3])
    assert [(p.code, p.where) for p in result.problems] == [("U040", "a p1 2021"), ("U042", "c p0 2021")]
    assert result.why("c", 0) == (Cell("c", "p0", "2021"),)


def test_status_travels_through_windows_and_a_filled_gap_is_an_assumption() -> None:
    def levels(formula: str, *words: Status) -> list[int]:
        rule = rule_of(formula)
        figures = table(
            ["x", "y", "z"], ["2021"] * 3, {"a": [1, 2, NAN], "g": [0, 0, 1]},
            {"a": list(words), "g": [Status.OFFICIAL] * 3},
        )  # fmt: skip
        return evaluate(rule, figures, parameters.none(rule)).status["c"].tolist()

    weak = (Status.OFFICIAL, Status.ILLUSTRATIVE, Status.OFFICIAL)
    assert levels("a", *weak) == [Status.DERIVED, Status.ILLUSTRATIVE, 0]
    assert levels("sum(a) over (partition by g)", *weak) == [Status.ILLUSTRATIVE, Status.ILLUSTRATIVE, 0]
    assert levels("coalesce(a, 0)", *weak) == [Status.DERIVED, Status.ILLUSTRATIVE, Status.ASSUMED]


def equalise(rows: list[tuple[str, str, float, float]], pool: float, coverage: float = 1.0) -> Result:
    rule = rules()["fiscal.equalisation"]
    figures = table(
        [r[0] for r in rows],
        [r[1] for r in rows],
        {
            "population": [r[2] for r in rows],
            "per_capita_standard": [7000.0] * len(rows),
            "cost_factor": [1.1] * len(rows),
            "standard_capacity": [r[3] for r in rows],
        },
    )
    return evaluate(rule, figures, parameters.none(rule).given("test", coverage=coverage, pool=pool))


ROWS = st.lists(
    st.tuples(
        st.sampled_from([f"14010{i}" for i in range(8)]),
        st.sampled_from(["2021", "2022"]),
        st.floats(1, 1e6),
        st.floats(0, 1e6),
    ),
    unique_by=lambda row: row[:2],
    min_size=1,
)


@settings(max_examples=25, deadline=None)
@given(ROWS, st.integers(0, 10**7), st.randoms(use_true_random=False))
def test_transfers_fit_the_pool_are_never_negative_and_ignore_row_order(
    rows: list[tuple[str, str, float, float]], pool: int, random: object
) -> None:
    result = equalise(rows, pool)
    fen = np.rint(result.values["transfer"] * 100)
    assert np.allclose(result.values["transfer"] * 100, fen, atol=1e-3)
    assert (fen >= 0).all()
    for period in {row[1] for row in rows}:
        here = np.array([row[1] == period for row in rows])
        claims = result.values["claim"][here].sum()
        paid = int(fen[here].sum())
        assert paid <= pool * 10**6
        if claims > pool:
            assert paid == pool * 10**6
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = equalise(shuffled, pool)
    for name, values in result.values.items():
        by_row = dict(zip([r[:2] for r in shuffled], again.values[name], strict=True))
        assert [by_row[r[:2]] for r in rows] == values.tolist()
    need = sorted(zip(result.table.periods, result.values["gap"], result.values["transfer"], strict=True))
    assert all(a[2] <= b[2] + 0.0101 for a, b in pairwise(need) if a[0] == b[0])


def test_of_equal_claims_the_lower_code_gets_the_fen_left_over() -> None:
    result = equalise([("C", "2021", 10, 0), ("A", "2021", 10, 0), ("B", "2021", 10, 0)], pool=0.0004)
    assert result.values["transfer"].tolist() == pytest.approx([1.33, 1.34, 1.33])


def test_money_that_cannot_close_is_refused() -> None:
    source = (
        HEAD.replace("columns:", "parameters:\n  pool: {unit: 元, label: {zh: 总额, en: Pool}}\ncolumns:").replace(
            '{unit: "1", label: {zh: 甲', "{unit: 元, label: {zh: 甲"
        )
        + "  c: {formula: a * (1 + 0 * g), unit: 元, label: {zh: 丙, en: C},"
        + " closes: {to: $pool, exactly: true, unit: 分}}\n"
    )
    rule = loads(source)
    figures = table(["x", "y"], ["2021", "2021"], {"a": [1.0, 2.0], "g": [0, 0]})
    right = evaluate(rule, figures, parameters.none(rule).given("t", pool=3.0))
    assert right.values["c"].tolist() == [1.0, 2.0]
    for pool in (2.0, 4.0, 3.001):
        with pytest.raises(ProblemsError) as error:
            evaluate(rule, figures, parameters.none(rule).given("t", pool=pool))
        assert [p.code for p in error.value.problems] == ["U043"]


def test_dated_parameters_say_from_when_they_are_in_force(tmp_path: Path) -> None:
    rule = rules()["fiscal.equalisation"]
    path = tmp_path / "p.yaml"
    path.write_text(
        """\
rule: fiscal.equalisation
values:
  coverage:
    - {start: 2021-07-01, value: 0.6, source: {zh: 某文, en: a paper}, paper: 〔2021〕7号}
    - {start: 2020-01-01, value: 0.5, source: {zh: 某文, en: a paper}, paper: 〔2020〕1号}
  pool:
    - {start: 2020-01-01, value: 100.0, source: {zh: 假定, en: assumed}, assumed: true}
""",
        encoding="utf-8",
    )
    held = parameters.load(path, rule)
    assert held.at("coverage", date(2021, 6, 30)).value == 0.5
    assert held.at("coverage", date(2021, 7, 1)).value == 0.6
    with pytest.raises(ProblemsError) as error:
        held.at("coverage", date(2019, 12, 31))
    assert error.value.problems[0].code == "U020"
    assert "2020-01-01" in error.value.problems[0].message.en
    changed = held.given("someone", coverage=0.9)
    assert changed.at("coverage", date(2021, 1, 1)).value == 0.9
    assert [d.value for d in changed.replaced["coverage"]] == [0.5, 0.6]

    bad = path.read_text(encoding="utf-8").replace("coverage:", "cover:").replace(", paper: 〔2020〕1号", "")
    path.write_text(bad, encoding="utf-8")
    with pytest.raises(ProblemsError) as error:
        parameters.load(path, rule)
    assert [p.code for p in error.value.problems] == ["U023", "U022"]


def test_a_run_replays_to_its_hash_whatever_the_row_order_and_shows_when_altered() -> None:
    rows = [("B", "2021", 10.0, 1.0), ("A", "2021", NAN, 0.0), ("A", "2020", 30.0, 0.0)]
    run = record(equalise(rows, pool=5))
    assert record(equalise(rows[::-1], pool=5)) == run
    stored = json.loads(json.dumps(run))
    assert replay(stored)["hash"] == run["hash"]
    altered = copy.deepcopy(stored)
    altered["inputs"]["population"]["values"][0] = 31.0
    with pytest.raises(ProblemsError) as error:
        replay(altered)
    assert error.value.problems[0].code == "U051"
    assert record(equalise(rows, pool=6))["hash"] != run["hash"]


def test_bad_tables_are_refused_with_everything_wrong() -> None:
    with pytest.raises(ProblemsError) as error:
        table(["A", "A"], ["2021", "2021"], {"a": [1.0], "b": [float("inf"), 1]})
    assert [p.code for p in error.value.problems] == ["U030", "U032", "U004"]
    with pytest.raises(ProblemsError) as error:
        table(["A"], ["sometime"], {})
    assert [p.code for p in error.value.problems] == ["U004"]
    with pytest.raises(ProblemsError) as error:
        evaluate(rule_of("a"), table(["A"], ["2021"], {"a": [1.0]}), parameters.none(rule_of("a")))
    assert [p.code for p in error.value.problems] == ["U031"]


def by_group(formula: str, a: list[float], g: list[float], missing: str = "carry", status=Status.ASSUMED) -> Result:
    """Compute a rule in which ``g`` does nothing but say which places belong together."""
    rule = loads(HEAD + f"  c: {{formula: '{formula}', unit: '1', missing: {missing}, label: {{zh: 丙, en: C}}}}\n")
    figures = table([f"p{i}" for i in range(len(a))], ["2021"] * len(a), {"a": a, "g": g}, status)
    return evaluate(rule, figures, parameters.none(rule))


def test_a_place_of_unknown_group_leaves_every_group_incomplete():
    formula = "sum(a) over (partition by g)"
    result = by_group(formula, [1, 2, 4, 8], [0, 0, NAN, NAN])
    assert np.isnan(result.values["c"]).all()
    assert Cell("g", "p2", "2021") in result.why("c", 0)
    left_out = by_group(formula, [1, 2, 4, 8], [0, 0, NAN, NAN], "leave_out")
    np.testing.assert_array_equal(left_out.values["c"], [3, 3, NAN, NAN])


def test_the_weakest_group_makes_every_sum_by_group_as_weak():
    status = {"a": [Status.OFFICIAL] * 3, "g": [Status.OFFICIAL, Status.OFFICIAL, Status.ILLUSTRATIVE]}
    result = by_group("sum(a) over (partition by g)", [1, 2, 4], [0, 0, 1], status=status)
    assert list(result.status["c"]) == [Status.ILLUSTRATIVE] * 3


@pytest.mark.parametrize("name", ["row", "figures", "rowid", "count"])
def test_no_name_can_take_the_place_of_the_order_of_rows(name):
    rule = loads(
        HEAD.replace("  a:", f"  {name}:")
        + f"  c: {{formula: '{name} + 0 * g', unit: '1', label: {{zh: 丙, en: C}}}}\n"
    )
    figures = table(["x", "y", "z"], ["2021"] * 3, {name: [30.0, 10.0, 20.0], "g": [0.0] * 3})
    np.testing.assert_array_equal(evaluate(rule, figures, parameters.none(rule)).values["c"], [30, 10, 20])


@pytest.mark.parametrize(
    "formula",
    ["case when power(a, 0.5) > 1 then 1 else 0 end", "least(power(a, 0.5), 5)", "least(exp(-1000 * a), 5)"],
)
def test_an_undefined_power_is_no_number_inside_a_comparison_either(formula):
    assert np.isnan(compute(formula, [-4.0]).values["c"]).all()


def test_a_run_with_reported_gaps_replays_to_the_same_hash():
    rule = rule_of("a + 1")
    told = Problem("X001", "a p1 2021", Text("未报", "not reported"), Text("催报", "ask again"), "warning")
    figures = table(["p0", "p1"], ["2021"] * 2, {"a": [1.0, NAN], "g": [0.0, 0.0]}, problems=[told])
    run = record(evaluate(rule, figures, parameters.none(rule)))
    assert replay(json.loads(json.dumps(run)))["hash"] == run["hash"]


@pytest.mark.parametrize("value", [NAN, float("inf")])
def test_a_parameter_is_a_finite_number(value):
    with pytest.raises(ProblemsError):
        parameters.none(rule_of("a")).given("me", anything=value)


@pytest.mark.parametrize("formula", ["rank() over (order by a desc nulls first)", "sqrt(" * 14 + "a" + ")" * 14])
def test_what_would_be_dropped_or_would_grow_without_bound_is_refused(formula):
    with pytest.raises(ProblemsError) as caught:
        rule_of(formula)
    assert caught.value.problems[0].code == "U013"
