"""Why it changed: numbers done by hand, and what must hold of every split."""

from __future__ import annotations

import sys
from itertools import permutations
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.rules import algorithm, parameters
from tongchou.rules.attribution import Change, attribute
from tongchou.rules.attribution import factors as attribution_factors
from tongchou.rules.attribution.record import record
from tongchou.rules.attribution.words import printed, sentence, summary
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.rule import Rule, loads
from tongchou.rules.table import table

NAN = float("nan")
HEAD = """\
id: demo.share
title: {zh: 分配, en: Sharing}
system: S20
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, year]
says: {zh: "{place}", en: "{place}"}
result: share
inputs:
  people: {unit: 人, label: {zh: 人口, en: population}}
  need: {unit: 元/人, label: {zh: 需求, en: need}}
parameters:
  pool: {unit: 元, label: {zh: 总额, en: pool}}
  floor: {unit: 元, label: {zh: 底数, en: floor}}
columns:
"""
SHARE = """\
  claim: {formula: people * need + $floor, unit: 元, label: {zh: 应补, en: claim}}
  share:
    formula: claim * $pool / sum(claim) over ()
    unit: 元
    label: {zh: 补助, en: share}
    closes: {to: $pool, exactly: true, unit: 分}
"""
OPEN = """\
  claim: {formula: people * need + $floor, unit: 元, label: {zh: 应补, en: claim}}
  share: {formula: claim * $pool / 100, unit: 元**2, label: {zh: 补助, en: share}}
"""


def run(
    people: list[float],
    need: list[float],
    pool: float = 100,
    floor: float = 0,
    period: str = "2020",
    rule: Rule | None = None,
    places: str = "ABCDEFGH",
) -> Result:
    rule = rule or loads(HEAD + SHARE)
    held = list(places[: len(people)])
    figures = table(held, [period] * len(held), {"people": people, "need": need})
    return evaluate(rule, figures, parameters.none(rule).given("me", pool=pool, floor=floor))


def parts(change: Change) -> dict[str, list[float]]:
    return {"+".join(f.members): p.tolist() for f, p in zip(change.factors, change.parts, strict=True)}


def test_two_places_and_two_factors_by_hand() -> None:
    # A counts 1 → 3, B stays at 1, the pool goes from 100 to 200.
    # A alone: 50 → 75 (weight), 100 (pool), 150 (both): weight ½(25 + 50), pool ½(50 + 75).
    # B sees A's weight from outside: 50 → 25, 100, 50: others ½(−25 − 50), pool ½(50 + 25).
    change = attribute(run([1, 1], [1, 1]), run([3, 1], [1, 1], pool=200, period="2021"))
    assert parts(change) == {"people": [37.5, 0], "$pool": [62.5, 37.5], "#others": [0, -37.5]}
    assert change.total.tolist() == [100, 0]
    assert [f.kind for f in change.factors] == ["data", "pool", "others"]
    assert change.figures["people"][1].tolist() == [3, 1]


def test_factors_that_act_alike_have_equal_parts_and_the_way_back_is_the_negative() -> None:
    # people × need: doubling either is the same, so each gets half of what both do: 1 → 4 of 5, from 1 of 2.
    one, other = run([1, 1], [1, 1]), run([2, 1], [2, 1], period="2021")
    forth, back = parts(attribute(one, other)), parts(attribute(other, one))
    assert forth["people"][0] == forth["need"][0] == 15
    assert back == {name: [-v + 0.0 for v in values] for name, values in forth.items()}


def test_the_order_of_rows_changes_no_bit() -> None:
    rule = loads(HEAD + SHARE)
    rows = [("A", 3, 7, 4, 6), ("B", 11, 13, 12, 11), ("C", 5, 3, 4, 4)]

    def both(order: tuple[int, ...]) -> bytes:
        held = [rows[i] for i in order]
        sides = []
        for period, at in (("2020", 1), ("2021", 3)):
            figures = table(
                [r[0] for r in held],
                [period] * 3,
                {"people": [r[at] for r in held], "need": [r[at + 1] for r in held]},
            )
            given_ = parameters.none(rule).given("me", pool=1000, floor=3)
            sides.append(evaluate(rule, figures, given_))
        change = attribute(*sides)
        return change.parts.tobytes() + change.total.tobytes()

    assert len({both(order) for order in permutations(range(3))}) == 1


