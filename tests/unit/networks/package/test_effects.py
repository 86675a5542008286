"""What projects of a small network save, and what closing a link does, added up in the head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.package import read
from tongchou.networks.package.direct import direct
from tongchou.networks.package.effects import cuts, trips_to_hubs, trips_to_places, worths

Package = Callable[..., Path]
DAY = date(2022, 6, 1)


def test_each_resident_makes_one_trip(package: Package) -> None:
    trips = trips_to_places(read(package(), "small"))
    assert trips.origins == ("a", "b", "c")
    # of a's 100, two fifths of the others live in b and three fifths in c
    np.testing.assert_allclose(trips.number, [[0, 40, 60], [50, 0, 150], [100, 200, 0]])
    assert trips_to_hubs(read(package(), "small")).number.shape == (3, 0)


def test_what_projects_save_alone_and_together(package: Package) -> None:
    network = read(package(), "small")
    (saved,) = worths(network, DAY, ["tunnel", "metro"], [trips_to_places(network)])
    # the tunnel saves 70 on every trip to or from c (60 + 150 + 300), the metro 15 between a and b or c (90 + 160)
    assert saved[frozenset(["tunnel"])] == 70 * 510
    assert saved[frozenset(["metro"])] == 15 * 250
    assert saved[frozenset(["tunnel", "metro"])] == 70 * 510 + 15 * 250  # the two stretches do not touch each other
    with pytest.raises(ProblemsError):
        worths(network, DAY, [], [trips_to_places(network)])


def test_closing_a_link_cuts_or_delays(package: Package) -> None:
    network = read(package(), "small")
    found = {(c.link.tail, c.link.head): c for c in cuts(network, DAY, [trips_to_places(network)])}
    assert (found["b", "c"].cut, found["b", "c"].lost) == (510, 0)  # there is no other way to c
    assert (found["a", "b"].cut, found["a", "b"].lost) == (0, 0)  # the metro is quicker anyway
    assert set(found) == {("a", "b"), ("b", "c")}  # walks are left out


def test_direct_ways_have_the_status_of_their_link(package: Package) -> None:
    network = read(package(), "small")
    found = direct(network.on(date(2020, 7, 1)), ["a", "b", "c"])
    assert found.minutes.tolist() == [[0, 30, np.inf], [30, 0, 20], [np.inf, 20, 0]]
    assert found.status[1, 2] == 4 and found.status[0, 1] == 2  # reported; km at an assumed speed
