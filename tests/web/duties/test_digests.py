"""Weekly lists go out once a week and at most once by mail; what is asked of whom, found, and escalated."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from tongchou.web import mail as mail_settings
from tongchou.web.duties.actions.digesting import make_digests, send_digest
from tongchou.web.duties.digesting import monday
from tongchou.web.duties.escalating import escalated
from tongchou.web.duties.models import Commitment, Digest
from tongchou.web.duties.parameters import escalation
from tongchou.web.duties.search import search
from tongchou.web.duties.standing import standings
from tongchou.web.duties.todo import todo
from tongchou.web.events.models import Event
from tongchou.web.people.models import Organisation, User


@pytest.fixture
def transport(shown):
    Organisation.objects.filter(pk="transport").update(email="office@example.org")
    return Organisation.objects.get(pk="transport")


def test_a_weeks_list_is_made_once_and_says_what_is_late(shown, now):
    before = Digest.objects.count()
    assert before > 0, "the demonstration made them"
    events = Event.objects.count()
    assert len(make_digests(on=now.date() + timedelta(days=6 - now.weekday()), now=now)) == before
    assert Event.objects.count() == events, "the same week, nothing new"
    lines = Digest.objects.get(organisation="transport", week=monday(now.date())).lines
    assert any("逾期" in line["zh"] for line in lines)
    assert any("待回函" in line["zh"] for line in lines)
    assert all(line["count"] > 0 and line["en"] and line["address"].startswith("/") for line in lines)
    make_digests(on=now.date() + timedelta(days=7), now=now)
    assert Digest.objects.count() > before


def test_a_list_is_mailed_at_most_once_a_week(transport, now):
    digest = Digest.objects.get(organisation=transport)
    for _ in range(3):
        assert send_digest(digest=digest, address="https://tongchou.example.org", now=now) == []
    (sent,) = mail.outbox
    assert sent.to == ["office@example.org"]
    assert "市交通局" in sent.subject
    assert "https://tongchou.example.org/duties/" in sent.body
    other = Digest.objects.exclude(organisation=transport).first()
    assert send_digest(digest=other, address="", now=now) == [], "no address, no mail"
    assert len(mail.outbox) == 1


def test_what_the_server_refuses_may_be_sent_again(transport, now, monkeypatch):
    digest = Digest.objects.get(organisation=transport)

    def refuse(self, *args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("tongchou.web.duties.actions.digesting.EmailMessage.send", refuse)
    (problem,) = send_digest(digest=digest, address="", now=now)
    assert problem.code == "T018"
    monkeypatch.undo()
    assert send_digest(digest=digest, address="", now=now) == []
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example.org", {"EMAIL_PORT": 25, "EMAIL_USE_SSL": False, "EMAIL_USE_TLS": False}),
        ("smtps://u%40x:p%2Fw@mail.example.org", {"EMAIL_PORT": 465, "EMAIL_HOST_USER": "u@x", "EMAIL_USE_SSL": True}),
        (
            "smtp+starttls://u:p@mail.example.org:587?from=office@example.org",
            {"EMAIL_USE_TLS": True, "EMAIL_PORT": 587, "DEFAULT_FROM_EMAIL": "office@example.org"},
        ),
    ],
)
def test_mail_settings_from_one_address(address, expected):
    assert expected.items() <= mail_settings.settings_for(address).items()
    with pytest.raises(ValueError, match="TONGCHOU_SMTP_URL"):
        mail_settings.settings_for("http://mail.example.org")


def test_what_is_asked_of_whom(shown, now):
    def asked(name: str) -> dict[str, int]:
        return {t.words.zh: t.count for t in todo(User.objects.get(username=name), now.date()) if t.count}

    assert asked("transport-reviewer") == {"待审定的进展报告": 1, "待回函的征求意见": 1}
    assert asked("loufan-officer") == {"被退回的进展报告": 1}
    coordinator = asked("coordinator")
    assert coordinator["待认定的佐证"] == 2
    assert coordinator["待确认的承诺"] == Commitment.objects.filter(decision="proposal").count()
    assert asked("leader") == {}


def test_search_finds_what_a_person_may_see(shown):
    from django.contrib.auth.models import AnonymousUser

    metro = Commitment.objects.get(printed_by__isnull=False)
    hidden = Commitment.objects.filter(decision="proposal").first()
    stranger, leader = AnonymousUser(), User.objects.get(username="leader")
    assert [h.address for h in search(stranger, metro.code, 5)] == [metro.get_absolute_url()]
    assert search(stranger, hidden.text, 5) == []
    assert [h.address for h in search(leader, hidden.text, 5)] == [hidden.get_absolute_url()]
    assert any(h.kind.zh == "实施方案" for h in search(leader, "实施方案", 5))


def test_escalation_goes_to_the_highest_step_reached(shown, now):
    on = now.date()
    steps = escalation(on)
    rows = standings(list(Commitment.objects.filter(document=shown, decision="confirmed")), on)
    reached = {e.standing.commitment.pk: e for e in escalated(rows, on, steps)}
    metro = Commitment.objects.get(printed_by__isnull=False)
    assert metro.pk not in reached, "closed is closed, however long ago it was due"
    late = [e for e in reached.values() if e.step.after == "overdue"]
    assert [(e.days, e.step.role) for e in late] == [(20, "head")]
    later = {e.standing.commitment.pk: e for e in escalated(rows, on + timedelta(days=45), steps)}
    assert later[late[0].standing.commitment.pk].step.role == "leader"


def test_the_command_says_the_lists_and_sends_only_with_a_server(shown, now, capsys, monkeypatch):
    import typer

    from tongchou.web.duties.digest_command import digest

    digest(send=False, on=now.date().isoformat())
    said = capsys.readouterr().out
    assert "市交通局" in said
    assert "逾期" in said
    monkeypatch.delenv("TONGCHOU_SMTP_URL", raising=False)
    for wrong in ({"send": True}, {"on": "昨天"}):
        with pytest.raises(typer.Exit):
            digest(**{"send": False, "on": "2026-11-27"} | wrong)
