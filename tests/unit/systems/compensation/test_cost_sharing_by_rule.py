"""Cost sharing as rules: the published games through the declared rule, its notes, and what it refuses."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from tongchou.catalogue import built_in
from tongchou.kernel.problems import ProblemsError
from tongchou.rules import parameters
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.table import table

FOLDER = Path(__file__).parents[3] / "worked" / "published"
# What the papers print and the rule has a column for.
METHODS = ("scrb", "shapley", "nucleolus", "weak_least_core", "proportional_least_core")


def run(id_: str, given: dict[str, dict[str, float]]) -> Result:
    rule = built_in().rules[id_]
    inputs = rule.declared.inputs
    figures = table(list(given), ["2021"] * len(given), {n: [row[n] for row in given.values()] for n in inputs})
    return evaluate(rule, figures, parameters.none(rule))


def share(costs: dict[str, float]) -> Result:
    return run("compensation.cost_sharing", {name: {"cost": cost} for name, cost in costs.items()})


def published():
    for file in ("C_skane.yaml", "C_tva.yaml"):
        case = yaml.safe_load((FOLDER / file).read_text("utf-8"))
        for check in case["checks"]:
            if check["method"] in METHODS:
                yield pytest.param(case, check, id=f"{file} {check['method']}")


@pytest.mark.parametrize(("case", "check"), list(published()))
def test_a_published_game_comes_out_of_the_rule(case, check):
    result = share(case["costs"])
    paid = dict(zip(result.table.places, result.values[f"pays_{check['method']}"], strict=True))
    for player, printed in zip(case["players"], check["printed"], strict=True):
        expected = check.get("differs", {}).get(player, {"computed": printed})["computed"]
        assert paid[player] == pytest.approx(expected, abs=check["within"]), player
    everyone = "+".join(case["players"])
    assert paid[everyone] == pytest.approx(case["costs"][everyone])


def test_the_towns_of_skane_that_would_leave_under_separable_costs_are_named():
    """Young, Okada & Hashimoto: SCRB and the Shapley value are outside the core of this game, the nucleolus is not."""
    case = yaml.safe_load((FOLDER / "C_skane.yaml").read_text("utf-8"))
    result = share(case["costs"])
    notes = {note.name: note for note in result.notes}
    for method in ("scrb", "shapley"):
        leaving = notes[f"leaves_{method}"]
        worst = int(np.argmin(result.values[f"room_{method}"]))
        assert leaving.value == pytest.approx(-result.values[f"room_{method}"][worst], abs=1e-6)
        assert leaving.words.en.split(": ")[1].startswith(", ".join(result.table.places[worst].split("+")))
        assert notes[f"transfers_{method}"].value >= leaving.value - 1e-9
    assert "stays_nucleolus" in notes
    assert result.values["room_nucleolus"].min() >= 0


def test_an_empty_core_asks_for_a_subsidy():
    """Three parties, every pair at 6 and all three at 10: a pair pays 20/3 on average, two thirds too much."""
    result = share({"A": 5, "B": 5, "C": 5, "A+B": 6, "A+C": 6, "B+C": 6, "A+B+C": 10})
    notes = {note.name: note.value for note in result.notes}
    assert notes["leaves_equal"] == pytest.approx(2 / 3)
    assert notes["subsidy_equal"] == pytest.approx(1)  # pairs at 6 can raise 9 of the 10


def test_a_method_that_does_not_apply_says_why():
    result = share({"A": 4, "B": 4, "A+B": 10})
    assert np.isnan(result.values["pays_nucleolus"]).all()
    words = {note.name: note.words for note in result.notes}
    assert "合建费用 10" in words["no_nucleolus"].zh
    assert "more than 8" in words["no_nucleolus"].en


def test_coalitions_that_are_missing_or_misspelt_are_refused():
    with pytest.raises(ProblemsError) as missing:
        share({"A": 1, "B": 1})
    assert [p.code for p in missing.value.problems] == ["C012"]
    with pytest.raises(ProblemsError) as repeated:
        share({"A": 1, "B": 1, "A+A": 2, "A+B": 2})
    assert "C011" in [p.code for p in repeated.value.problems]


def test_the_contested_benefit_names_who_leaves_at_which_share():
    rows = {
        "A": {"common": 2, "reach": 4, "own": 1, "benefit": 3},
        "B": {"common": 2, "reach": 10, "own": 1, "benefit": 7},
    }
    ends = {(round(n.value, 6), n.words.en) for n in run("compensation.line_project", rows).notes}
    assert (0.5, "benefit of A above this share: A leave") in ends
    assert (0.071429, "benefit of A below this share: B leave") in ends


def test_by_use_is_the_shapley_value_of_the_line():
    rows = {
        p: {"common": 3, "reach": reach, "own": own, "benefit": 1}
        for p, reach, own in (("A", 5, 1), ("B", 9, 0), ("C", 9, 4), ("D", 20, 2))
    }
    result = run("compensation.line_project", rows)
    game = {}
    for mask in range(1, 16):
        members = [p for i, p in enumerate(rows) if mask >> i & 1]
        game["+".join(members)] = 3 + max(rows[p]["reach"] for p in members) + sum(rows[p]["own"] for p in members)
    by_coalition = share(game)
    paid = dict(zip(by_coalition.table.places, by_coalition.values["pays_shapley"], strict=True))
    assert [paid[p] for p in rows] == pytest.approx(result.values["by_use"].tolist())


def test_a_fund_that_is_enough_is_not_divided():
    result = run("compensation.estate", {"A": {"estate": 31, "claim": 10}, "B": {"estate": 31, "claim": 20}})
    assert np.isnan(result.values["talmud"]).all()
    assert [p.code for p in result.problems if p.code == "U044"] == ["U044"]
