"""Every published case of inequality, primacy, convergence and coordination."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from tongchou.systems.goals import convergence, coordination, primacy
from tongchou.systems.goals.decomposition import dagum, theil_t_parts
from tongchou.systems.goals.inequality import atkinson, gini, theil_t, williamson

FOLDER = Path(__file__).parents[3] / "worked" / "published"


def load(name):
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))


def case(name, key):
    return next(c for c in load(name) if key in c)


@pytest.fixture(scope="module")
def mexico():
    return load("D_mexico")


def gdp_of(data):
    return np.array([state["gdp"] for state in data["states"]], dtype=float).T


def test_theil_and_gini_of_mexico_are_the_package_s(mexico):
    assert theil_t(gdp_of(mexico)) == pytest.approx(mexico["theil"]["printed"], abs=mexico["theil"]["within"])
    assert gini(gdp_of(mexico)) == pytest.approx(mexico["gini"]["printed"], abs=mexico["gini"]["within"])


def test_dagum_of_mexico_adds_up_to_the_package_s_gini(mexico):
    parts = dagum(gdp_of(mexico), [state["region"] for state in mexico["states"]])
    assert parts.total == pytest.approx(mexico["gini"]["printed"], abs=1e-9)
    printed = mexico["dagum"]
    assert parts.within == pytest.approx(printed["within_groups"], abs=printed["within"])
    assert parts.between == pytest.approx(printed["between"], abs=printed["within"])
    assert parts.overlap == pytest.approx(printed["overlap"], abs=printed["within"])


def test_atkinson():
    given = case("D_single_numbers", "expected")
    for row in given["expected"]:
        index = float(atkinson(given["values"], row["aversion"]))
        assert index == pytest.approx(row["index"], abs=given["within"])
        if "equivalent" in row:
            assert (1 - index) * np.mean(given["values"]) == pytest.approx(row["equivalent"], abs=given["within"])


def test_theil_where_half_have_nothing():
    given = case("D_single_numbers", "theil")
    parts = theil_t_parts(given["values"], given["groups"])
    for name, value in given["theil"].items():
        assert float(getattr(parts, name)) == pytest.approx(value, abs=given["within"])


def test_williamson():
    given = case("D_single_numbers", "williamson")
    found = float(williamson(given["values"], given["population"]))
    assert found == pytest.approx(given["williamson"], abs=given["within"])


def test_primacy_and_rank_size():
    given = case("D_single_numbers", "primacy")
    sizes = 1000 / np.arange(1, given["rank_size"] + 1)
    for cities, index in given["primacy"].items():
        assert float(primacy.primacy(sizes, 0, cities)) == pytest.approx(index, abs=given["within"])
    assert primacy.rank_size_slope(sizes) == pytest.approx(given["zipf_slope"], abs=1e-9)


def test_the_shifted_rank_regression_is_nearer_to_the_truth():
    """Gabaix & Ibragimov 2011: with 50 draws from a Pareto tail of exponent 1, ln(rank − ½) is less biased."""
    rng = np.random.default_rng(1)
    draws = [1 / rng.uniform(size=50) for _ in range(400)]
    shifted = np.mean([primacy.rank_size_slope(d, shifted=True) for d in draws])
    assert abs(shifted - 1) < 0.5 * abs(np.mean([_unshifted(d) for d in draws]) - 1)


def _unshifted(sizes):
    """ln rank on ln size without the half: the regression whose bias the half takes away."""
    size, rank = np.log(np.sort(sizes)[::-1]), np.log(np.arange(1, sizes.size + 1))
    return -np.polyfit(size, rank, 1)[0]


def test_speed_and_half_life():
    given = case("D_single_numbers", "beta")
    speed = convergence.speed_of_convergence(given["beta"], given["years"])
    assert speed == pytest.approx(given["speed"]["printed"], abs=given["speed"]["within"])
    assert convergence.half_life(speed) == pytest.approx(
        given["half_life"]["printed"], abs=given["half_life"]["within"]
    )


def test_coupling_of_urban_and_rural_logistics():
    given = case("D_coordination", "columns")
    rows = np.array(given["rows"])
    levels = rows[:, 1:3]
    assert coordination.coupling(levels) == pytest.approx(rows[:, 3], abs=given["within"])
    assert coordination.coordination(levels) == pytest.approx(rows[:, 5], abs=given["within"])


def test_corrected_coupling():
    given = case("D_coordination", "corrected")
    for row in given["rows"]:
        assert float(coordination.corrected_coupling(row["levels"])) == pytest.approx(row["C"], abs=given["within"])


def test_ten_steps():
    given = case("D_coordination", "edges")
    steps = coordination.step([row["degree"] for row in given["rows"]], given["edges"])
    assert [given["names"][k] for k in steps] == [row["step"] for row in given["rows"]]
