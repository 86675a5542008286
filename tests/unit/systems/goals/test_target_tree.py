"""The targets of 2022, 2035 and 2050 as the implementing opinions promise them."""

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals.target_tree import Milestone, successions

LADDER = ["基本建立", "显著提升", "初步形成", "取得重大进展", "取得决定性进展", "基本实现", "成熟定型", "全面形成"]
TARGETS = [
    Milestone("a1", 2022, "全市区域协调发展新格局初步形成"),
    Milestone("a2", 2022, "基本公共服务均等化水平显著提升"),
    Milestone("a3", 2022, "与中心城区协调发展取得重大进展"),
    Milestone("a4", 2022, "中部盆地城市一体化发展的体制机制基本建立"),
    Milestone("b1", 2035, "全市区域协调发展取得决定性进展"),
    Milestone("b2", 2035, "中部盆地城市一体化发展的体制机制成熟定型"),
    Milestone("b3", 2035, "基本公共服务均等化基本实现"),
    Milestone("c1", 2050, "全市区域协调发展格局全面形成"),
]


def test_the_successions_the_text_means():
    links = successions(TARGETS, LADDER, 6)
    assert {(link.earlier, link.later) for link in links} == {("a1", "b1"), ("a2", "b3"), ("a4", "b2"), ("b1", "c1")}
    assert all(link.rises for link in links)
    by = {link.earlier: link for link in links}
    assert (by["a4"].share, by["a4"].before, by["a4"].after) == (
        "中部盆地城市一体化发展的体制机制",
        "基本建立",
        "成熟定型",
    )


def test_states_do_not_make_a_link():
    """取得…进展 is a state: the centre's coordination is not the whole city's because both make progress."""
    assert "a3" not in {link.earlier for link in successions(TARGETS, LADDER, 6)}


def test_a_step_down_is_told_and_a_missing_state_is_not_a_step():
    down = successions([Milestone("x", 1, "机制成熟定型了很久"), Milestone("y", 2, "机制基本建立")], LADDER, 2)
    assert down[0].rises is False
    unknown = successions([Milestone("x", 1, "机制更为宽裕"), Milestone("y", 2, "机制基本建立")], LADDER, 2)
    assert unknown[0].rises is None


def test_order_of_the_list_does_not_matter():
    forward = successions(TARGETS, LADDER, 6)
    backward = successions(TARGETS[::-1], LADDER, 6)
    assert {(link.earlier, link.later) for link in forward} == {(link.earlier, link.later) for link in backward}


def test_an_id_twice_is_refused():
    with pytest.raises(ProblemsError):
        successions([TARGETS[0], TARGETS[0]], LADDER, 6)
