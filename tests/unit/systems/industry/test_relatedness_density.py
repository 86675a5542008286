"""Relatedness density against its definition, written out with loops."""

import numpy as np
import pytest

from tongchou.rules.algorithm import Withheld
from tongchou.systems.industry.relatedness import density


def by_definition(strong):
    counties, industries = strong.shape
    near = np.zeros((industries, industries))
    for i in range(industries):
        for j in range(industries):
            both = sum(strong[c, i] and strong[c, j] for c in range(counties))
            if i != j and both:
                near[i, j] = min(both / strong[:, i].sum(), both / strong[:, j].sum())
    around = near.sum(axis=0)
    return [
        [100 * sum(near[i, j] * strong[c, i] for i in range(industries)) / around[j] for j in range(industries)]
        for c in range(counties)
    ]


def test_density_is_the_smaller_conditional_probability_of_what_is_strong():
    rng = np.random.default_rng(1)
    quotient = rng.uniform(0.2, 2, (6, 5))
    quotient[0] = 2.0  # one county strong in all, so that every industry is near to another
    county, industry = np.repeat(list("ABCDEF"), 5).tolist(), list("vwxyz") * 6
    found = density(quotient.ravel(), 1.0, county, industry)
    np.testing.assert_array_equal(found["strong"], (quotient >= 1).ravel())
    np.testing.assert_allclose(found["density"], np.ravel(by_definition(quotient >= 1)), rtol=1e-12)


def test_a_county_that_lacks_an_industry_withholds_all():
    with pytest.raises(Withheld):
        density(np.ones(3), 1.0, ["A", "A", "B"], ["x", "y", "x"])
