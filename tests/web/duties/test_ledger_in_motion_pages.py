"""Every page of the ledger in motion: who may open it, in both languages, in fifteen queries, with its files."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tongchou.web.duties.models import (
    Commitment,
    Consultation,
    Consulted,
    EvidenceEvent,
    Overlay,
    Plan,
    ProgressReport,
)
from tongchou.web.people.models import User

PUBLIC = ("/duties/", "/duties/matrix/", "/duties/lamps/", "/duties/unit/county-140123/")
SIGNED_IN = ("/duties/rounds/", "/duties/plans/", "/duties/silence/", "/duties/escalation/")
COORDINATOR = ("/duties/confirm/", "/duties/rounds/new", "/duties/evidence/", "/duties/answers/")
FILES = ("ledger", "matrix", "lamps", "silence", "rounds", "plans", "escalation", "unit/transport")


@pytest.fixture
def sign_in(shown, as_):
    return lambda name: as_(User.objects.get(username=name))


def one_of() -> str:
    return Commitment.objects.filter(reports__isnull=False).first().get_absolute_url()


def details() -> list[str]:
    return [
        Commitment.objects.filter(printed_by__isnull=False).get().get_absolute_url(),
        f"/duties/rounds/{Consultation.objects.get().pk}/",
        f"/duties/plans/{Plan.objects.first().pk}/",
    ]


@pytest.mark.parametrize("name", ["coordinator", "transport-officer", "loufan-reviewer", "leader", "assessor"])
def test_pages_open_in_fifteen_queries(sign_in, name, django_assert_max_num_queries):
    client = sign_in(name)
    pages = [*PUBLIC, *SIGNED_IN, *(COORDINATOR if name == "coordinator" else ())]
    for address in [*pages, *(details() if name == "coordinator" else details()[:1])]:
        with django_assert_max_num_queries(15):
            response = client.get(address)
        assert response.status_code == 200, address
        assert "<h1" in response.content.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_speak_both_languages(sign_in, language):
    client = sign_in("coordinator")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for address in [*PUBLIC, *SIGNED_IN, *COORDINATOR, *details()]:
        html = client.get(address).content.decode()
        assert f'<html lang="{"en" if language == "en" else "zh-Hans"}">' in html
        assert len(re.findall(r"<h1\b", html)) == 1
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), address


def test_a_stranger_sees_confirmed_commitments_and_approved_words_only(shown, stranger, django_assert_max_num_queries):
    for address in PUBLIC:
        with django_assert_max_num_queries(15):
            response = stranger.get(address)
        assert response.status_code == 200
    html = stranger.get("/duties/").content.decode()
    hidden = Commitment.objects.filter(decision="proposal").first()
    assert hidden.get_absolute_url() not in html
    assert stranger.get(hidden.get_absolute_url()).status_code == 404
    submitted = ProgressReport.objects.get(state="submitted")
    page = stranger.get(submitted.commitment.get_absolute_url()).content.decode()
    assert submitted.words not in page
    offered = EvidenceEvent.objects.filter(state="offered").first()
    assert offered.words not in stranger.get(offered.commitment.get_absolute_url()).content.decode()
    for address in (*SIGNED_IN, *COORDINATOR):
        assert stranger.get(address).status_code == 302, address


def test_another_unit_sees_no_drafts_and_the_own_unit_does(sign_in):
    submitted = ProgressReport.objects.get(state="submitted")
    address = submitted.commitment.get_absolute_url()
    assert submitted.words in sign_in("transport-reviewer").get(address).content.decode()
    assert submitted.words in sign_in("coordinator").get(address).content.decode()
    assert submitted.words not in sign_in("loufan-officer").get(address).content.decode()
    returned = ProgressReport.objects.get(state="returned")
    assert returned.reason in sign_in("loufan-officer").get("/duties/unit/county-140123/").content.decode()
    assert returned.reason not in sign_in("transport-officer").get("/duties/unit/county-140123/").content.decode()


def test_what_is_the_coordinators_is_refused_to_others(sign_in):
    client = sign_in("loufan-head")
    for address in COORDINATOR:
        assert client.get(address).status_code == 403, address
    one = Commitment.objects.filter(decision="proposal").first()
    for address in (f"/duties/{one.pk}/confirm", f"/duties/{one.pk}/reject", f"/duties/{one.pk}/follow"):
        assert client.post(address, {"reason": "无"}).status_code == 403
    assert client.post("/duties/bulk", {"do": "confirm", "chosen": [one.pk]}).status_code == 403
    assert client.post("/duties/confirm/clause", {"do": "all"}).status_code == 403
    event = EvidenceEvent.objects.filter(state="offered").first()
    assert client.post(f"/duties/evidence/{event.pk}/accept").status_code == 403
    assert client.post(f"/duties/rounds/{Consultation.objects.get().pk}/close").status_code == 403


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv"])
def test_every_list_is_a_file_too(sign_in, suffix):
    client = sign_in("coordinator")
    for name in FILES:
        response = client.get(f"/duties/{name}.{suffix}")
        assert response.status_code == 200, name
        assert response.content
    assert client.get(f"{one_of()[:-1]}.{suffix}").status_code == 200
    assert client.get("/duties/ledger.pdf").status_code == 404


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ({"lamp": "red"}, lambda html: "逾期" in html),
        ({"said": "blocked"}, lambda html: "受阻" in html),
        ({"organisation": "county-140123"}, lambda html: "娄烦县" in html),
        ({"clause": "2.8", "words": "地铁"}, lambda html: "地铁" in html),
        ({"place": "140123"}, lambda html: "娄烦" in html),
    ],
)
def test_filters_leave_what_they_say(sign_in, query, rule):
    client = sign_in("leader")
    every, some = (client.get("/duties/", q).content.decode() for q in ({}, query))
    count = [int(re.search(r"<p>(\d+) 项", html)[1]) for html in (every, some)]
    assert 0 < count[1] < count[0]
    assert rule(some)
    assert "没有符合条件" in client.get("/duties/", {"lamp": "purple"}).content.decode()


def test_a_report_from_form_to_approval(sign_in):
    officer, reviewer = sign_in("loufan-officer"), sign_in("loufan-reviewer")
    one = Commitment.objects.filter(decision="confirmed", duties__organisation="county-140123", reports=None).first()
    form = {"unit": "county-140123", "status": "under_way", "said_on": "2020年5月1日", "words": "已完成一期"}
    bad = officer.post(f"/duties/{one.pk}/report", {**form, "said_on": "五月", "status": ""})
    assert bad.status_code == 422
    html = bad.content.decode()
    assert "已完成一期" in html, "nothing typed is lost"
    assert "T002" in html
    assert "T001" in html
    assert not ProgressReport.objects.filter(commitment=one).exists()
    assert officer.post(f"/duties/{one.pk}/report", {**form, "unit": "transport"}).status_code == 403
    scan = SimpleUploadedFile("照片.png", b"\x89PNG\r\n\x1a\n....")
    assert officer.post(f"/duties/{one.pk}/report", {**form, "then": "submit", "files": [scan]}).status_code == 302
    report = ProgressReport.objects.get(commitment=one)
    assert (report.state, report.files.count()) == ("submitted", 1)
    assert officer.post(f"/duties/reports/{report.pk}/approve").status_code == 403
    assert reviewer.post(f"/duties/reports/{report.pk}/return", {"reason": ""}).status_code == 422
    assert sign_in("qingxu-head").post(f"/duties/reports/{report.pk}/approve").status_code == 403
    assert reviewer.post(f"/duties/reports/{report.pk}/approve").status_code == 302
    report.refresh_from_db()
    assert report.state == "approved"


def test_confirming_by_clause_and_the_bulk_of_the_list(sign_in):
    client = sign_in("coordinator")
    clause = Commitment.objects.filter(decision="proposal").first().clause
    assert client.post("/duties/confirm/clause", {"do": "clause", "clause": clause}).status_code == 302
    assert not Commitment.objects.filter(clause=clause, decision="proposal").exists()
    some = list(Commitment.objects.filter(decision="proposal")[:2])
    client.post("/duties/bulk", {"do": "confirm", "chosen": [c.pk for c in some]})
    assert Commitment.objects.filter(pk__in=[c.pk for c in some], decision="confirmed").count() == 2
    client.post("/duties/bulk", {"do": "follow", "follower": "coordinator", "chosen": [some[0].pk]})
    assert Commitment.objects.get(pk=some[0].pk).follower.username == "coordinator"
    response = client.post("/duties/bulk", {"do": "consult", "chosen": [c.pk for c in some]})
    assert client.get(response.headers["Location"]).status_code == 200


def test_a_round_from_sending_to_a_signed_answer(sign_in, now):
    client = sign_in("coordinator")
    some = list(Commitment.objects.filter(decision="confirmed", duties__organisation="county-140121")[:2])
    day = (now + timedelta(days=3650)).date().isoformat()
    form = {"chosen": [c.pk for c in some], "title": "第二轮", "reply_by": day}
    assert client.post("/duties/rounds/new", {**form, "reply_by": "2001-01-01"}).status_code == 422
    address = client.post("/duties/rounds/new", form).headers["Location"]
    assert client.get(f"{address}paper").content.startswith(b"PK")
    unit = sign_in("qingxu-officer")
    assert unit.get(f"{address}paper").status_code == 200
    assert sign_in("loufan-officer").get(f"{address}reply/county-140121").status_code == 403
    reply = {
        "reply": "changes",
        "signed_on": "2021-03-01",
        "words": "同意，补充时限",
        "a1-code": some[0].code,
        "a1-kind": "date",
        "a1-date": "2030-12-31",
        "a2-code": some[0].code,
        "a2-kind": "lead",
        "a2-organisation": "transport",
    }
    assert unit.post(f"{address}reply/county-140121", reply).status_code == 422, "no scan"
    assert Consulted.objects.get(organisation="county-140121", consultation__title="第二轮").reply == ""
    scan = SimpleUploadedFile("回函.pdf", b"%PDF-1.4 ...")
    response = unit.post(f"{address}reply/county-140121", {**reply, "scan": scan})
    assert response.status_code == 302
    by_kind = {o.kind: o for o in Overlay.objects.filter(commitment=some[0], given_by="county-140121")}
    assert (by_kind["date"].state, by_kind["date"].holds_from.isoformat()) == ("active", "2021-03-01")
    assert by_kind["lead"].state == "proposed", "another unit signs for itself"
    assert client.post(f"{address}close").status_code == 302
    assert unit.post(f"{address}reply/county-140121", {**reply, "scan": scan}).status_code == 422


def test_filing_a_plan_and_its_next_version(sign_in):
    unit = sign_in("qingxu-head")
    borne = list(Commitment.objects.filter(decision="confirmed", duties__organisation="county-140121")[:2])
    foreign = Commitment.objects.exclude(duties__organisation="county-140121").first()
    form = {
        "title": "清徐县实施方案",
        "task-words": ["修路", "", ""],
        "task-post": ["交通科", "", ""],
        "task-date": ["2027-12-31", "", ""],
        "task-measure": ["", "", ""],
        "task-codes": [f"{borne[0].code}、{borne[1].code}", "", ""],
    }
    bad = unit.post("/duties/plans/new/county-140121", {**form, "task-codes": [foreign.code, "", ""]})
    assert bad.status_code == 422
    assert "修路" in bad.content.decode()
    assert unit.post("/duties/plans/new/transport", form).status_code == 403
    for version in (1, 2):
        response = unit.post("/duties/plans/new/county-140121", form)
        assert response.status_code == 302
        assert Plan.objects.filter(organisation="county-140121").count() == version
    assert "列入承诺 2 项" in unit.get(response.headers["Location"]).content.decode()
    assert "修路" in unit.get("/duties/plans/new/county-140121").content.decode()


def test_who_bears_what_adds_up(shown, stranger):
    from tongchou.web.duties.matrix import matrix
    from tongchou.web.duties.models import Duty

    found = matrix(shown)
    assert sum(count for _, _, count in found.clauses) == Commitment.objects.count()
    assert sum(row.commitments for row in found.rows) == Duty.objects.count()
    assert [o.pk for o in found.without] == ["municipal-government", "zone-xishan"]
    assert not any(cell and cell.leads for row in found.rows for cell in row.cells), "the text names no lead"
    assert "西山示范区管委会" in stranger.get("/duties/matrix/").content.decode()


def test_forms_are_refused_to_strangers_and_to_other_units(sign_in, stranger):
    one = Commitment.objects.filter(decision="confirmed", duties__organisation="county-140123").first()
    overlay = Overlay.objects.filter(given_by="transport").first()
    form = {"unit": "county-140123", "kind": "note", "words": "说明", "happened_on": "2021-01-01"}
    for verb in ("report", "evidence", "answer", "confirm"):
        assert stranger.post(f"/duties/{one.pk}/{verb}", form).headers["Location"].startswith("/sign-in/")
    client = sign_in("qingxu-officer")
    for verb in ("report", "evidence", "answer"):
        assert client.post(f"/duties/{one.pk}/{verb}", form).status_code == 403, verb
    for verb in ("sign", "withdraw"):
        assert client.post(f"/duties/answers/{overlay.pk}/{verb}", {"reason": "无"}).status_code == 403
    assert client.post(f"/duties/{one.pk}/dance").status_code == 404


def test_answers_and_evidence_through_their_forms(sign_in):
    officer, coordinator = sign_in("loufan-officer"), sign_in("coordinator")
    one = Commitment.objects.filter(decision="confirmed", duties__organisation="county-140123", overlays=None).first()
    answer = {"unit": "county-140123", "kind": "measure", "measure": "达标率", "target": "95,5x", "measure_unit": "%"}
    bad = officer.post(f"/duties/{one.pk}/answer", answer)
    assert bad.status_code == 422
    assert "T004" in bad.content.decode()
    assert officer.post(f"/duties/{one.pk}/answer", answer | {"target": "95.5"}).status_code == 302
    overlay = Overlay.objects.get(commitment=one)
    sign = f"/duties/answers/{overlay.pk}/sign"
    assert officer.post(sign, {"holds_from": "2021-01-01"}).status_code == 422
    scan = SimpleUploadedFile("回函.pdf", b"%PDF-1.4")
    assert officer.post(sign, {"holds_from": "2021-01-01", "scan": scan}).status_code == 302
    event = {"unit": "county-140123", "kind": "check", "happened_on": "2021-02-01", "words": "现场检查"}
    assert officer.post(f"/duties/{one.pk}/evidence", event | {"happened_on": "2999-01-01"}).status_code == 422
    assert officer.post(f"/duties/{one.pk}/evidence", event).status_code == 302
    offered = EvidenceEvent.objects.get(commitment=one, words="现场检查")
    assert coordinator.post(f"/duties/evidence/{offered.pk}/refuse", {"reason": " "}).status_code == 422
    back = coordinator.post(f"/duties/evidence/{offered.pk}/accept", {"shared": "1", "next": "//evil.example/"})
    assert back.headers["Location"].startswith(one.get_absolute_url())
    offered.refresh_from_db()
    assert (offered.state, offered.shared_at is not None) == ("accepted", True)
    assert "现场检查" in officer.get(f"{one.get_absolute_url()}history").content.decode()