def by_definition(before: Result, after: Result) -> np.ndarray:
    """Return the parts from every order of changing people, need, pool, floor and others, one evaluation a step."""
    rule, n = after.rule, len(after.table)
    names = ["people", "need", "$pool", "$floor", "#others"]
    sides = (before, after)
    period = after.table.periods[0]

    def value(place: int, on: frozenset[str]) -> float:
        others = int("#others" in on)
        inputs = {}
        for name in ("people", "need"):
            column = sides[others].table.values[name].copy()
            column[place] = sides[int(name in on)].table.values[name][place]
            inputs[name] = column
        given_ = {
            name: next(iter(sides[int(f"${name}" in on)].parameters[name].values())).value for name in ("pool", "floor")
        }
        figures = table(list(after.table.places), [period] * n, inputs)
        return float(evaluate(rule, figures, parameters.none(rule).given("me", **given_)).values["share"][place])

    found = np.zeros((len(names), n))
    orders = list(permutations(range(len(names))))
    for place in range(n):
        held = {}
        for order in orders:
            on: frozenset[str] = frozenset()
            for i in order:
                for each in (on, on | {names[i]}):
                    if each not in held:
                        held[each] = value(place, each)
                found[i, place] += held[on | {names[i]}] - held[on]
                on |= {names[i]}
    return found / len(orders)


def test_it_is_the_definition_to_the_fen() -> None:
    before = run([3, 11, 5], [7, 13, 3], pool=1000, floor=3)
    after = run([4, 12, 4], [6, 11, 4], pool=1250, floor=9, period="2021")
    change = attribute(before, after)
    assert [f.members[0] for f in change.factors] == ["people", "need", "$pool", "$floor", "#others"]
    # Each evaluation of the definition is rounded to whole fen, and so are we at the end.
    np.testing.assert_allclose(change.parts, by_definition(before, after), atol=0.02)


amount = st.integers(1, 10**6).map(float)
row = st.tuples(amount, amount, amount, amount)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(row, min_size=1, max_size=5),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.integers(0, 99),
    st.booleans(),
)
def test_parts_sum_to_the_change_to_the_fen(
    rows: list[tuple[float, ...]], pool: int, later: int, floor: int, same: bool
) -> None:
    before = run([r[0] for r in rows], [r[1] for r in rows], pool / 100, floor)
    after = run(
        [r[0] if same else r[2] for r in rows], [r[3] for r in rows], later / 100, float(99 - floor), period="2021"
    )
    change = attribute(before, after)
    in_fen = np.round(change.parts * 100).astype(np.int64)
    assert np.abs(change.parts * 100 - in_fen).max(initial=0) < 1e-4
    moved = np.round(after.values["share"] * 100) - np.round(before.values["share"] * 100)
    assert in_fen.sum(axis=0).tolist() == moved.tolist()
    assert int(moved.sum()) == later - pool


def test_what_did_not_change_has_no_part_even_where_fen_are_left_over() -> None:
    # Three equal claims on 1.00 give .34 .33 .33, on 2.00 .67 .67 .66; all of the difference is the pool's.
    change = attribute(run([1, 1, 1], [1, 1, 1], pool=1), run([1, 1, 1], [1, 1, 1], pool=2, period="2021"))
    assert parts(change) == {"$pool": [0.33, 0.34, 0.33]}
    assert change.total.tolist() == [0.33, 0.34, 0.33]


def test_nothing_changed_is_no_factor_and_no_change() -> None:
    change = attribute(run([1, 2], [1, 1]), run([1, 2], [1, 1]))
    assert change.factors == ()
    assert change.total.tolist() == [0, 0]
    assert sentence(change, 0).zh == "A与原方案持平"


def test_a_place_on_one_side_only_is_named_not_counted_as_zero() -> None:
    change = attribute(run([1, 1], [1, 1]), run([1, 1, 2], [1, 1, 1], period="2021"))
    assert change.places == ("A", "B", "C")
    assert np.isnan(change.total[2])
    assert np.isnan(change.parts[:, 2]).all()
    assert change.after[2] == 50
    assert change.reasons["C"].zh == "2020年没有这个单位"
    # For A the newcomer is a change elsewhere: 50 → 25.
    assert parts(change)["#others"][:2] == [-25, -25]
    assert sentence(change, 2).en == "C: not compared: not there in 2020"


def test_a_missing_figure_is_the_reason() -> None:
    change = attribute(run([1, NAN], [1, 1]), run([1, 1], [1, 1], period="2021"))
    assert np.isnan(change.total).all()
    assert np.isnan(change.before).all()
    assert change.reasons["A"].zh == "2020年没有结果：缺人口（B）"
    assert sentence(change, 0).zh == "A不作比较：2020年没有结果：缺人口（B）"
    assert record(change)["places"][0]["change"] is None


