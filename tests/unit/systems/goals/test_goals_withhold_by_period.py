"""A measure that is undefined leaves its own period without a result, with the reason, and no other."""

import numpy as np
import pytest

from tongchou.catalogue import rules
from tongchou.rules import parameters
from tongchou.rules.algorithm import Withheld
from tongchou.rules.evaluate import evaluate
from tongchou.rules.table import table
from tongchou.systems.goals import rules as adapters


def test_a_zero_start_withholds_its_period_alone():
    rule = rules()["goals.convergence"]
    figures = table(
        ["A", "B", "C"] * 2,
        ["2020"] * 3 + ["2021"] * 3,
        {"before": [0, 1, 2, 1, 2, 4], "now": [1, 2, 3, 4, 2, 1]},
    )
    result = evaluate(rule, figures, parameters.none(rule).given("test", years=1, level=0.05))
    by_period = dict(zip(figures.periods, result.values["beta"], strict=True))
    assert np.isnan(by_period["2020"])
    assert by_period["2021"] == pytest.approx(-2)
    told = " ".join(problem.message.zh for problem in result.problems)
    assert "增长率" in told


def test_every_refusal_is_told_in_both_languages():
    with pytest.raises(Withheld) as held:
        adapters.convergence(np.array([0.0, 1]), np.array([1.0, 2]), 1, 0.05, lambda *_: None)
    assert "单位" in held.value.why.zh and "；" in held.value.why.zh  # too few and a zero, both said
    assert "units" in held.value.why.en
    with pytest.raises(Withheld):
        adapters.dispersion(np.zeros(3), np.ones(3), 1.0)
    with pytest.raises(Withheld):
        adapters.gini_dagum(np.zeros(2), np.ones(2), np.array([1.0, 2]))
    with pytest.raises(Withheld):
        adapters.dispersion(np.ones(1), np.ones(1), 1.0)


def test_an_index_without_a_centre_or_without_services_is_withheld():
    one = {"county": ["A", "B"], "indicator": ["x", "x"], "freedom": 0.1}
    even = {"people": np.ones(2), "weight": np.ones(2), "direction": np.ones(2)}
    with pytest.raises(Withheld):
        adapters.gap_index(np.ones(2), ring=np.array([2.0, 2]), **even, **one)
    with pytest.raises(Withheld):  # nobody has any: a Gini of nothing
        adapters.gap_index(np.zeros(2), ring=np.array([1.0, 2]), **even, **one)


def test_the_test_of_convergence_says_how_it_was_done():
    """Eight counties: all 40,320 arrangements are counted, and at least this one is as extreme as itself."""
    noted = {}
    before = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    found = adapters.convergence(before, before**0.5, 10, 0.05, lambda name, value, words: noted.update({name: value}))
    assert noted == {"arrangements": 40320, "exact": 1, "smallest_p": pytest.approx(1 / 40320)}
    assert found["p"] == pytest.approx(1 / 40320)
