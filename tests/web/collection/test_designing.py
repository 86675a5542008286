"""What is held is not asked again; a round says why it asks and what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.web.collection.rounds import FARM, GDP, LOUFAN, ON, PERIOD, QINGXU, codes_of, draft

from tongchou.kernel.problems import ProblemsError
from tongchou.web.collection.asking import Draft
from tongchou.web.collection.burden import cap, shares
from tongchou.web.collection.designing import close_round, design_round, drop_round, open_round, rule
from tongchou.web.collection.models import Round, Ruling
from tongchou.web.events.models import Event
from tongchou.web.figures.regions import region_named


def test_a_design_says_why_or_is_refused(asker, organisations, now):
    empty = Draft("", "", "", "", "", None, None, (), {}, ())
    with pytest.raises(ProblemsError) as caught:
        design_round(draft=empty, organisation=organisations["finance"], by=asker, now=now, on=ON)
    wheres = [p.where for p in caught.value.problems]
    assert wheres == [
        "title",
        "clause",
        "used_by",
        "basis",
        "frequency",
        "minutes",
        "due",
        "indicators",
        "places",
        "periods",
    ]


def test_a_value_held_already_is_refused_with_the_value_and_its_source(asker, organisations, now):
    held = next(f for f in region_named("taiyuan").of_indicator(GDP) if f.place == LOUFAN)
    source = region_named("taiyuan").sources[held.source].title
    with pytest.raises(ProblemsError) as caught:
        design_round(
            draft=draft(periods=(held.period.code, PERIOD), base=held.base),
            organisation=organisations["finance"],
            by=asker,
            now=now,
            on=ON,
        )
    assert set(codes_of(caught)) == {"W220"}
    assert source in caught.value.problems[0].message.zh
    assert not Round.objects.exists()


def test_what_is_missing_may_be_asked_without_what_is_held(asker, organisations, now):
    held = next(f for f in region_named("taiyuan").of_indicator(GDP) if f.place == LOUFAN)
    left = frozenset(
        f"{GDP}|{f.place}|{f.period.code}"
        for f in region_named("taiyuan").of_indicator(GDP)
        if f.period == held.period and f.base == held.base
    )
    design = draft(periods=(held.period.code, PERIOD), base=held.base, left_out=left)
    made = design_round(draft=design, organisation=organisations["finance"], by=asker, now=now, on=ON)
    mine = [code for code in left if code.split("|")[1] in (LOUFAN, QINGXU)]
    assert sum(a.cells for a in made.answers.all()) == 4 - len(mine)


def test_a_cell_asked_in_another_open_round_is_refused(opened, asker, organisations, now):
    again = draft(title="又一次", places={LOUFAN: "county-140123"})
    with pytest.raises(ProblemsError) as caught:
        design_round(draft=again, organisation=organisations["finance"], by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W221"]
    assert opened.title in caught.value.problems[0].message.zh
    close_round(round_=opened, by=asker, now=now)
    design_round(draft=again, organisation=organisations["finance"], by=asker, now=now, on=ON)


def test_an_indicator_ruled_to_be_the_same_counts_as_held(opened, answer, asker, organisations, now):
    other = draft(title="另一个名字", indicators=(FARM,), places={LOUFAN: "county-140123"})
    assert FARM in region_named("taiyuan").indicators
    rule(first=GDP, second=FARM, verdict="same", reason="测试", by=asker, now=now)
    with pytest.raises(ProblemsError) as caught:
        design_round(draft=other, organisation=organisations["finance"], by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W221"]
    rule(first=FARM, second=GDP, verdict="different", reason="第一产业只是一部分", by=asker, now=now)
    design_round(draft=other, organisation=organisations["finance"], by=asker, now=now, on=ON)
    assert Ruling.objects.get().verdict == "different"
    assert Event.objects.filter(kind="collection.definitions_ruled").count() == 2


def test_a_design_is_checked_again_when_it_is_opened(designed, asker, organisations, now):
    other = design_round(draft=draft(title="先开的"), organisation=organisations["finance"], by=asker, now=now, on=ON)
    open_round(round_=other, reason="", by=asker, now=now, on=ON)
    with pytest.raises(ProblemsError) as caught:
        open_round(round_=designed, reason="", by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W221", "W221"]


def test_over_the_cap_a_round_needs_a_reason(asker, organisations, now):
    heavy = draft(minutes=cap(ON).city_minutes)
    made = design_round(draft=heavy, organisation=organisations["finance"], by=asker, now=now, on=ON)
    with pytest.raises(ProblemsError) as caught:
        open_round(round_=made, reason=" ", by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W226"]
    assert open_round(round_=made, reason="人口普查年", by=asker, now=now, on=ON).over_cap_reason == "人口普查年"


def test_a_design_can_be_given_up_and_only_a_design(designed, asker, now):
    drop_round(round_=designed, by=asker, now=now)
    with pytest.raises(ProblemsError) as caught:
        open_round(round_=designed, reason="", by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W227"]


def test_burden_is_minutes_by_unit_and_month(opened):
    found = shares(2026)
    assert [(s.organisation, s.cells, s.minutes, s.month) for s in found] == [
        ("county-140121", 1, 3.0, date(2026, 12, 1)),
        ("county-140123", 1, 3.0, date(2026, 12, 1)),
    ]
    assert shares(2026, frozenset({"county-140123"})) == [s for s in found if s.organisation == "county-140123"]
    assert shares(2025) == []


def test_an_indicator_on_a_population_base_needs_one_and_others_stand_on_none(asker, organisations, now):
    both = draft(indicators=(GDP, "population.resident"), places={LOUFAN: "county-140123"})
    with pytest.raises(ProblemsError) as caught:
        design_round(draft=both, organisation=organisations["finance"], by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W240"]
    made = design_round(
        draft=replace(both, base="ten_units"), organisation=organisations["finance"], by=asker, now=now, on=ON
    )
    assert made.base == "ten_units"
    held = next(f for f in region_named("taiyuan").of("140123", GDP) if not f.base)
    again = replace(both, base="ten_units", periods=(held.period.code,), title="已有的")
    with pytest.raises(ProblemsError) as caught:
        design_round(draft=again, organisation=organisations["finance"], by=asker, now=now, on=ON)
    assert "W220" in codes_of(caught), "the gross product stands on no base, whatever the round chose"


def test_a_value_on_a_base_that_suits_every_base_is_held(asker, organisations, now):
    region = region_named("taiyuan")
    suits = {b.id for b in region.bases.values() if b.fits_all}
    held = next(f for f in region.of("140123", "population.resident") if f.base in suits)
    asked = draft(
        indicators=("population.resident",),
        places={LOUFAN: "county-140123"},
        periods=(held.period.code,),
        base="ten_units",
    )
    with pytest.raises(ProblemsError) as caught:
        design_round(draft=asked, organisation=organisations["finance"], by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W220"]
