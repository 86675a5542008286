"""A county tries a run with its own figures in private, objects within the window, and the city answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.web.people.roles import Role
from tongchou.web.runs.contesting import accept, object_to, reject, take_back
from tongchou.web.runs.models import Objection, Run, Scenario
from tongchou.web.runs.terms import answer_due, objections_until, term

FIELD = "figure.cost_factor.140123.2021"
LOUFAN = "county-140123"


@pytest.fixture
def county(person):
    return person(Role.OFFICER, LOUFAN)


@pytest.fixture
def run(run_at):
    return run_at("approved")


@pytest.fixture
def filed(run, county, organisations, now):
    return _file(run, county, organisations, now)


def _file(run, county, organisations, now, value=2.0) -> Objection:
    cell = {"name": "cost_factor", "place": "140123", "period": "2021", "value": value, "before": 1.0, "source": "x"}
    return object_to(
        run=run,
        organisation=organisations[LOUFAN],
        statement="成本差异系数未计山区因素",
        source="县统计年鉴",
        figures=[cell],
        files=[("证明.txt", "山区面积占比".encode())],
        by=county,
        now=now,
    )


def codes(caught) -> list[str]:
    return [p.code for p in caught.value.problems]


def test_a_scenario_is_its_organisations_alone(run, county, person, as_, hands, stranger):
    address = f"/runs/{run.pk}/try/"
    assert stranger.get(address).status_code == 302
    assert as_(hands["finance"]).get(address).status_code == 403
    client = as_(county)
    page = client.get(address).content.decode()
    assert FIELD in page
    assert "140105" not in page
    assert client.post(address, {"title": "试", FIELD: "两"}).status_code == 422
    assert client.post(address, {"title": "试"}).status_code == 422
    assert client.post(address, {"title": "试", FIELD: "-1"}).status_code == 422
    other = client.post(address, {"title": "试", "figure.cost_factor.140105.2021": "2"})
    assert (other.status_code, "W418" in other.content.decode()) == (422, True)
    made = client.post(address, {"title": "山区系数", FIELD: "2"})
    assert made.status_code == 302
    shown = client.get(made.headers["Location"]).content.decode()
    assert "若按娄烦县" in shown
    assert "增加" in shown
    scenario = Scenario.objects.get()
    assert run.record_id != scenario.record_id
    address = f"/runs/scenarios/{scenario.pk}/"
    for suffix, status in (("xlsx", 200), ("docx", 200), ("csv", 200), ("pdf", 404)):
        assert client.get(f"{address}scenario.{suffix}").status_code == status
    assert as_(hands["coordinator"]).get(f"{address}scenario.xlsx").status_code == 403
    neighbour = person(Role.OFFICER, "county-140121")
    for who, status in ((hands["coordinator"], 403), (neighbour, 404), (county, 200)):
        assert as_(who).get(address).status_code == status
    assert stranger.get(address).status_code == 302
    assert "山区系数" in client.get("/runs/scenarios/").content.decode()
    assert "山区系数" not in as_(neighbour).get("/runs/scenarios/").content.decode()


def test_the_whole_citys_figures_are_nobodys_own(run_at, county, as_):
    netting = run_at("approved", rule="compensation.netting")
    page = as_(county).get(f"/runs/{netting.pk}/try/").content.decode()
    assert "figure.share.140123|" in page
    assert "figure.payment" not in page


def test_objecting_on_the_page_with_evidence(run, county, person, as_, hands, stranger):
    address = f"/runs/{run.pk}/object/"
    assert stranger.get(address).status_code == 302
    assert as_(hands["finance"]).get(address).status_code == 403
    assert as_(person(Role.REVIEWER, LOUFAN)).get(address).status_code == 403
    client = as_(county)
    Scenario.objects.create(
        run=run,
        organisation_id=LOUFAN,
        title="x",
        figures=[
            {"name": "cost_factor", "place": "140123", "period": "2021", "value": 2.0, "before": 1.0, "source": ""}
        ],
        record=run.record,
        made_by=county,
        made_at=timezone.now(),
    )
    assert 'value="2.0"' in client.get(f"{address}?scenario={Scenario.objects.get().pk}").content.decode()
    Run.objects.update(approved_at=timezone.now())
    wrong = client.post(address, {"statement": "", "source": "", FIELD: "2"})
    assert (wrong.status_code, wrong.content.decode().count("W414") >= 2) == (422, True)
    bad = SimpleUploadedFile("x.exe", b"MZ")
    assert client.post(address, {"statement": "a", "source": "b", FIELD: "2", "file": bad}).status_code == 422
    scan = SimpleUploadedFile("证明.txt", "山区".encode())
    made = client.post(address, {"statement": "系数不对", "source": "年鉴", FIELD: "2", "file": scan})
    assert made.status_code == 302
    objection = Objection.objects.get()
    shown = client.get(made.headers["Location"]).content.decode()
    assert "系数不对" in shown
    assert "证明.txt" in shown
    assert objection.files.count() == 1
    for who, status in (
        (person(Role.OFFICER, "county-140121"), 404),
        (hands["reviewer"], 200),
        (hands["coordinator"], 200),
    ):
        assert as_(who).get(made.headers["Location"]).status_code == status


def test_the_difference_is_computed_and_kept(filed, run):
    (line,) = filed.difference
    assert line["after"] > line["before"]
    assert filed.record.data["inputs"]["cost_factor"]["status"].count("reported") == 1
    assert filed.due == answer_due(timezone.localtime(filed.filed_at).date())


def test_only_an_approved_run_within_its_window_and_once(run_at, county, organisations, now, filed):
    with pytest.raises(ProblemsError) as caught:
        _file(filed.run, county, organisations, now)
    assert codes(caught) == ["W421"]
    with pytest.raises(ProblemsError) as caught:
        _file(run_at("reviewed"), county, organisations, now)
    assert codes(caught) == ["W420"]
    run = run_at("approved")
    until = objections_until(run)
    assert until is not None
    days = term("objection_days", until).value
    _file(run, county, organisations, now + timedelta(days=days))
    with pytest.raises(ProblemsError) as caught:
        _file(run_at("approved"), county, organisations, now + timedelta(days=days + 1))
    assert codes(caught) == ["W419"]


def test_accepted_it_leads_to_a_new_draft_with_the_countys_figure(filed, hands, now):
    done = accept(objection=filed, reason="属实", by=hands["finance"], now=now)
    assert done.led_to is not None
    new = Run.objects.get(pk=done.led_to.pk)
    assert (new.state, new.supersedes_id) == ("draft", filed.run_id)
    assert new.record_id == filed.record_id
    with pytest.raises(ProblemsError) as caught:
        reject(objection=filed, reason="不", by=hands["finance"], now=now)
    assert codes(caught) == ["W422"]


def test_rejected_with_reasons_or_withdrawn(filed, hands, now, county, organisations):
    with pytest.raises(ProblemsError) as caught:
        reject(objection=filed, reason="", by=hands["finance"], now=now)
    assert codes(caught) == ["W414"]
    assert reject(objection=filed, reason="口径不同", by=hands["finance"], now=now).reason == "口径不同"
    again = _file(filed.run, county, organisations, now)
    assert take_back(objection=again, by=county, now=now).answer == "withdrawn"


def test_who_answers(filed, hands, county, person, as_, stranger):
    address = f"/runs/objections/{filed.pk}/answer"
    assert stranger.post(address, {"how": "accept"}).status_code == 302
    assert as_(county).post(address, {"how": "accept"}).status_code == 403
    assert as_(hands["reviewer"]).post(address, {"how": "reject", "reason": "x"}).status_code == 403
    assert as_(person(Role.FINANCE, "transport")).post(address, {"how": "accept"}).status_code == 403
    assert as_(hands["finance"]).post(address, {"how": "withdraw"}).status_code == 403
    assert as_(hands["finance"]).post(address, {"how": "reject", "reason": ""}).status_code == 422
    assert as_(hands["finance"]).post(address, {"how": "shout"}).status_code == 404
    assert as_(hands["finance"]).post(address, {"how": "accept", "reason": "属实"}).status_code == 302
    assert "采纳" in as_(county).get(f"/runs/objections/{filed.pk}/").content.decode()


def test_lists_lamps_and_queries(filed, hands, county, as_, stranger, django_assert_max_num_queries):
    assert stranger.get("/runs/objections/").status_code == 302
    client = as_(county)
    for page in (
        "objections/",
        f"objections/{filed.pk}/",
        "scenarios/",
        f"{filed.run_id}/try/",
        f"{filed.run_id}/object/",
    ):
        with django_assert_max_num_queries(15):
            assert client.get(f"/runs/{page}").status_code == 200
    assert (
        "逾期" in client.get("/runs/objections/").content.decode()
        or "剩" in client.get("/runs/objections/").content.decode()
    )
    for suffix in ("xlsx", "docx", "csv"):
        assert client.get(f"/runs/objections/{filed.pk}/objection.{suffix}").status_code == 200
        assert client.get(f"/runs/objections/list.{suffix}?answer=open").status_code == 200


def test_the_clock_turns_yellow_and_red(filed):
    from tongchou.web.runs.clock import clock

    colours = [clock(filed, filed.due + timedelta(days=n)).colour for n in (-20, -5, 0, 1)]
    assert colours == ["green", "yellow", "yellow", "red"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"statement": ""},
        {"answer": "odd"},
        {"answer": "rejected"},
        {"answer": "accepted", "reason": "x"},
        {"reason": "x", "answered_by": "someone"},
    ],
)
def test_impossible_objections_are_refused(filed, county, wrong):
    changed = {k: county if v == "someone" else v for k, v in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=filed.pk).update(**changed)
