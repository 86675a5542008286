"""Computing as a person asks for it: values set for once, periods inside a year, names of rows."""

from __future__ import annotations

from datetime import date

import pytest

from tongchou.catalogue import built_in
from tongchou.kernel.declared import Words
from tongchou.kernel.problems import ProblemsError
from tongchou.region import load
from tongchou.rules.parameters import Dated, Parameters
from tongchou.surfaces.computing import BY_HAND, Asked, compute, with_settings

WORDS = Words(zh="试", en="test")


def test_one_code_of_a_table_is_set_and_the_others_stay_as_they_are_in_force_that_day() -> None:
    rule = built_in().rules["compensation.ecosystem_value"]
    then = Dated(date(2010, 1, 1), {"wood": 1.0, "farm": 2.0}, WORDS, "p", False, "file")
    later = Dated(date(2020, 1, 1), {"wood": 5.0, "farm": 6.0}, WORDS, "p", False, "file")
    held = Parameters(rule.id, {"food": (then, later)}, {})
    set_ = with_settings(rule, held, {"food.wood": 9.0}, date(2015, 7, 1))
    assert set_.values["food"][-1].value == {"wood": 9.0, "farm": 2.0}
    assert (set_.values["food"][-1].set_by, set_.values["food"][-1].assumed) == (BY_HAND, True)
    assert set_.replaced["food"] == (then, later)
    assert with_settings(rule, held, {"food.wood": 9.0}).values["food"][-1].value == {"wood": 9.0, "farm": 6.0}


def test_settings_that_do_not_fit_are_told_at_once() -> None:
    rule = built_in().rules["compensation.ecosystem_value"]
    with pytest.raises(ProblemsError) as caught:
        with_settings(rule, built_in().parameters[rule.id], {"food": 1.0, "nothing": 2.0, "npp_adjustment.x": 3.0})
    assert [p.code for p in caught.value.problems] == ["U056", "U023", "U056"]


def test_a_year_stands_for_the_months_held_in_it_and_rows_are_named() -> None:
    answer = compute(Asked("environment.water_class", load("taiyuan"), ["2021"]))
    assert answer.result.table.periods and all(p.startswith("2021-") for p in answer.result.table.periods)
    assert "汾河水库" in next(iter(answer.names.values())).zh
