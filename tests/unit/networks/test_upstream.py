"""A river by hand: what lies upstream, how long water takes, orders and sums."""

from __future__ import annotations

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.upstream import gathered_down, river, stream_order, upstream

# Two springs meet at m, a third joins below; 36 km at 1 m/s are ten hours.
FEN = river(
    ["s1", "s2", "m", "s3", "j"], ["m", "m", "j", "j", "out"], [36.0, 72.0, 18.0, 36.0, 36.0], [1.0, 1.0, 0.5, 2.0, 1.0]
)


def test_everything_upstream_of_a_section() -> None:
    section = FEN.distance.numbers(["j"])[0]
    found = upstream(FEN, int(section))
    names = FEN.distance.nodes[found.nodes].tolist()
    assert dict(zip(names, found.hours.tolist(), strict=True)) == pytest.approx(
        {"j": 0.0, "s3": 5.0, "m": 10.0, "s1": 20.0, "s2": 30.0}
    )
    assert names == ["j", "s3", "m", "s1", "s2"]
    assert found.kilometres.tolist() == [0.0, 36.0, 18.0, 54.0, 90.0]
    near = upstream(FEN, int(section), within_hours=12)
    assert FEN.distance.nodes[near.nodes].tolist() == ["j", "s3", "m"]


def test_orders_and_sums_go_down() -> None:
    assert stream_order(FEN).tolist() == [1, 1, 2, 1, 2]
    amounts = [1.0 if str(n).startswith("s") else 0.0 for n in FEN.distance.nodes]
    total = dict(zip(FEN.distance.nodes.tolist(), gathered_down(FEN, amounts).tolist(), strict=True))
    assert total == {"s1": 1.0, "s2": 1.0, "s3": 1.0, "m": 2.0, "j": 3.0, "out": 3.0}
    split = river(["a", "a"], ["b", "c"], [1, 1], [1, 1])
    assert gathered_down(split, [4.0, 0.0, 0.0]).tolist() == [4.0, 2.0, 2.0]
    place = {name: i for i, name in enumerate(FEN.distance.nodes[FEN.nodes].tolist())}
    assert place["s1"] < place["m"] < place["j"] < place["out"] and place["s3"] < place["j"]


def test_faults_are_told() -> None:
    with pytest.raises(ProblemsError) as caught:
        river(["a", "b", "c"], ["b", "c", "b"], [1, 1, 1], [1, 1, 1])
    assert [p.code for p in caught.value.problems] == ["N023"]
    with pytest.raises(ProblemsError) as caught:
        river(["a", "b"], ["b", "c"], [1, 1], [0, -1])
    assert [p.code for p in caught.value.problems] == ["N015", "N015"]
    with pytest.raises(ProblemsError):
        gathered_down(FEN, [1.0])
    with pytest.raises(ProblemsError):
        upstream(FEN, 99)


def test_only_nodes_of_a_circle_are_named_and_all_faults_at_once() -> None:
    with pytest.raises(ProblemsError) as caught:
        river(["a", "b", "c", "d", "s"], ["b", "a", "d", "d", "a"], [1] * 5, [1] * 5)
    assert "a、b、d" in caught.value.problems[0].message.zh  # s flows into a circle, and c into one node's own
    with pytest.raises(ProblemsError) as caught:
        river(["a", "b"], ["b", "c"], [-1, 1], [1, 0])
    assert [p.code for p in caught.value.problems] == ["N015", "N002"]
