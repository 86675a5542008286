from __future__ import annotations

import sys
from fractions import Fraction

import pytest

from tongchou.kernel.measures import KNOWN, NONE, measure
from tongchou.kernel.units import factor, has_offset, is_unit, registry, unit


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_unit_is_what_pint_has(name: str) -> None:
    root = registry().Quantity(1.0, unit(name)).to_root_units()
    assert float(KNOWN[name][0]) == pytest.approx(root.magnitude, rel=1e-14)
    theirs = {str(n): e for n, e in unit(name).dimensionality.items()}
    assert {n: float(e) for n, e in measure(name).dimensions} == theirs


@pytest.mark.parametrize(
    "text",
    [
        "元/人",
        "万元/平方公里",
        "1/天",
        "km²",
        "m³/s",
        "mg/L",
        "亿元/万人",
        "元/人/年",
        "人*年",
        "km**2",
        "m^-1",
        "kWh/人",
        "GPa",
    ],
)
def test_a_product_converts_as_pint_converts_it(text: str) -> None:
    ours, theirs = measure(text), unit(text)
    root = registry().Quantity(1.0, theirs).to_root_units()
    assert float(ours.factor) == pytest.approx(root.magnitude, rel=1e-12)
    assert {n: float(e) for n, e in ours.dimensions} == {str(n): e for n, e in theirs.dimensionality.items()}


def test_factors_are_exact() -> None:
    assert measure("公顷").to(measure("亩")) == 15.0
    assert measure("亿元").to(measure("万元")) == 10_000.0
    assert measure("%").to(NONE) == 0.01
    assert measure("个百分点").to(measure("‰")) == 10.0
    per_head = measure("万元") / measure("人") * measure("万人")
    assert per_head.dimensions == measure("元").dimensions
    assert per_head.factor == Fraction(10**8)
    assert (measure("km²") ** 0.5).to(measure("m")) == 1000.0


def test_units_are_shown_as_they_were_written() -> None:
    assert str(measure("万元") / measure("人")) == "万元/人"
    assert str(measure("元") * measure("元")) == "元**2"
    assert str(NONE) == "1"


@pytest.mark.parametrize("text", ["斤两", "元人", "元/", "m**12", "9**9", "m**2**3", "元/2", "x" * 70])
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="unknown unit"):
        measure(text)


def test_the_usual_units_never_start_pint() -> None:
    import subprocess

    code = (
        "import sys; from tongchou.kernel.units import factor, is_unit, same_dimension;"
        "assert factor('万元', '分') == 1e6 and is_unit('元/人') and same_dimension('亩', '公顷');"
        "sys.exit('pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_an_offset_is_no_factor() -> None:
    assert has_offset("degC") and not has_offset("K") and not has_offset("元/人")
    for target in ("K", "degF"):
        with pytest.raises(ValueError, match="offset"):
            factor("degC", target)
    assert is_unit("degC/m")
