"""The store: package and approved figures together, now and as of a moment; a correction is a revision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from tongchou.kernel.status import Status
from tongchou.web.events.models import Event
from tongchou.web.figures.coverage import coverage_of
from tongchou.web.figures.keeping import Proposed, keep_figures
from tongchou.web.figures.models import FigureRecord, Held
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import region_as_of, region_of
from tongchou.web.people.roles import Role

LOUFAN, GDP = "140123", "gdp.total"


def one(value, place=LOUFAN, period="2031", indicator=GDP, **more):
    unit = region_named("taiyuan").indicators[indicator].unit
    held = {"status": int(Status.REPORTED), "source": "县统计局报表", **more}
    return Proposed(indicator=indicator, place=place, period=period, value=value, unit=unit, **held)


def test_without_approved_figures_the_region_is_the_package(db):
    assert region_as_of("taiyuan") is region_named("taiyuan")


def test_approved_figures_join_the_package(db, now):
    keep_figures(proposed=[one(12.5), one(None, place="140121")], by=None, now=now)
    region = region_as_of("taiyuan")
    assert region.figure(LOUFAN, GDP, "2031").value == 12.5
    assert region.figure("140121", GDP, "2031").value is None
    assert region.figure("140122", GDP, "2031") is None
    assert len(region.figures) == len(region_named("taiyuan").figures) + 2
    assert {f.place for f in region_of("taiyuan", GDP, ["2031"]).of_indicator(GDP) if f.period.code == "2031"} == {
        LOUFAN,
        "140121",
    }


def test_zero_not_applicable_and_not_reported_are_three_things(db, now):
    keep_figures(proposed=[one(0.0), one(None, place="140121")], by=None, now=now)
    region = region_as_of("taiyuan")
    assert [region.figure(p, GDP, "2031") and region.figure(p, GDP, "2031").value for p in (LOUFAN, "140121")] == [
        0.0,
        None,
    ]
    assert region.figure("140122", GDP, "2031") is None


def test_a_correction_supersedes_and_what_was_known_can_be_asked(db, now):
    first = keep_figures(proposed=[one(12.5)], by=None, now=now)
    second = keep_figures(proposed=[one(13.0)], by=None, now=now)  # the same moment on the clock
    assert (first.new, second.new, second.revised) == (1, 0, 1)
    assert second.at > first.at
    assert region_as_of("taiyuan").figure(LOUFAN, GDP, "2031").value == 13.0
    assert region_as_of("taiyuan", first.at).figure(LOUFAN, GDP, "2031").value == 12.5
    assert region_as_of("taiyuan", first.at - timedelta(days=1)).figure(LOUFAN, GDP, "2031") is None
    assert list(FigureRecord.objects.order_by("revision").values_list("revision", "state")) == [
        (1, "superseded"),
        (2, "approved"),
    ]


def test_what_is_held_already_makes_no_revision(db, now):
    keep_figures(proposed=[one(12.5)], by=None, now=now)
    again = keep_figures(proposed=[one(12.5)], by=None, now=now)
    assert (again.new, again.revised, again.same) == (0, 0, 1)
    assert FigureRecord.objects.count() == 1


def test_a_figure_of_the_package_is_superseded_not_changed(db, now):
    held = next(f for f in region_named("taiyuan").of_indicator(GDP) if f.place == LOUFAN)
    keep_figures(proposed=[one(1.0, period=held.period.code, base=held.base)], by=None, now=now)
    found = [f for f in region_as_of("taiyuan").held(LOUFAN, GDP, held.period.code) if f.base == held.base]
    assert [f.value for f in found] == [1.0]


def test_a_rolled_back_approval_is_not_remembered(db, now):
    with transaction.atomic():
        keep_figures(proposed=[one(99.0)], by=None, now=now)
        assert region_as_of("taiyuan").figure(LOUFAN, GDP, "2031").value == 99.0
        assert next(c for c in coverage_of("taiyuan") if c.indicator.id == GDP).columns[-1].period.code == "2031"
        transaction.set_rollback(True)
    keep_figures(proposed=[one(1.0)], by=None, now=now)
    assert region_as_of("taiyuan").figure(LOUFAN, GDP, "2031").value == 1.0


def test_coverage_counts_both(db, now):
    before = {c.indicator.id: c for c in coverage_of("taiyuan")}
    keep_figures(proposed=[one(1.0, status=int(Status.ILLUSTRATIVE)), one(2.0, place="140121")], by=None, now=now)
    after = {c.indicator.id: c for c in coverage_of("taiyuan")}
    assert after[GDP].figures == before[GDP].figures + 2
    assert after[GDP].weakest is Status.ILLUSTRATIVE
    assert after[GDP].columns[-1].period.code == "2031"
    assert after["gdp.per_head"] == before["gdp.per_head"]
    assert Held.objects.get().places == ["140121", LOUFAN]


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "superseded"},  # without a moment
        {"approved_at": None},
        {"status": 9},
        {"source": ""},
        {"end": "1900-01-01"},
    ],
)
def test_the_database_refuses_impossible_rows(db, now, changes):
    keep_figures(proposed=[one(1.0)], by=None, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        FigureRecord.objects.update(**changes)


def test_the_database_refuses_two_approved_in_one_cell(db, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        keep_figures(proposed=[one(1.0), one(2.0)], by=None, now=now)


def address(period="2031"):
    return f"/figures/{GDP}/{LOUFAN}/{period}"


FORM = {"verb": "propose", "value": "１,2.5万", "source": "县统计局", "status": "reported", "reason": "漏报一家企业"}


def test_a_county_corrects_its_cell_and_the_city_approves(person, as_, now, stranger):
    keep_figures(proposed=[one(12.5)], by=None, now=now)
    officer, coordinator = person(Role.OFFICER, "county-140123"), person(Role.COORDINATOR, "development-reform")
    assert as_(officer).post(address(), FORM | {"value": "13.5"}).status_code == 302
    waiting = FigureRecord.objects.get(state="submitted")
    assert "漏报一家企业" not in stranger.get(address()).content.decode()
    assert "漏报一家企业" in as_(officer).get(address()).content.decode()
    assert region_as_of(settings.REGION).figure(LOUFAN, GDP, "2031").value == 12.5
    assert as_(officer).post(address(), {"verb": "approve", "record": waiting.pk}).status_code == 403
    assert as_(coordinator).post(address(), {"verb": "approve", "record": waiting.pk}).status_code == 302
    assert region_as_of(settings.REGION).figure(LOUFAN, GDP, "2031").value == 13.5
    html = stranger.get(address()).content.decode()
    assert "漏报一家企业" in html
    assert "已被更正" in html
    assert list(Event.objects.filter(kind__startswith="figures.").values_list("kind", flat=True)) == [
        "figures.correction_submitted",
        "figures.correction_approved",
    ]


def test_a_correction_is_turned_down_with_a_reason(person, as_, now):
    officer, coordinator = person(Role.OFFICER, "county-140123"), person(Role.COORDINATOR, "development-reform")
    as_(officer).post(address(), FORM | {"value": "13.5"})
    waiting = FigureRecord.objects.get()
    no_reason = as_(coordinator).post(address(), {"verb": "turn-down", "record": waiting.pk})
    assert no_reason.status_code == 422
    done = as_(coordinator).post(address(), {"verb": "turn-down", "record": waiting.pk, "reason": "口径不符"})
    assert done.status_code == 302
    assert "口径不符" in as_(officer).get(address()).content.decode()
    assert as_(coordinator).post(address(), {"verb": "approve", "record": waiting.pk}).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"value": "十二"}, {"value": ""}, {"source": " "}, {"reason": " "}, {"status": "sure"}]
)
def test_what_is_wrong_with_a_correction_is_said_and_nothing_typed_is_lost(person, as_, wrong):
    client = as_(person(Role.OFFICER, "county-140123"))
    response = client.post(address(), FORM | {"value": "1", "note": "我的备注"} | wrong)
    assert response.status_code == 422
    assert "我的备注" in response.content.decode()
    assert not FigureRecord.objects.exists()


def test_strangers_and_other_units_may_not_correct(person, as_, stranger):
    assert stranger.post(address(), FORM).status_code == 403
    assert as_(person(Role.OFFICER, "county-140121")).post(address(), FORM).status_code == 403
    assert not FigureRecord.objects.exists()


@pytest.mark.parametrize("wrong", ["/figures/none/140123/2031", f"/figures/{GDP}/1/2031", f"/figures/{GDP}/140123/x"])
def test_cells_that_are_none(db, stranger, wrong):
    assert stranger.get(wrong).status_code == 404


def test_pages_of_figures_take_few_queries(builtin, now, stranger, django_assert_max_num_queries):
    rows = [
        one(1.0, place=p, period=f"{y}-{m:02d}") for p in (LOUFAN, "140121") for y in (2031, 2032) for m in range(1, 13)
    ]
    keep_figures(proposed=rows, by=None, now=now)
    for page in ("/", "/figures/", f"/figures/{GDP}/", address("2031-01"), "/rules/", "/rules/fiscal.equalisation/"):
        with django_assert_max_num_queries(15):
            assert stranger.get(page).status_code in (200, 302)