def test_no_result_in_between_leaves_the_change_without_parts() -> None:
    # people − need is 1 on both sides and 0 when only one of them moves: then there is no result.
    text = HEAD.replace("元/人", "人") + (
        "  claim: {formula: 1 / (people - need) + 0 * $floor, unit: 1/人, label: {zh: 应补, en: claim}}\n"
        "  share: {formula: claim * $pool, unit: 元/人, label: {zh: 补助, en: share}}\n"
    )
    rule = loads(text.replace("floor: {unit: 元", "floor: {unit: 1/人"))
    change = attribute(run([2], [1], rule=rule), run([3], [2], pool=150, rule=rule, period="2021"))
    assert change.total.tolist() == [50]
    assert np.isnan(change.parts).all()
    assert "不能分解" in change.reasons["A"].zh
    assert "多 50" in sentence(change, 0).zh


def test_a_rule_without_windows_knows_no_others() -> None:
    rule = loads(HEAD + OPEN)
    change = attribute(run([1, 1], [1, 1], rule=rule), run([3, 2], [1, 1], rule=rule, period="2021"))
    assert change.way == "alone"
    assert parts(change) == {"people": [2, 1]}


def test_a_fen_that_others_move_is_theirs() -> None:
    # No amount depends on another place: 0.334, 0.333, 0.333 settle to .34 .33 .33; with C at 0.335 the fen goes there.
    text = HEAD + (
        "  claim: {formula: people * need + $floor, unit: 元, label: {zh: 应补, en: claim}}\n"
        "  share: {formula: claim / 1000, unit: 元, label: {zh: 补助, en: share},"
        " closes: {to: $pool, at_most: true, unit: 分}}\n"
    )
    rule = loads(text)
    before = run([334, 333, 333], [1] * 3, pool=10, rule=rule)
    change = attribute(before, run([334, 333, 335], [1] * 3, pool=10, rule=rule, period="2021"))
    assert change.way == "alone"
    assert change.before.tolist() == [0.34, 0.33, 0.33]
    assert change.after.tolist() == [0.33, 0.33, 0.34]
    assert parts(change) == {"people": [0, 0, 0.01], "#others": [-0.01, 0, 0]}


def test_another_formula_is_the_method() -> None:
    # The new rule takes the same need for everybody: A has 3 of 4, then 1 of 2.
    per_head = loads(HEAD + SHARE.replace("people * need", "people * avg(need) over ()"))
    old = run([1, 1], [3, 1])
    change = attribute(old, run([1, 1], [3, 1], rule=per_head, period="2021"))
    assert parts(change) == {"#method": [-25, 25]}
    assert [f.kind for f in change.factors] == ["method"]
    both = attribute(old, run([3, 1], [3, 1], rule=per_head, period="2021"))
    # A: 75; weight 9 of 10: 90; method 50; both 75. weight ½(15 + 25), method ½(−25 − 15).
    assert parts(both)["people"][0] == 20
    assert parts(both)["#method"][0] == -20


def test_inputs_only_one_rule_knows_belong_to_the_method() -> None:
    text = (
        (HEAD + SHARE).replace("  need: {unit: 元/人", "  wage: {unit: 元/人").replace("people * need", "people * wage")
    )
    rule = loads(text)
    figures = table(["A", "B"], ["2021"] * 2, {"people": [1, 1], "wage": [4, 1]})
    after = evaluate(rule, figures, parameters.none(rule).given("me", pool=100, floor=0))
    assert parts(attribute(run([1, 1], [1, 1]), after)) == {"#method": [30, -30]}


def test_results_that_measure_different_things_are_refused() -> None:
    with pytest.raises(ProblemsError) as error:
        attribute(run([1], [1]), run([1], [1], rule=loads(HEAD + OPEN)))
    assert [p.code for p in error.value.problems] == ["U060"]


def test_two_periods_of_one_result_and_periods_that_are_not_there() -> None:
    rule = loads(HEAD + SHARE)
    figures = table(
        ["A", "B"] * 3,
        ["2020", "2020", "2019", "2019", "2021", "2021"],
        {"people": [1, 1, 9, 1, 3, 1], "need": [1.0] * 6},
    )
    result = evaluate(rule, figures, parameters.none(rule).given("me", pool=100, floor=0))
    assert parts(attribute(result)) == {"people": [25, 0], "#others": [0, -25]}
    assert attribute(result).periods == ("2020", "2021")
    assert attribute(result, result, periods=("2019", "2020")).total.tolist() == [-40, 40]
    for wrong in (("2019", "2024"), ("2018", "2021")):
        with pytest.raises(ProblemsError, match="U061"):
            attribute(result, result, periods=wrong)
    with pytest.raises(ProblemsError, match="U061"):
        attribute(run([1], [1]))


