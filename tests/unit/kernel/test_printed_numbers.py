"""How numbers are printed in sentences and tables."""

from __future__ import annotations

import pytest

from tongchou.kernel.numbers import figure, measured


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1234.0, "1", "1,234"),
        (-1234.5, "万元", "−1,234.5"),
        (333333.333333, "元", "333,333.33"),
        (333333.3, "元", "333,333.30"),
        (5.0, "元", "5"),
        (0.123456, "1", "0.1235"),
        (0.00012345, "1", "0.0001234"),
        (12.3456, "1", "12.35"),
        (1234567.89, "人", "1,234,568"),
        (1e-12, "1", "1e−12"),
    ],
)
def test_a_figure_shows_the_digits_it_needs(value: float, unit: str, shown: str) -> None:
    assert figure(value, unit) == shown


def test_whole_amounts_show_fen_where_they_stand_under_others() -> None:
    assert figure(5.0, "元", aligned=True) == "5.00"
    assert figure(5.0, "人", aligned=True) == "5"


def test_units_follow_as_each_language_has_them() -> None:
    assert measured(1.5, "万元").zh == "1.5万元"
    assert measured(1.5, "万元").en == "1.5 10⁴ CNY"
    assert measured(12.0, "%").en == "12%"
    assert measured(0.5, "1").en == "0.5"
