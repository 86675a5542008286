"""Commitments come from the reader once, follow its readings while proposals, and keep what was decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from tongchou.kernel.problems import ProblemsError
from tongchou.policy.contract import to_dict
from tongchou.web.duties.actions.answering import Given, propose_answer
from tongchou.web.duties.actions.confirming import confirm, confirm_all, follow, reject
from tongchou.web.duties.actions.proposing import propose_commitments
from tongchou.web.duties.models import Commitment, Duty, Overlay
from tongchou.web.duties.words import Answer, Decision
from tongchou.web.events.record import history


def reread(document, change):
    """Keep the document as another reading gives it."""
    policy = document.policy
    clauses = tuple(replace(c, commitments=tuple(change(m) for m in c.commitments)) for c in policy.clauses)
    document.contract = to_dict(replace(policy, clauses=clauses))
    document.save()
    return type(document).objects.get(pk=document.pk)


def test_every_commitment_is_proposed_with_its_words_place_and_parties(proposed):
    read = {m.id: m for m in proposed.policy.commitments}
    held = Commitment.objects.filter(document=proposed)
    assert len(held) == len(read) > 200
    for one in held:
        assert one.decision == Decision.PROPOSAL
        assert one.text == read[one.code].text
        assert (one.start, one.end) == tuple(read[one.code].span)
        assert one.policy_address.endswith(f"#at-c{one.code}")
    assert Duty.objects.filter(organisation__isnull=True).count() == 0
    metro = Commitment.objects.get(printed_by__isnull=False)
    assert metro.code.startswith("2.8-")
    assert {d.name for d in metro.duties.all()} >= {"市交通局", "市规划和自然资源局"}


def test_counties_stand_each_for_itself_with_the_group_printed(proposed):
    one = Commitment.objects.filter(duties__group__startswith="各县").first()
    assert one.duties.filter(group__startswith="各县").count() == 10


def test_reading_again_changes_nothing(proposed, now):
    before = list(Commitment.objects.values()), list(Duty.objects.values())
    again = propose_commitments(document=proposed, by=None, now=now)
    assert (again.added, again.changed, again.missing) == (0, 0, 0)
    assert before == (list(Commitment.objects.values()), list(Duty.objects.values()))
    assert len(history(proposed)) == 1


def test_another_reading_keeps_decisions_and_answers(proposed, undated, coordinator_person, organisations, now):
    loufan = organisations["county-140123"]
    given = Given(Answer.NOTE, words="按年度安排")
    propose_answer(commitment=undated, given=given, given_by=loufan, by=coordinator_person, now=now)
    document = reread(proposed, lambda m: replace(m, text=m.text + "。"))
    assert propose_commitments(document=document, by=None, now=now).changed > 200
    held = Commitment.objects.get(pk=undated.pk)
    assert held.text == undated.text
    assert held.reread == undated.text + "。"
    assert held.decision == Decision.CONFIRMED
    assert Overlay.objects.get().commitment == held
    assert not Commitment.objects.exclude(pk=undated.pk).filter(reread__gt="").exists()
    confirm(commitment=held, by=coordinator_person, now=now)
    held.refresh_from_db()
    assert (held.text, held.reread) == (undated.text + "。", "")
    assert Commitment.objects.count() > 200


def test_what_a_reading_no_longer_has_is_marked_not_removed(proposed, now):
    policy = proposed.policy
    clauses = tuple(replace(c, commitments=c.commitments[:-1]) for c in policy.clauses)
    gone = sum(bool(c.commitments) for c in policy.clauses)
    proposed.contract = to_dict(replace(policy, clauses=clauses))
    proposed.save()
    document = type(proposed).objects.get(pk=proposed.pk)
    assert propose_commitments(document=document, by=None, now=now).missing == gone
    assert Commitment.objects.filter(is_missing=True).count() == gone
    assert propose_commitments(document=document, by=None, now=now).missing == 0


def test_rejecting_needs_a_reason_and_can_be_taken_back(proposed, coordinator_person, now):
    one = Commitment.objects.first()
    with pytest.raises(ProblemsError):
        reject(commitment=one, reason=" ", by=coordinator_person, now=now)
    reject(commitment=one, reason="这是背景，不是承诺", by=coordinator_person, now=now)
    confirm(commitment=one, by=coordinator_person, now=now)
    one.refresh_from_db()
    assert (one.decision, one.reason) == (Decision.CONFIRMED, "")
    assert [e.kind for e in history(one)] == ["duties.commitment_confirmed", "duties.commitment_rejected"]


def test_confirming_many_leaves_an_event_for_each(proposed, coordinator_person, now):
    some = list(Commitment.objects.filter(clause="2.8"))
    assert confirm_all(commitments=some, by=coordinator_person, now=now) == len(some) > 1
    assert all(len(history(one)) == 1 for one in some)
    some = list(Commitment.objects.filter(clause="2.8"))
    assert confirm_all(commitments=some, by=coordinator_person, now=now) == 0
    follow(commitment=some[0], follower=coordinator_person, by=coordinator_person, now=now)
    assert history(some[0])[0].kind == "duties.commitment_followed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": "rejected", "reason": ""},
        {"decision": "confirmed", "decided_at": None},
        {"text": ""},
        {"end": 0, "start": 5},
    ],
)
def test_the_database_refuses(proposed, wrong):
    one = Commitment.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=one.pk).update(**wrong)


def test_a_document_received_on_its_page_is_proposed_at_once(organisations, builtin, coordinator_person, as_):
    from django.core.files.uploadedfile import SimpleUploadedFile

    text = "（一）建设管网。2026年底前建成泵站。（市水务局牵头，市财政局配合）"
    paper = f"临河市人民政府关于治水的意见\n一、主要任务\n{text}\n"
    client = as_(coordinator_person)
    form = {"file": SimpleUploadedFile("意见.txt", paper.encode()), "use_region": "on"}
    assert client.post("/documents/", form).status_code == 302
    (one,) = Commitment.objects.exclude(document=builtin).filter(printed_by__isnull=False)
    assert {(d.name, d.role) for d in one.duties.all()} == {("市水务局", "lead"), ("市财政局", "support")}
    page = client.get(f"/duties/confirm/?document={one.document_id}").content.decode()
    assert one.text in page
