"""What cannot be answered is refused with a reason, and the edges that are answerable are answered."""

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.compensation import demands, marginal
from tongchou.systems.compensation.coalitions import additive
from tongchou.systems.compensation.comparison import side_by_side
from tongchou.systems.compensation.core import core_test, excesses
from tongchou.systems.compensation.line_project import line_costs
from tongchou.systems.compensation.nucleolus import nucleolus
from tongchou.systems.compensation.threshold import agreeable_share, zeros_piecewise_linear

ADDITIVE = additive([2.0, 3.0, 4.0])
# Alone 1 each, together 3 (separable 2, remaining −1) …
WORSE = [0, 1, 1, 3.0]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: marginal.scrb([0, 1, 1, 1.5], [1, 1, 1]), "C001"),
        (lambda: marginal.scrb(WORSE), "C006"),
        # Three alike: 2 alone, 3 in pairs, 5 together: separable 2 is all they have, and one unit is missing.
        (lambda: marginal.scrb([0, 2, 2, 3, 2, 3, 3, 5.0]), "C005"),
        (lambda: marginal.gately([0, 2, 2, 3, 2, 3, 3, 5.0]), "C005"),
        (lambda: excesses([0, 1, 1, 2], [1, 1, 1]), "C001"),
        (lambda: excesses([0, 1, 1, 2], [1, np.nan]), "C002"),
        (lambda: demands.talmud(-1, [1, 2]), "C003"),
        (lambda: agreeable_share([0, 1, 1, 2], [1, 1, 1], 0), "C001"),
        (lambda: zeros_piecewise_linear([0, 0], [1, 2]), "C016"),
        (lambda: nucleolus(np.append(0, np.ones((1 << 19) - 1))), "C009"),
        (lambda: core_test(np.append(0, np.ones((1 << 19) - 1)), np.ones(19)), "C009"),
        (lambda: line_costs(np.nan, [1], [1]), "C002"),
        (lambda: line_costs(0, [1, 2], [1]), "C001"),
        (lambda: line_costs(0, np.ones(25), np.ones(25)), "C009"),
    ],
)
def test_refusals(call, code):
    with pytest.raises(ProblemsError) as error:
        call()
    assert [problem.code for problem in error.value.problems] == [code]


def test_nothing_left_to_share_leaves_everybody_its_own():
    for method in (marginal.scrb, marginal.gately):
        assert method(ADDITIVE).tolist() == [2, 3, 4]


def test_talmud_of_everything_and_nothing():
    assert demands.talmud(6, [1, 2, 3]).tolist() == [1, 2, 3]
    assert demands.talmud(3, [1, 2, 3]).tolist() == [0.5, 1, 1.5]
    assert demands.talmud(0, [1, 2, 3]).tolist() == [0, 0, 0]


def test_a_share_whose_coalitions_do_not_depend_on_it_is_still_tested():
    """The pair of the others always pays 6 − what member 0 pays; alone a and b are at their limits whatever p is."""
    found = agreeable_share(ADDITIVE, [1, 3, 4], 0)
    assert found is not None
    assert found.low == pytest.approx(2 / 9)
    assert found.high == pytest.approx(2 / 9)
    # Member 2 has no benefit and pays nothing whatever p is; alone it would be paid one: no p keeps it.
    assert agreeable_share([0, 2, 2, 4, -1, 2, 2, 4.0], [1, 1, 0], 0) is None


def test_quantities_that_are_not_the_project_s_are_not_forced_to_fit():
    by = {o.method: o for o in side_by_side(ADDITIVE, unit=0.01, quantities=[1, 1, 1], cost_of=lambda q: q)}
    assert [p.code for p in by["serial"].withheld] == ["C017"]
