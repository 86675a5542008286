"""A word entered by the coordinator for a unit without an account: who may, what counts, the marks, who is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.web.duties.actions.entering import acknowledge_report, enter_report
from tongchou.web.duties.actions.reporting import approve_report, submit_report, write_report
from tongchou.web.duties.models import ProgressReport
from tongchou.web.duties.standing import standings
from tongchou.web.duties.todo import todo
from tongchou.web.duties.words import Origin, Said
from tongchou.web.events.models import Event
from tongchou.web.events.record import faults
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.roles import Role

UNIT = "county-140123"
NOTE = "娄政函〔2026〕31号"
WORDS = "已改造村卫生室十二所。"
SCAN = ("来函.pdf", b"%PDF-1.4 scanned")


@pytest.fixture
def unit(organisations) -> Organisation:
    return organisations[UNIT]


@pytest.fixture
def enter(undated, unit, coordinator_person, now):
    def entered(**given) -> ProgressReport:
        asked = {
            "commitment": undated,
            "organisation": unit,
            "status": Said.UNDER_WAY,
            "words": WORDS,
            "said_on": date(2026, 11, 20),
            "origin": Origin.LETTER,
            "origin_note": NOTE,
            "by": coordinator_person,
            "now": now,
        }
        return enter_report(**asked | given)

    return entered


def form(**given) -> dict[str, object]:
    asked = {
        "unit": UNIT,
        "status": "under_way",
        "said_on": timezone.localdate().isoformat(),
        "words": WORDS,
        "origin": "letter",
        "origin_note": NOTE,
    }
    return asked | given


def codes_of(error: pytest.ExceptionInfo[ProblemsError]) -> list[tuple[str, str]]:
    return sorted((p.code, p.where) for p in error.value.problems)


def test_what_is_entered_counts_at_once_and_leaves_one_event(enter, undated, now):
    report = enter(files=[SCAN])
    (standing,) = standings([undated], now.date())
    assert (standing.said, standing.is_entered) == (Said.UNDER_WAY, True)
    assert standing.by_unit[UNIT].is_entered
    event = Event.objects.latest("number")
    assert (event.kind, event.organisation) == ("duties.report_entered", UNIT)
    assert (event.data["origin"], event.data["origin_note"]) == ("letter", NOTE)
    assert list(faults()) == []
    assert report.reviewed_by is None
    assert report.files.get().shared_at is None


def test_a_unit_with_an_account_speaks_for_itself(enter, person):
    head = person(Role.HEAD, UNIT)
    with pytest.raises(ProblemsError) as error:
        enter()
    assert codes_of(error) == [("T024", "unit")]
    head.is_active = False
    head.save()
    assert enter().pk  # an account that was closed is none


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"origin": Origin.PAPER}, [("T025", "files")]),
        ({"origin_note": "  "}, [("T001", "origin_note")]),
        ({"origin_note": "号" * 201}, [("T016", "origin_note")]),
        ({"words": "", "said_on": date(2030, 1, 1)}, [("T001", "words"), ("T003", "said_on")]),
    ],
)
def test_what_is_wrong_is_told_all_at_once_and_nothing_is_kept(enter, given, expected):
    with pytest.raises(ProblemsError) as error:
        enter(**given)
    assert codes_of(error) == expected
    assert not ProgressReport.objects.exists()


def test_a_unit_that_does_not_bear_it_says_nothing_about_it(enter, organisations, undated):
    other = next(o for o in organisations.values() if not undated.duties.filter(organisation=o).exists())
    with pytest.raises(ProblemsError) as error:
        enter(organisation=other)
    assert codes_of(error) == [("T008", "organisation")]


def test_nobody_enters_for_their_own_unit(undated, unit, person, as_, enter):
    own = person(Role.COORDINATOR, UNIT)
    with pytest.raises(ProblemsError) as error:
        enter(by=own)
    assert codes_of(error) == [("T026", "unit")]
    html = as_(own).get(undated.get_absolute_url(), {"open": "enter"}).content.decode()
    assert f'<option value="{UNIT}"' not in html.partition('id="id_enter_unit"')[2].partition("</select>")[0]
    assert "?open=enter" not in as_(own).get(f"/duties/unit/{UNIT}/").content.decode()
    assert f'href="/duties/unit/{UNIT}/">代录' not in as_(own).get("/duties/silence/").content.decode()


@pytest.mark.parametrize(
    "role", [Role.OFFICER, Role.HEAD, Role.FINANCE, Role.ASSESSOR, Role.LEADER, Role.ADMINISTRATOR]
)
def test_nobody_but_the_coordinator_enters(undated, person, as_, role):
    one = as_(person(role, "transport"))
    assert one.post(f"/duties/{undated.pk}/enter", form()).status_code == 403
    html = one.get(undated.get_absolute_url()).content.decode()
    assert "代单位录入" not in html
    assert not ProgressReport.objects.exists()


def test_a_stranger_is_sent_to_sign_in(undated, stranger):
    assert stranger.post(f"/duties/{undated.pk}/enter", form()).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("language", "mark", "whence"),
    [("zh", "代录", "协调员代录，来源：来函"), ("en", "on behalf", "entered by the coordinator from a letter")],
)
def test_it_is_entered_where_it_is_looked_for_and_marked_wherever_it_is_shown(
    undated, coordinator_person, as_, stranger, language, mark, whence
):
    city = as_(coordinator_person)
    for client in (city, stranger):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    where = f"{undated.get_absolute_url()}?open=enter&amp;unit={UNIT}#enter"
    assert where in city.get(f"/duties/unit/{UNIT}/").content.decode()
    assert f'href="/duties/unit/{UNIT}/"' in city.get("/duties/silence/").content.decode()
    opened = city.get(undated.get_absolute_url(), {"open": "enter", "unit": UNIT}).content.decode()
    assert '<details class="add" open>' in opened
    assert f'<option value="{UNIT}" selected>' in opened
    sent = form(files=SimpleUploadedFile(*SCAN))
    assert city.post(f"/duties/{undated.pk}/enter", sent).headers["Location"].endswith("#reports")
    file = ProgressReport.objects.get().files.get()
    for address in (undated.get_absolute_url(), f"/public/commitments/{undated.code}/"):
        html = stranger.get(address).content.decode()
        assert f'<span class="tag">{mark}</span>' in html, address
        assert f"{whence} {NOTE}" in html or f"{whence}: {NOTE}" in html, address
        assert WORDS in html
        assert f"/files/{file.pk}" not in html
    assert stranger.get(f"/files/{file.pk}").status_code == 404
    assert city.get(f"/files/{file.pk}").status_code == 200
    assert f"/files/{file.pk}" in city.get(undated.get_absolute_url()).content.decode()
    for address in ("/duties/", f"/duties/unit/{UNIT}/"):
        assert f'<span class="tag">{mark}</span>' in stranger.get(address).content.decode(), address
    csv = stranger.get(f"/duties/{undated.pk}.csv").content.decode("utf-8-sig")
    assert whence in csv
    assert NOTE in csv
    ledger = stranger.get("/duties/ledger.csv").content.decode("utf-8-sig")
    assert {"zh": "含代录", "en": "with words entered on behalf"}[language] in ledger
    assert NOTE in city.get(f"/duties/{undated.pk}/history").content.decode()
    said = {"zh": "代录进展", "en": "report entered on behalf"}[language]
    assert said in city.get("/events/").content.decode()
    assert said in stranger.get("/public/disclosures/").content.decode()
    feed = stranger.get(f"/public/commitments/{undated.code}/feed.atom").content.decode()
    assert {"zh": "（协调员代录）", "en": "(entered by the coordinator)"}[language] in feed
    (item,) = stranger.get(f"/api/commitments/{undated.pk}/reports").json()["items"]
    assert (item["origin"], item["origin_note"], item["is_acknowledged"]) == ("letter", NOTE, False)


def test_a_form_with_faults_comes_back_as_it_was_filled_in(undated, coordinator_person, as_):
    answer = as_(coordinator_person).post(f"/duties/{undated.pk}/enter", form(origin="paper", status=""))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert NOTE in html
    assert WORDS in html
    assert '<option value="paper" selected>' in html


def asked_of(user: User) -> dict[str, int]:
    return {t.words.zh: t.count for t in todo(User.objects.get(pk=user.pk), timezone.localdate()) if t.count}


def test_the_unit_is_told_as_soon_as_it_has_an_account_and_finds_it_right(enter, undated, person, as_):
    report, second = enter(), enter(said_on=date(2026, 11, 21))
    officer, other = person(Role.OFFICER, UNIT), person(Role.OFFICER, "county-140121")
    line = "协调员代录、待本单位核对的进展"
    assert asked_of(officer)[line] == 2
    assert line not in asked_of(other)
    page = as_(officer).get(f"/duties/unit/{UNIT}/").content.decode()
    assert page.count('name="chosen"') == 2
    assert 'name="chosen"' not in as_(other).get(f"/duties/unit/{UNIT}/").content.decode()
    for address in (f"/duties/reports/{report.pk}/acknowledge", f"/duties/unit/{UNIT}/acknowledge"):
        assert as_(other).post(address, {"chosen": [report.pk]}).status_code == 403
    assert as_(officer).post(f"/duties/reports/{report.pk}/acknowledge").status_code == 302
    assert as_(officer).post(f"/duties/reports/{report.pk}/acknowledge").status_code == 422  # once
    chosen = {"chosen": [report.pk, second.pk, "x"]}
    assert as_(officer).post(f"/duties/unit/{UNIT}/acknowledge", chosen).status_code == 302
    assert line not in asked_of(officer)
    assert ProgressReport.objects.filter(acknowledged_by=officer).count() == 2
    assert Event.objects.filter(kind="duties.report_acknowledged", organisation=UNIT).count() == 2
    assert "单位已核对" in as_(other).get(undated.get_absolute_url()).content.decode()


def test_a_report_of_the_units_own_cannot_be_acknowledged(undated, unit, officer, head, now):
    own = write_report(
        commitment=undated, organisation=unit, status=Said.DONE, words="好", said_on=now.date(), by=officer, now=now
    )
    with pytest.raises(ProblemsError):
        acknowledge_report(report=own, by=head, now=now)


def test_the_units_own_later_word_stands_instead(enter, undated, unit, officer, head, now):
    officer.memberships.update(since=now.date() + timedelta(days=1))
    head.memberships.update(since=now.date() + timedelta(days=1))
    enter()
    later = now + timedelta(days=2)
    own = write_report(
        commitment=undated,
        organisation=unit,
        status=Said.BLOCKED,
        words="缺钱",
        said_on=later.date(),
        by=officer,
        now=later,
    )
    approve_report(report=submit_report(report=own, by=officer, now=later), by=head, now=later)
    (standing,) = standings([undated], later.date())
    assert (standing.said, standing.is_entered) == (Said.BLOCKED, False)


@pytest.mark.parametrize(
    "change",
    [
        {"origin_note": ""},
        {"origin": ""},
        {"origin": "rumour"},
        {"state": "draft"},
        {"acknowledged_at": timezone.now()},
        {"reviewed_at": None},
    ],
)
def test_the_database_refuses_what_cannot_be(enter, change):
    report = enter()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.filter(pk=report.pk).update(**change)
