"""What is kept of the ledger shows every change at once, and to nobody what only others may see.

No action touches what is kept: that is how it is in every other process, which learns of a change from the database.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tongchou.web import kept
from tongchou.web.duties import kept_standings
from tongchou.web.duties.actions.answering import Given, propose_answer, sign_answer, withdraw_answer
from tongchou.web.duties.actions.confirming import confirm, confirm_all, reject
from tongchou.web.duties.actions.consulting import reply_to_round, send_round
from tongchou.web.duties.actions.evidencing import accept_evidence, add_evidence, refuse_evidence
from tongchou.web.duties.actions.planning import Task, file_plan
from tongchou.web.duties.actions.reporting import approve_report, return_report, submit_report, write_report
from tongchou.web.duties.models import Commitment, Consulted
from tongchou.web.duties.words import Answer, EvidenceKind, Reply, Said
from tongchou.web.events.changes import Changes
from tongchou.web.events.record import record
from tongchou.web.people.actions import end_role
from tongchou.web.people.roles import Role

UNIT = "county-140123"
PAGES = (
    "/duties/",
    f"/duties/unit/{UNIT}/",
    "/duties/lamps/",
    "/duties/silence/",
    "/duties/escalation/",
    "/public/",
    "/public/commitments/?county=140123",
)
SCAN = ("回函.pdf", b"%PDF-1.4 scanned")
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def readers(undated, coordinator_person, officer, person, as_) -> dict[str, Client]:
    """A stranger, somebody of another unit, somebody of the unit itself, and the city."""
    other = person(Role.OFFICER, "county-140121")
    return {
        "stranger": Client(),
        "wrong": as_(other),
        "right": as_(officer),
        "city": as_(coordinator_person),
    }


def shown(readers: dict[str, Client], anew: bool = False) -> dict[tuple[str, str], bytes]:
    """Return every page as every reader gets it, the readers in alternation."""
    found = {}
    for path in PAGES:
        for name, client in readers.items():
            if anew:
                kept.forget()
                kept_standings.forget()
            found[name, path] = _TOKEN.sub(b"", client.get(path).content)
    return found


class Acts:
    """The actions of the ledger, each on Loufan's commitment."""

    def __init__(self, one: Commitment, coordinator, officer, head, now) -> None:
        self.one, self.coordinator, self.officer, self.head, self.now = one, coordinator, officer, head, now
        self.unit = one.duties.get(organisation=UNIT).organisation
        self.on = now.date()

    def confirmed(self):
        confirm(commitment=self._proposal(), by=self.coordinator, now=self.now)

    def all_confirmed(self):
        confirm_all(commitments=Commitment.objects.all(), by=self.coordinator, now=self.now)

    def rejected(self):
        reject(commitment=self._proposal(), reason="不是承诺", by=self.coordinator, now=self.now)

    def _proposal(self) -> Commitment:
        return Commitment.objects.filter(decision="proposal", duties__organisation=UNIT).first()

    def written(self):
        said = {"status": Said.BLOCKED, "words": "征地受阻", "said_on": self.on}
        self.report = write_report(commitment=self.one, organisation=self.unit, by=self.officer, now=self.now, **said)

    def submitted(self):
        submit_report(report=self.report, by=self.officer, now=self.now)

    def returned(self):
        return_report(report=self.report, reason="写明数量", by=self.head, now=self.now)

    def approved(self):
        approve_report(report=self.report, by=self.head, now=self.now)

    def offered(self):
        said = {"kind": EvidenceKind.STUDY, "happened_on": self.on, "words": "已研究", "by": self.officer}
        self.event = add_evidence(commitment=self.one, organisation=self.unit, now=self.now, **said)

    def accepted(self):
        accept_evidence(event=self.event, by=self.coordinator, now=self.now, shared=True)

    def refused(self):
        refuse_evidence(event=self.event, reason="看不出", by=self.coordinator, now=self.now)

    def proposed(self):
        given = Given(Answer.DATE, date=date(2021, 6, 30))
        told = {"given": given, "given_by": self.unit, "by": self.officer, "now": self.now}
        self.overlay = propose_answer(commitment=self.one, **told)

    def signed(self):
        day = date(2021, 1, 1)
        sign_answer(overlay=self.overlay, scan=SCAN, holds_from=day, by=self.coordinator, now=self.now)

    def withdrawn(self):
        withdraw_answer(overlay=self.overlay, reason="日期有误", by=self.coordinator, now=self.now)

    def planned(self):
        told = {"title": "实施方案", "words": "全文", "tasks": [Task("任务", commitments=(self.one,))], "file": None}
        file_plan(document=self.one.document, organisation=self.unit, by=self.officer, now=self.now, **told)

    def sent(self):
        told = {"title": "征求意见", "words": "请复函", "reply_by": self.on + timedelta(days=7)}
        send_round(document=self.one.document, commitments=[self.one], by=self.coordinator, now=self.now, **told)

    def replied(self):
        one = Consulted.objects.get(organisation=UNIT)
        told = {"reply": Reply.AGREE, "words": "", "scan": SCAN, "signed_on": self.on, "answers": []}
        reply_to_round(consulted=one, by=self.coordinator, now=self.now, **told)


