"""The minimiser on functions whose minimum is known."""

from __future__ import annotations

import numpy as np
import pytest

from tongchou.region.layout.descent import minimise


def test_a_narrow_valley():
    def rosenbrock(at):
        x, y = at
        slope = np.array([-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)])
        return 100 * (y - x * x) ** 2 + (1 - x) ** 2, slope

    assert minimise(rosenbrock, np.array([-1.2, 1.0]), 200) == pytest.approx([1, 1], abs=1e-3)


def test_a_function_with_kinks():
    def sum_of_sides(at):
        return float(np.abs(at - [1, -2, 3]).sum() + 0.1 * at @ at), np.sign(at - [1, -2, 3]) + 0.2 * at

    assert minimise(sum_of_sides, np.zeros(3), 100) == pytest.approx([1, -2, 3], abs=1e-3)


def test_it_never_goes_up_nor_into_what_is_no_number():
    def only_positive(at):
        with np.errstate(all="ignore"):
            return float((at - np.log(at)).sum()), 1 - 1 / at

    assert minimise(only_positive, np.array([5.0, 0.01]), 100) == pytest.approx([1, 1], abs=1e-3)


def test_it_stays_at_a_minimum():
    start = np.zeros(2)
    assert minimise(lambda at: (float(at @ at), 2 * at), start, 10) is start
