"""Break-even: where a conclusion flips, by hand, for results that move smoothly, in steps and to the fen."""

from __future__ import annotations

from math import exp

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules import parameters
from tongchou.rules.parameters import Parameters
from tongchou.rules.rule import Rule, loads
from tongchou.rules.table import Table, table
from tongchou.rules.whatif.breakeven import Breakeven, breakeven
from tongchou.rules.whatif.conclusions import Above, Exceeds, RankOf

NAN = float("nan")


def given(formula: str, people: list[float], closes: str = "", pool: float = 100) -> tuple[Rule, Table, Parameters]:
    rule = loads(f"""\
id: demo.share
title: {{zh: 分配, en: Sharing}}
system: S20
clauses: ["3.2"]
method: {{zh: 办法, en: Method, source: us}}
per: [county, year]
says: {{zh: "{{place}}", en: "{{place}}"}}
result: share
inputs:
  people: {{unit: "1", label: {{zh: 人口, en: population}}, at_least: 0}}
parameters:
  pool: {{unit: 元, label: {{zh: 总额, en: pool}}}}
columns:
  share: {{formula: "{formula}", unit: 元, label: {{zh: 补助, en: share}}{closes}}}
""")
    figures = table(list("ABC"[: len(people)]), ["2021"] * len(people), {"people": people})
    return rule, figures, parameters.none(rule).given("me", pool=pool)


SHARE = "people * $pool / sum(people) over ()"
CLOSES = ", closes: {to: $pool, exactly: true, unit: 分}"


def values(found: Breakeven) -> list[float]:
    return [flip.value for flip in found.flips]


def test_one_place_overtakes_another() -> None:
    found = breakeven(*given(SHARE, [1, 3]), "people.A", 0, 10, Exceeds("A", "B"))
    assert values(found) == [pytest.approx(3, abs=1e-10)]
    assert (found.flips[0].before, found.flips[0].after) == (False, True)
    assert (found.now, found.answer) == (1, False)
    assert found.resolution == 0.05


def test_settled_money_flips_where_the_fen_goes_over() -> None:
    # A and B have 50.00 each until A's claim is 50.005, for equal remainders go to the larger: 3 × 50.005 / 49.995.
    found = breakeven(*given(SHARE, [1, 3], CLOSES), "people.A", 0, 10, Exceeds("A", "B"))
    assert values(found) == [pytest.approx(3 * 50.005 / 49.995, abs=1e-7)]
    assert found.words()[0].zh == "人口（A）达到 3.0006 时结论改变：由“A不多于B”变为“A多于B”"


def test_a_column_crosses_a_value() -> None:
    # x / (x + 3) × 100 is 40 at x = 2.
    found = breakeven(*given(SHARE, [1, 3]), "people.A", 0, 10, Above("A", 40, unit="元"))
    assert values(found) == [pytest.approx(2, abs=1e-10)]
    assert found.words()[0].en == (
        "at 2 of population (A) the conclusion flips: from “A is not above 40 CNY” to “A is above 40 CNY”"
    )


def test_every_change_of_a_rank_is_found() -> None:
    # Of 2 and 5 held by others: third below 2, second from 2 on, first from 5 on (ties are alike).
    found = breakeven(*given(SHARE, [1, 2, 5]), "people.A", 0, 10, RankOf("A", names={"A": Text("娄烦县", "Loufan")}))
    assert values(found) == [pytest.approx(2, abs=1e-9), pytest.approx(5, abs=1e-9)]
    assert [(f.before, f.after) for f in found.flips] == [(3, 2), (2, 1)]
    assert found.words()[1].zh.endswith("由“娄烦县排第2”变为“娄烦县排第1”")


def test_there_and_back_again() -> None:
    found = breakeven(*given("(people - 1) * (people - 3.3) * $pool", [0]), "people.A", 0, 5, Above("A", 0))
    assert values(found) == [pytest.approx(1, abs=1e-10), pytest.approx(3.3, abs=1e-10)]
    assert [f.after for f in found.flips] == [False, True]


def test_a_jump_is_found_though_nothing_is_zero_there() -> None:
    found = breakeven(
        *given("case when people >= 2.5 then $pool else -1 * $pool end", [0]), "people.A", 0, 5, Above("A", 0)
    )
    assert values(found) == [pytest.approx(2.5, abs=1e-10)]
    assert found.flips[0].high - found.flips[0].low < 1e-10


def test_a_parameter_and_another_column_than_the_result() -> None:
    found = breakeven(*given(SHARE, [1, 3]), "$pool", 0, 1000, Above("A", 100, column="share"))
    assert values(found) == [pytest.approx(400, abs=1e-8)]


def test_no_flip_is_said() -> None:
    found = breakeven(*given(SHARE, [1, 3]), "$pool", 1, 1000, Exceeds("A", "B"))
    assert found.flips == ()
    assert found.words() == (
        Text("总额从 1 到 1,000，结论不变", "from 1 to 1,000 of pool the conclusion does not flip"),
    )


def test_where_the_result_ends_is_a_flip_too() -> None:
    found = breakeven(*given("ln(people - 2) * $pool", [5]), "people.A", 0, 2.5, Above("A", -1000))
    assert [(f.before, f.after) for f in found.flips] == [(None, False), (False, True)]
    # 100 × ln(x − 2) is −1000 at x = 2 + e⁻¹⁰.
    assert values(found) == [pytest.approx(2, abs=1e-9), pytest.approx(2 + exp(-10), abs=1e-9)]
    assert found.words()[0].en.endswith("from “no result” to “A is not above −1,000”")


@pytest.mark.parametrize(
    ("setting", "low", "high", "conclusion", "codes"),
    [
        ("$none", 0, 1, RankOf("A"), ["U062"]),
        ("$pool", 1, 1, RankOf("A"), ["U063"]),
        ("$pool", 0, NAN, RankOf("A"), ["U063"]),
        ("$pool", 0, 1, Exceeds("Y", "Z"), ["U062", "U062"]),
        ("$pool", 0, 1, Above("A", 0, column="none"), ["U010"]),
        ("people.A", -2, -1, RankOf("A"), ["U029", "U029"]),
    ],
)
def test_what_cannot_be_asked_is_refused(
    setting: str, low: float, high: float, conclusion: RankOf, codes: list[str]
) -> None:
    with pytest.raises(ProblemsError) as error:
        breakeven(*given(SHARE, [1, 3]), setting, low, high, conclusion)
    assert [p.code for p in error.value.problems] == codes
