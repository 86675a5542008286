"""How alike two indicators are described, by a measure that can be checked by hand."""

from __future__ import annotations

import pytest

from tongchou.kernel.text import Text
from tongchou.region import Indicator
from tongchou.region.likeness import alike, dice, pairs_of


def indicator(id_, title, definition, unit="人"):
    return Indicator(id_, Text(title, title), unit, Text(definition, definition), "population")


@pytest.mark.parametrize(
    ("a", "b", "measure"),
    [
        ("常住人口", "常住人口数", 6 / 7),
        ("常住人口", "常住人口", 1),
        ("医生", "学生", 0),
        ("常住（人口）", "常住人口", 1),
    ],
)
def test_the_measure(a, b, measure):
    assert dice(pairs_of(a), pairs_of(b)) == pytest.approx(measure)


HELD = [
    indicator("a", "年末常住人口", "年末在本地居住半年以上的人口"),
    indicator("b", "常住人口（年末）", "年末在本地居住半年以上的全部人口"),
    indicator("c", "常住人口", "年末在本地居住半年以上的人口", "万元"),
    indicator("d", "医疗卫生机构床位数", "实有床位", "张"),
]


def test_alike_are_those_of_one_dimension_described_alike():
    (found,) = alike(HELD)
    assert (found.first.id, found.second.id) == ("a", "b")
    assert found.title == pytest.approx(2 * 4 / (5 + 5))
    assert 0.5 < found.whole < 1


def test_pairs_with_one_indicator_only():
    assert alike(HELD, of="d") == []
    assert len(alike(HELD, of="b")) == 1


def test_titles_that_name_different_numbers_are_not_alike():
    ages = [indicator("x", "0—4岁人口", "常住人口，男女相加"), indicator("y", "5—9岁人口", "常住人口，男女相加")]
    assert alike(ages) == []


def test_one_character_is_a_pair_of_its_own():
    assert pairs_of("税") == {"税"}
