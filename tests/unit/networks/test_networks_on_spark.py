"""Two Spark workers give the bits one machine gives. Skipped without Java or pyspark, but never in CI."""

from __future__ import annotations

import importlib.util
import os
import shutil
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from tests.unit.networks.graphs import streets

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.decay import exponential, step, within
from tongchou.networks.reach import gathered
from tongchou.networks.search import cost_table

LACKING = [name for name in ("pyspark", "pyarrow") if importlib.util.find_spec(name) is None]
LACKING += [] if shutil.which("java") else ["java"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    if LACKING:
        reason = f"{', '.join(LACKING)} not installed (pip install 'tongchou[scale]', and a Java runtime)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from tongchou.rules.spark import local

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyspark's own, about the pandas beside it, which is not used here
        found = local(2)
        found.sparkContext.setLogLevel("OFF")
        yield found
        found.stop()


@pytest.mark.parametrize("kind", ["ticks", "doubles"])
def test_two_workers_give_the_bits_of_one_machine(session: Any, kind: str) -> None:
    from tongchou.networks.spark import cost_table_on_spark, gathered_on_spark

    held = streets(5, kind=kind)
    draw = np.random.default_rng(0)
    origins, ends = draw.choice(held.size, 60), draw.choice(held.size, 20)
    whole = np.full((60, 20), np.nan)
    sizes = []
    for places, rows in cost_table_on_spark(session, held, origins, ends, 9.0, partitions=4):
        whole[places] = rows
        sizes.append(len(places))
    assert sizes == [15] * 4
    assert np.array_equal(whole, cost_table(held, origins, ends, 9.0, by="hierarchy"))
    supply = draw.uniform(0, 1, 20)
    for decay in (step(8), within(exponential(0.2), 12)):
        found = gathered_on_spark(session, held, origins, ends, supply, decay)
        expected = gathered(held, ends, supply, decay, by="hierarchy")[origins]
        if kind == "ticks":
            assert np.array_equal(found, expected)
        else:  # doubles are added up from the other end
            np.testing.assert_allclose(found, expected, rtol=1e-12)
    with pytest.raises(ProblemsError):
        gathered_on_spark(session, held, origins, ends, [1.0], step(8))