EVERYBODY = {"stranger", "wrong", "right", "city"}
INSIDE = {"right", "city"}  # see the drafts of the unit


@pytest.mark.parametrize(
    ("steps", "who"),
    [
        ("confirmed", EVERYBODY),
        ("all_confirmed", EVERYBODY),
        ("rejected", {"wrong", "right", "city"}),
        ("written", INSIDE),
        ("written submitted", INSIDE),
        ("written submitted returned", INSIDE),
        ("written submitted approved", EVERYBODY),
        ("offered accepted", EVERYBODY),
        ("proposed signed", EVERYBODY),
        ("proposed signed withdrawn", EVERYBODY),
        ("planned", EVERYBODY),
        ("sent", {"wrong", "right", "city"}),
        ("sent replied", {"wrong", "right", "city"}),
    ],
)
def test_a_change_shows_at_once_and_as_if_made_anew(
    steps, who, readers, undated, coordinator_person, officer, head, now
):
    acts = Acts(undated, coordinator_person, officer, head, now)
    *before, last = steps.split()
    for step in before:
        getattr(acts, step)()
    earlier = shown(readers)
    getattr(acts, last)()
    later = shown(readers)
    assert {name for name, path in later if later[name, path] != earlier[name, path]} == who
    assert later == shown(readers, anew=True)


def test_a_role_that_ends_shows_at_once(readers, undated, officer, now):
    before = readers["city"].get("/duties/silence/").content
    (role,) = officer.memberships.all()
    end_role(membership=role, on=now.date() - timedelta(days=1), by=officer, now=now)
    after = readers["city"].get("/duties/silence/").content
    assert before.count(">无".encode()) + 1 == after.count(">无".encode())


def test_another_day_has_other_lamps(readers, metro, monkeypatch):
    today = shown(readers)
    real = timezone.localdate
    tomorrow = real() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: real(value, tz) if value else tomorrow)
    later = shown(readers)
    assert all(later["city", path] != today["city", path] for path in PAGES[:5])
    assert later == shown(readers, anew=True)


def test_the_stamp_follows_the_chain_even_back(db, now):
    changes = Changes("duties.")
    first = changes.stamp()

    def happened(kind: str) -> str:
        with transaction.atomic():
            return record(kind, about="it", by=None, now=now).hash

    assert happened("duties.one") == changes.stamp() != first
    before = changes.stamp()
    happened("figures.one")
    assert changes.stamp() == before
    with transaction.atomic():  # a backup from before is restored, and then something else happens
        lost = happened("duties.two")
        assert changes.stamp() == lost
        transaction.set_rollback(True)
    happened("figures.two")
    assert changes.stamp() == before == Changes("duties.").stamp()


def test_few_documents_and_days_are_kept(proposed, coordinator_person):
    for n in range(20):
        kept_standings.known_of(proposed, date(2026, 1, 1) + timedelta(days=n))
    assert len(kept_standings._known) <= kept_standings._KEPT
