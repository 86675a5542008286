"""Actions on words, evidence, answers, rounds and plans: what they refuse, what they leave behind."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tongchou.kernel.problems import ProblemsError
from tongchou.web.duties.actions.answering import Given, propose_answer, sign_answer, withdraw_answer
from tongchou.web.duties.actions.consulting import close_round, reply_to_round, send_round
from tongchou.web.duties.actions.evidencing import accept_evidence, add_evidence, refuse_evidence
from tongchou.web.duties.actions.planning import Task, file_plan
from tongchou.web.duties.actions.reporting import approve_report, return_report, submit_report, write_report
from tongchou.web.duties.coverage import coverages
from tongchou.web.duties.lamps import Colour
from tongchou.web.duties.models import Commitment, Consulted, EvidenceEvent, Overlay, Plan, ProgressReport
from tongchou.web.duties.silence import silences
from tongchou.web.duties.standing import standings
from tongchou.web.duties.words import (
    Answer,
    EvidenceKind,
    EvidenceState,
    OverlayState,
    Reply,
    ReportState,
    RoundState,
    Said,
)
from tongchou.web.events.record import faults, history
from tongchou.web.files.models import StoredFile

SCAN = ("回函.pdf", b"%PDF-1.4 scanned")
DAY = date(2021, 3, 1)


def codes_of(caught) -> set[str]:
    return {p.code for p in caught.value.problems}


@pytest.fixture
def loufan(organisations):
    return organisations["county-140123"]


@pytest.fixture
def write(undated, loufan, officer, now):
    def go(**more):
        said = {"status": Said.UNDER_WAY, "words": "已开工", "said_on": DAY, "by": officer, "now": now}
        return write_report(**({"commitment": undated, "organisation": loufan} | said | more))

    return go


def standing(one: Commitment, on: date, unit: str = ""):
    (found,) = standings([Commitment.objects.get(pk=one.pk)], on, unit)
    return found


def test_a_word_counts_when_another_person_has_approved_it(write, undated, officer, head, now):
    on = now.date()
    report = write(said_on=on)
    assert standing(undated, on).lamp.colour is Colour.GREY
    submit_report(report=report, by=officer, now=now)
    with pytest.raises(ProblemsError) as caught:
        approve_report(report=report, by=officer, now=now)
    assert codes_of(caught) == {"T010"}
    approve_report(report=report, by=head, now=now)
    found = standing(undated, on)
    assert (found.said, found.lamp.colour) == (Said.UNDER_WAY, Colour.GREEN)
    kinds = [e.kind for e in history(undated)]
    assert kinds[:3] == ["duties.report_approved", "duties.report_submitted", "duties.report_written"]
    assert list(faults()) == []


def test_a_returned_report_is_written_again_and_told_why(write, officer, head, now):
    report = submit_report(report=write(), by=officer, now=now)
    with pytest.raises(ProblemsError):
        return_report(report=report, reason="  ", by=head, now=now)
    return_report(report=report, reason="写明数量", by=head, now=now)
    again = write(words="已开工，完成12公里")
    assert (again.pk, again.state, again.reviewed_by) == (report.pk, ReportState.DRAFT, None)


def test_the_second_of_two_writers_sees_the_first(write, person, now):
    report = write()
    write(words="甲改过", now=now + timedelta(minutes=1), seen_at=report.written_at)
    with pytest.raises(ProblemsError) as caught:
        write(words="乙改过", now=now + timedelta(minutes=2), seen_at=report.written_at)
    assert codes_of(caught) == {"T011"}
    assert ProgressReport.objects.get().words == "甲改过"


def test_what_was_decided_meanwhile_is_not_decided_again(write, officer, head, now):
    report = submit_report(report=write(), by=officer, now=now)
    approve_report(report=report, by=head, now=now)
    for act in (
        lambda: approve_report(report=report, by=head, now=now),
        lambda: return_report(report=report, reason="迟了", by=head, now=now),
        lambda: submit_report(report=report, by=officer, now=now),
    ):
        with pytest.raises(ProblemsError) as caught:
            act()
        assert codes_of(caught) == {"T011"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"words": " "}, "T001"), ({"words": "字" * 2001}, "T016"), ({"said_on": date(2999, 1, 1)}, "T003")],
)
def test_reports_refuse(write, wrong, code):
    with pytest.raises(ProblemsError) as caught:
        write(**wrong)
    assert codes_of(caught) == {code}
    assert not ProgressReport.objects.exists()


def test_only_a_bearer_reports_and_only_on_what_is_confirmed(write, undated, organisations, proposed, now):
    with pytest.raises(ProblemsError) as caught:
        write(organisation=organisations["talent"])
    assert codes_of(caught) == {"T008"}
    with pytest.raises(ProblemsError) as caught:
        write(commitment=Commitment.objects.filter(decision="proposal", duties__organisation="county-140123").first())
    assert codes_of(caught) == {"T007"}


def test_evidence_shows_once_accepted_and_is_public_once_shared(undated, loufan, officer, coordinator_person, now):
    offer = {"commitment": undated, "organisation": loufan, "words": "县政府常务会研究", "by": officer, "now": now}
    event = add_evidence(**offer, kind=EvidenceKind.STUDY, happened_on=DAY, files=[("纪要.pdf", b"%PDF-1")])
    assert standing(undated, now.date()).evidence.value == "nothing"
    with pytest.raises(ProblemsError):
        refuse_evidence(event=event, reason="", by=coordinator_person, now=now)
    accept_evidence(event=event, by=coordinator_person, now=now)
    assert StoredFile.objects.get().shared_at is None
    assert standing(undated, now.date()).evidence.value == "some"
    accept_evidence(event=event, by=coordinator_person, now=now, shared=True)
    assert StoredFile.objects.get().shared_at == now
    with pytest.raises(ProblemsError):
        refuse_evidence(event=event, reason="晚了", by=coordinator_person, now=now)
    other = add_evidence(**offer, kind=EvidenceKind.CHECK, happened_on=DAY)
    refuse_evidence(event=other, reason="看不出是本项", by=coordinator_person, now=now)
    assert EvidenceEvent.objects.get(pk=other.pk).state == EvidenceState.REFUSED
    with pytest.raises(ProblemsError):
        add_evidence(**offer, kind=EvidenceKind.CHECK, happened_on=date(2999, 1, 1))


def test_a_signed_date_answers_what_the_text_leaves_open(undated, loufan, officer, now):
    given = Given(Answer.DATE, date=date(2026, 1, 31))
    overlay = propose_answer(commitment=undated, given=given, given_by=loufan, by=officer, now=now)
    assert standing(undated, now.date()).facts.due is None, "proposed is not signed"
    with pytest.raises(ProblemsError) as caught:
        sign_answer(overlay=overlay, scan=None, holds_from=DAY, by=officer, now=now)
    assert codes_of(caught) == {"T012"}
    sign_answer(overlay=overlay, scan=SCAN, holds_from=DAY, by=officer, now=now)
    found = standing(undated, now.date())
    assert (found.facts.due, found.lamp.colour, found.due_is_signed) == (date(2026, 1, 31), Colour.RED, True)
    undated.refresh_from_db()
    assert undated.printed_by is None, "the text is never edited"
    later = Given(Answer.DATE, date=date(2030, 1, 31))
    second = propose_answer(commitment=undated, given=later, given_by=loufan, by=officer, now=now)
    sign_answer(overlay=second, scan=SCAN, holds_from=date(2022, 1, 1), by=officer, now=now)
    overlay.refresh_from_db()
    assert (overlay.state, overlay.holds_until) == (OverlayState.SUPERSEDED, date(2022, 1, 1))
    assert standing(undated, now.date()).facts.due == date(2030, 1, 31)
    withdraw_answer(overlay=second, reason="签错", by=officer, now=now)
    assert standing(undated, now.date()).facts.due is None
    with pytest.raises(ProblemsError):
        withdraw_answer(overlay=second, reason="再撤", by=officer, now=now)


def test_an_answer_holds_from_its_day_on(undated, loufan, officer, now):
    given = Given(Answer.DATE, date=date(2030, 1, 31))
    overlay = propose_answer(commitment=undated, given=given, given_by=loufan, by=officer, now=now)
    sign_answer(overlay=overlay, scan=SCAN, holds_from=now.date() + timedelta(days=5), by=officer, now=now)
    assert standing(undated, now.date()).facts.due is None
    assert standing(undated, now.date() + timedelta(days=5)).facts.due == date(2030, 1, 31)


def test_proposing_again_replaces_the_units_own_open_answer(undated, loufan, officer, now):
    for words in ("甲", "乙", "乙"):
        propose_answer(commitment=undated, given=Given(Answer.NOTE, words=words), given_by=loufan, by=officer, now=now)
    assert Overlay.objects.get().words == "乙"
    assert [e.kind for e in history(undated)].count("duties.answer_proposed") == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given(Answer.LEAD), "T001"),
        (Given(Answer.DATE), "T001"),
        (Given(Answer.MEASURE), "T001"),
        (Given(Answer.MEASURE, measure="达标率", target=Decimal(95)), "T005"),
        (Given(Answer.NOTE, words=" "), "T001"),
        (Given(Answer.OWNER), "T001"),
    ],
)
def test_answers_refuse(undated, loufan, officer, now, given, code):
    with pytest.raises(ProblemsError) as caught:
        propose_answer(commitment=undated, given=given, given_by=loufan, by=officer, now=now)
    assert code in codes_of(caught)


def test_the_lead_speaks_for_all(undated, loufan, organisations, officer, head, write, now):
    submit_report(report=(report := write(status=Said.DONE)), by=officer, now=now)
    approve_report(report=report, by=head, now=now)
    assert standing(undated, now.date()).said is Said.UNDER_WAY, "the others have not said so"
    assert standing(undated, now.date(), loufan.pk).said is Said.DONE
    given = Given(Answer.LEAD, organisation=loufan)
    overlay = propose_answer(commitment=undated, given=given, given_by=loufan, by=officer, now=now)
    sign_answer(overlay=overlay, scan=SCAN, holds_from=DAY, by=officer, now=now)
    found = standing(undated, now.date())
    assert (found.said, found.leads) == (Said.DONE, (loufan.name,))


@pytest.fixture
def sent(undated, builtin, coordinator_person, now):
    return send_round(
        document=builtin,
        commitments=[undated],
        title="征求意见",
        words="",
        reply_by=now.date() + timedelta(days=10),
        by=coordinator_person,
        now=now,
    )


def test_a_round_goes_to_every_bearer_with_the_paper_kept(sent, undated):
    units = {d.organisation_id for d in undated.duties.all()}
    assert {c.organisation_id for c in sent.consulted.all()} == units
    assert sent.draft.content().startswith(b"PK")
    assert undated.text[:10] in _text(sent.draft.content())


def _text(docx: bytes) -> str:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()


def test_the_paper_says_what_is_signed_already(undated, loufan, officer, builtin, coordinator_person, now):
    given = Given(Answer.DATE, date=date(2030, 1, 31))
    overlay = propose_answer(commitment=undated, given=given, given_by=loufan, by=officer, now=now)
    sign_answer(overlay=overlay, scan=SCAN, holds_from=DAY, by=officer, now=now)
    one = send_round(
        document=builtin,
        commitments=[undated],
        title="第二轮",
        words="",
        reply_by=now.date(),
        by=coordinator_person,
        now=now,
    )
    text = _text(one.draft.content())
    assert "2030年1月31日（娄烦县人民政府2021-03-01答复）" in text
    assert f"{now.year}年{now.month}月{now.day}日前反馈" in text


def test_a_reply_with_one_faulty_answer_is_not_taken_at_all(sent, undated, officer, now):
    consulted = Consulted.objects.get(consultation=sent, organisation="county-140123")
    with pytest.raises(ProblemsError):
        reply_to_round(
            consulted=consulted,
            reply=Reply.CHANGES,
            words="有意见",
            scan=SCAN,
            signed_on=DAY,
            answers=[(undated, Given(Answer.NOTE, words="可以")), (undated, Given(Answer.DATE))],
            by=officer,
            now=now,
        )
    consulted.refresh_from_db()
    assert consulted.reply == ""
    assert not Overlay.objects.exists()


def test_a_closed_round_takes_no_reply(sent, officer, coordinator_person, now):
    close_round(consultation=sent, by=coordinator_person, now=now)
    sent.refresh_from_db()
    assert sent.state == RoundState.CLOSED
    consulted = sent.consulted.first()
    reply = {"reply": Reply.AGREE, "words": "", "scan": SCAN, "signed_on": DAY, "answers": []}
    with pytest.raises(ProblemsError) as caught:
        reply_to_round(consulted=consulted, **reply, by=officer, now=now)
    assert codes_of(caught) == {"T011"}


def test_coverage_counts_what_the_newest_plan_takes_up(undated, metro, loufan, builtin, head, now):
    filed = {"document": builtin, "organisation": loufan, "words": "", "file": SCAN, "by": head, "now": now}
    with pytest.raises(ProblemsError) as caught:
        file_plan(**filed, title="方案", tasks=[Task("修地铁", commitments=(metro,))])
    assert codes_of(caught) == {"T008"}
    for version, tasks in enumerate(([Task("甲"), Task("乙", commitments=(undated,))], [Task("丙")]), 1):
        assert file_plan(**filed, title="方案", tasks=tasks).version == version
        (row,) = [c for c in coverages(builtin) if c.organisation == loufan]
        assert (row.taken_up, row.commitments, row.percent) == ((1, 1, 100) if version == 1 else (0, 1, 0))
    assert all(c.plan is None for c in coverages(builtin) if c.organisation != loufan)


def test_silence_counts_from_the_last_word_of_any_kind(write, sent, undated, builtin, loufan, officer, head, now):
    later = now + timedelta(days=30)
    rows = {s.organisation.pk: s for s in silences(builtin, later.date())}
    assert (rows[loufan.pk].days, rows[loufan.pk].last_word, rows[loufan.pk].unanswered) == (30, None, 1)
    report = submit_report(report=write(), by=officer, now=now)
    approve_report(report=report, by=head, now=now + timedelta(days=20))
    rows = {s.organisation.pk: s for s in silences(builtin, later.date())}
    assert (rows[loufan.pk].days, rows[loufan.pk].unreported) == (10, 0)
    first = silences(builtin, later.date())[0]
    assert first.organisation != loufan, "the longest silent come first"
    assert first.days == 30


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (ProgressReport, {"words": ""}),
        (ProgressReport, {"state": "submitted"}),
        (ProgressReport, {"state": "returned"}),
        (ProgressReport, {"state": "approved"}),
        (EvidenceEvent, {"words": ""}),
        (EvidenceEvent, {"state": "accepted"}),
        (EvidenceEvent, {"shared_at": "2021-01-01T00:00Z"}),
        (Overlay, {"words": ""}),
        (Overlay, {"state": "active"}),
        (Overlay, {"target": 1}),
        (Consulted, {"reply": "agree"}),
        (Plan, {"version": 0}),
        (Plan, {"title": ""}),
    ],
)
def test_the_database_refuses_what_cannot_be(write, sent, undated, loufan, officer, head, builtin, now, model, wrong):
    write()
    event = {"commitment": undated, "organisation": loufan, "words": "会", "by": officer, "now": now}
    add_evidence(**event, kind=EvidenceKind.STUDY, happened_on=DAY)
    propose_answer(commitment=undated, given=Given(Answer.NOTE, words="甲"), given_by=loufan, by=officer, now=now)
    plan = {"document": builtin, "organisation": loufan, "title": "方案", "words": "", "file": None}
    file_plan(**plan, tasks=[Task("甲")], by=head, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk).update(**wrong)


def test_two_people_is_a_rule_of_the_database_too(write, officer):
    report = write()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.filter(pk=report.pk).update(reviewed_by=officer)
