"""Figures that cannot be are refused; figures that surprise are to be explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region import Figure, Indicator, load
from tongchou.region.plausibility import Evidence, doubts, earlier, evidence_for, is_share, limits, total_doubts

LIMITS = limits(date(2026, 11, 27))


def indicator(title="常住人口", unit="人", total="sum"):
    return Indicator("x", Text(title, title), unit, Text("口径", "definition"), "population", total=total)


def codes(value, evidence=None, **of):
    return [p.code for p in doubts(indicator(**of), value, evidence or Evidence(), LIMITS, "cell")]


@pytest.mark.parametrize(
    ("value", "of", "code"),
    [
        (1.5, {"unit": "人"}, "G080"),
        (-1, {"unit": "户"}, "G081"),
        (101.0, {"title": "城镇化率", "unit": "%"}, "G082"),
        (1001.0, {"title": "死亡率", "unit": "‰"}, "G082"),
        (-1.0, {"title": "城镇化率", "unit": "%"}, "G081"),
    ],
)
def test_what_cannot_be_is_an_error(value, of, code):
    (found,) = doubts(indicator(**of), value, Evidence(), LIMITS, "cell")
    assert (found.code, found.severity) == (code, "error")


@pytest.mark.parametrize(
    ("value", "of"),
    [
        (1.5, {"unit": "万人"}),
        (0, {"unit": "人"}),
        (100.0, {"title": "城镇化率", "unit": "%"}),
        (180.0, {"title": "地区生产总值增长率", "unit": "%"}),
        (-5.0, {"title": "净增加额", "unit": "万元"}),
    ],
)
def test_what_can_be_is_taken(value, of):
    assert codes(value, **of) == []


@pytest.mark.parametrize(("value", "found"), [(150, []), (151, ["G083"]), (50, []), (49, ["G083"]), (0, ["G083"])])
def test_a_jump_against_last_year(value, found):
    assert codes(value, Evidence(before=100)) == found


@pytest.mark.parametrize(("value", "found"), [(50, []), (51, ["G084"]), (-20, []), (-21, ["G084"])])
def test_far_outside_what_the_place_ever_had(value, found):
    assert codes(value, Evidence(series=(10, 20)), unit="万元") == found


def test_one_earlier_value_is_no_range():
    assert codes(1000, Evidence(series=(10,))) == []


@pytest.mark.parametrize(("value", "found"), [(15, []), (16, ["G085"])])
def test_far_from_the_other_units(value, found):
    # Median 3, median distance from it 2: six times 2 beyond 3 is 15.
    assert codes(value, Evidence(others=(1, 1, 3, 5, 5))) == found


def test_a_place_with_a_history_is_not_measured_by_others_and_four_units_are_too_few():
    assert codes(100, Evidence(before=90, others=(1, 1, 3, 5, 5))) == []
    assert codes(100, Evidence(others=(1, 1, 3, 5))) == []


@pytest.mark.parametrize(("parts", "found"), [(1000, []), (1005, []), (1006, ["G086"])])
def test_parts_against_the_whole(parts, found):
    assert codes(1000, Evidence(parts=parts)) == found


def test_units_against_the_city():
    city = Figure("140100", "x", Period.parse("2021"), 100.0, "人", Status.OFFICIAL, "s")
    units = ("a", "b")

    def found(a, b, **of):
        return total_doubts(indicator(**of), {"a": a, "b": b}, city, units, LIMITS, "city")

    assert found(50, 52) == []
    assert [p.code for p in found(50, 53)] == ["G087"]
    assert found(50, 53, total="") == []
    assert total_doubts(indicator(), {"a": 50}, city, units, LIMITS, "city") == []


def test_evidence_is_gathered_from_figures_held_and_coming():
    region = load("taiyuan")
    held = region.figures[0]
    mine = [
        replace(held, indicator="population.resident", place=p, period=Period.parse(c), value=v, base="")
        for p, c, v in (("140123", "2030", 90.0), ("140123", "2029", 80.0), ("140121", "2031", 300.0))
    ]
    region = replace(region, figures=tuple(mine))
    coming = {
        ("population.resident", "140123", "2031"): 100.0,
        ("population.resident", "140122", "2031"): 200.0,
        ("population.urban", "140123", "2031"): 60.0,
        ("population.rural", "140123", "2031"): 41.0,
    }
    found = evidence_for(region, "population.resident", "140123", "2031", "", coming, LIMITS)
    assert found.before == 90
    assert sorted(found.series) == [80, 90]
    assert sorted(found.others) == [200, 300]
    assert found.parts == 101


def test_the_city_itself_is_not_compared_with_its_units():
    region = load("taiyuan")
    coming = {("gdp.total", "140123", "2031"): 1.0}
    assert evidence_for(region, "gdp.total", "140100", "2031", "", coming, LIMITS).others == ()


@pytest.mark.parametrize(
    ("code", "before"), [("2031", "2030"), ("2031-Q1", "2030-Q1"), ("2031-01/2031-08", "2030-01/2030-08")]
)
def test_a_year_earlier(code, before):
    assert earlier(code) == before


def test_limits_are_dated_and_assumed():
    assert limits(date(1990, 1, 1)) == limits(date(2019, 10, 25))
    assert LIMITS.assumed
    assert not is_share(indicator("毛入学率", "%"), LIMITS)