def many(count: int) -> str:
    names = [f"x{i}" for i in range(count)]
    inputs = "".join(f"  {n}: {{unit: 元, label: {{zh: 第{n}项, en: item {n}}}}}\n" for n in names)
    head = HEAD[: HEAD.index("inputs:")] + "inputs:\n" + inputs + "columns:\n"
    return head + f"  share: {{formula: {' + '.join(names)}, unit: 元, label: {{zh: 补助, en: share}}}}\n"


def test_beyond_twelve_factors_the_smallest_are_counted_as_one_and_said() -> None:
    rule = loads(many(14))
    sides = []
    for period, size in (("2020", 0), ("2021", 1)):
        figures = table(["A"], [period], {f"x{i}": [size * 2.0**i] for i in range(14)})
        sides.append(evaluate(rule, figures, parameters.none(rule)))
    change = attribute(*sides)
    assert len(change.factors) == 12
    assert change.factors[-1].members == ("x0", "x1", "x2")
    np.testing.assert_allclose(change.parts[:, 0], [*(2.0**i for i in range(3, 14)), 7], rtol=1e-12)
    assert "14" in change.notes[0].zh
    assert "第x0项、第x1项、第x2项" in change.notes[0].zh


def test_factors_can_be_grouped_by_declaration() -> None:
    before, after = run([1, 1], [1, 1]), run([2, 1], [2, 1], pool=200, period="2021")
    change = attribute(before, after, groups={"支出需求": ["people", "need"]})
    assert [(f.kind, f.members, f.label.zh) for f in change.factors] == [
        ("group", ("people", "need"), "支出需求"),
        ("pool", ("$pool",), "总额"),
        ("others", ("#others",), "其他单位的变化"),
    ]
    # A: 50, need 80, pool 100, both 160: ½(30 + 60), ½(50 + 80).
    assert change.parts[:, 0].tolist() == [45, 65, 0]


def test_a_county_with_several_rows_is_one_place_and_shared_figures_are_common() -> None:
    rule = loads("""\
id: demo.jobs
title: {zh: 结构, en: Structure}
system: S32
clauses: ["3.2"]
method: {zh: 办法, en: Method, source: us}
per: [county, industry, year]
says: {zh: "{place}", en: "{place}"}
result: share
inputs:
  jobs: {unit: 人, label: {zh: 从业, en: jobs}}
  pay: {unit: 元/人, label: {zh: 工资, en: pay}, per: [industry, year]}
columns:
  share:
    formula: sum(jobs * pay) over (partition by county) / sum(jobs * pay) over ()
    unit: "1"
    per: [county, year]
    label: {zh: 占比, en: share}
""")

    def held(period: str, jobs: list[float], pay: list[float]) -> Result:
        keys = {"county": ["A", "A", "B"], "industry": ["x", "y", "x"]}
        return evaluate(rule, table([], [period] * 3, {"jobs": jobs, "pay": pay}, keys=keys), parameters.none(rule))

    # A: 1·1 + 1·1 of 4, B: 2·1. Then A's jobs in y become 3: 4 of 6.
    change = attribute(held("2020", [1, 1, 2], [1, 1, 1]), held("2021", [1, 3, 2], [1, 1, 1]))
    assert change.places == ("A", "B")
    np.testing.assert_allclose(change.parts, [[1 / 6, 0], [0, -1 / 6]], atol=1e-15)
    # Pay in y doubles: nobody's own figure; A: 1 + 2 of 5.
    change = attribute(held("2020", [1, 1, 2], [1, 1, 1]), held("2021", [1, 1, 2], [1, 2, 1]))
    assert parts(change) == {"pay": pytest.approx([0.1, -0.1])}


def test_another_column_than_the_result() -> None:
    change = attribute(run([1, 2], [3, 1]), run([2, 2], [4, 1], period="2021"), column="claim")
    # A: 3 → 8; 1 → 2 at 3 or 4, 3 → 4 at 1 or 2. Its column looks at nobody else.
    assert parts(change) == {"people": [3.5, 0], "need": [pytest.approx(1.5), 0]}
    with pytest.raises(ProblemsError, match="U010"):
        attribute(run([1], [1]), run([2], [1]), column="nothing")


ALGORITHM = """\
compute: tongchou_test_attribution:share
columns:
  share: {unit: 元, label: {zh: 补助, en: share}}
"""


@pytest.fixture
def sharing(monkeypatch: pytest.MonkeyPatch) -> Rule:
    def share(people: np.ndarray, need: np.ndarray, pool: float, floor: float) -> dict[str, np.ndarray]:
        claim = people * need + floor
        return {"share": claim * pool / claim.sum()}

    module = ModuleType("tongchou_test_attribution")
    module.share = share  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tongchou_test_attribution", module)
    monkeypatch.setattr(algorithm, "TRUSTED", ("tongchou_test_attribution.",))
    return loads(HEAD.replace("columns:\n", "") + ALGORITHM)


def test_an_algorithm_is_split_as_a_formula_is(sharing: Rule) -> None:
    before, after = ([3, 11, 5], [7, 13, 3], 1000, 3), ([4, 12, 4], [6, 11, 4], 1250, 9)
    by_call = attribute(run(*before, rule=sharing), run(*after, rule=sharing, period="2021"))
    by_formula = attribute(run(*before), run(*after, period="2021"))
    assert [f.members for f in by_call.factors] == [f.members for f in by_formula.factors]
    np.testing.assert_allclose(by_call.parts, by_formula.parts, atol=0.02)  # settled in fen, the algorithm's not
    np.testing.assert_allclose(by_call.parts.sum(axis=0), by_call.total, rtol=1e-12)


def test_too_much_work_counts_inputs_everywhere_at_once_and_says_so(
    sharing: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attribution_factors, "_CALLS", 7)
    change = attribute(run([1, 1], [1, 1], rule=sharing), run([3, 1], [1, 1], 200, rule=sharing, period="2021"))
    # B: 50 → 50; everybody's people: 50 → 25, or 100 → 50; the pool 50 → 100, or 25 → 50.
    assert parts(change) == {"people": [37.5, -37.5], "$pool": [62.5, 37.5]}
    assert (change.way, len(change.notes)) == ("together", 1)
    moved = attribute(run([1, 1], [1, 1], rule=sharing), run([1, 1, 2], [1] * 3, 200, rule=sharing, period="2021"))
    assert [f.label.zh for f in moved.factors] == ["总额", "单位增减"]
    # A: 50, pool 100, newcomer 25, both 50.
    assert moved.parts[:, 0].tolist() == [37.5, -37.5]


def test_sentences_print_parts_that_add_up() -> None:
    before = run([1, 1], [1, 1], pool=1_000_000)
    after = run([3, 1], [1, 1], pool=8_000_000, period="2021")
    change = attribute(before, after)
    # 50 万 → 600 万. weight ½(25 + 200) = 112.5, pool ½(350 + 525) = 437.5; together 550.
    assert sentence(change, 0).zh == "A比上年多 550 万元，其中总额 +438，人口 +112"
    assert sentence(change, 0).en == "A: 550 10⁴ CNY more than last year, of which pool +438, population +112"
    assert sentence(change, 1).zh == "B比上年多 150 万元，其中总额 +263，其他单位的变化 −113"
    assert summary(change).zh == "合计比上年多 700 万元，其中总额 +700，人口 +113，其他单位的变化 −113"


def test_a_loss_is_less_and_another_period_is_named() -> None:
    change = attribute(run([3, 1], [1, 1], period="2018"), run([1, 1], [1, 1], period="2021"))
    assert sentence(change, 0).zh == "A比2018年少 25.00 元，其中人口 −25.00"
    assert sentence(change, 1).en == "B: 25.00 CNY more than 2018, of which changes elsewhere +25.00"


@settings(deadline=None)
@given(st.lists(st.floats(-1e10, 1e10), min_size=1, max_size=8), st.sampled_from(["元", "万元", "1", "%", "人"]))
def test_printed_parts_sum_to_the_printed_total(values: list[float], unit: str) -> None:
    held = np.array(values)
    _, shown, total, decimals = printed(float(held.sum()), held, unit)
    assert round(sum(shown) * 10**decimals) == round(total * 10**decimals)


def test_the_record_is_complete_json() -> None:
    found = record(attribute(run([1, 1], [1, 1]), run([3, 1], [1, 1], pool=200, period="2021")), runs=("a", "b"))
    assert found["schema"] == "tongchou.change/1"
    assert [f["id"] for f in found["factors"]] == ["people", "$pool", "#others"]
    assert found["places"][0]["parts"] == {"people": 37.5, "$pool": 62.5, "#others": 0}
    assert found["places"][0]["figures"] == {"people": [1, 3], "need": [1, 1]}
    assert found["places"][0]["status"] == "assumed"
    assert [v["value"] for v in found["parameters"]["$pool"]] == [100, 200]
