"""What a person does about one commitment by a form on its page: each reads its form, checks the right, and acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_datetime

from tongchou.kernel.problems import ProblemsError
from tongchou.web.duties.actions.answering import Given, propose_answer
from tongchou.web.duties.actions.confirming import confirm, follow, reject
from tongchou.web.duties.actions.entering import enter_report
from tongchou.web.duties.actions.evidencing import add_evidence
from tongchou.web.duties.actions.reporting import submit_report, write_report
from tongchou.web.duties.filled import Filled
from tongchou.web.duties.models import Commitment
from tongchou.web.duties.words import Answer, EvidenceKind, Origin, Said
from tongchou.web.files.actions import all_sent
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import check

Act = Callable[[HttpRequest, Commitment, datetime], None]


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — only people with an account come here
    return request.user


def _unit(request: HttpRequest, permission: str) -> Organisation:
    """Return the unit in whose name a form is sent; raise ``PermissionDenied`` for one that is not the person's."""
    unit = get_object_or_404(Organisation, pk=request.POST.get("unit", ""))
    check(request.user, permission, unit.pk)
    return unit


def _confirm(request: HttpRequest, one: Commitment, now: datetime) -> None:
    check(request.user, "duties.confirm")
    confirm(commitment=one, by=_user(request), now=now)


def _reject(request: HttpRequest, one: Commitment, now: datetime) -> None:
    check(request.user, "duties.confirm")
    reject(commitment=one, reason=Filled(request.POST.dict()).text("reason"), by=_user(request), now=now)


def _follow(request: HttpRequest, one: Commitment, now: datetime) -> None:
    check(request.user, "duties.confirm")
    follow(commitment=one, follower=_user(request), by=_user(request), now=now)


def _enter(request: HttpRequest, one: Commitment, now: datetime) -> None:
    unit, form = _unit(request, "duties.enter"), Filled(request.POST.dict())
    status, said_on, origin = form.choice("status", Said), form.day("said_on"), form.choice("origin", Origin)
    files = _files(request, form)
    assert status is not None  # noqa: S101 — _files() has stopped otherwise
    assert said_on is not None  # noqa: S101
    assert origin is not None  # noqa: S101
    enter_report(
        commitment=one,
        organisation=unit,
        status=status,
        words=form.text("words"),
        said_on=said_on,
        origin=origin,
        origin_note=form.text("origin_note"),
        by=_user(request),
        now=now,
        files=files,
    )


def _files(request: HttpRequest, form: Filled) -> list[tuple[str, bytes]]:
    """Return the files sent with a form; raise :class:`ProblemsError` for these and for what is wrong in it so far."""
    files: list[tuple[str, bytes]] = []
    try:
        files = all_sent(request)
    except ProblemsError as error:
        form.problems += error.problems
    form.stop()
    return files


def _report(request: HttpRequest, one: Commitment, now: datetime) -> None:
    unit, form = _unit(request, "duties.report"), Filled(request.POST.dict())
    status, said_on = form.choice("status", Said), form.day("said_on")
    files = _files(request, form)
    assert status is not None  # noqa: S101 — _files() has stopped otherwise
    assert said_on is not None  # noqa: S101
    report = write_report(
        commitment=one,
        organisation=unit,
        status=status,
        words=form.text("words"),
        said_on=said_on,
        by=_user(request),
        now=now,
        files=files,
        seen_at=parse_datetime(request.POST.get("seen_at", "")),
    )
    if request.POST.get("then") == "submit":
        submit_report(report=report, by=_user(request), now=now)


def _evidence(request: HttpRequest, one: Commitment, now: datetime) -> None:
    unit, form = _unit(request, "duties.evidence"), Filled(request.POST.dict())
    kind, happened_on = form.choice("kind", EvidenceKind), form.day("happened_on")
    files = _files(request, form)
    assert kind is not None  # noqa: S101 — _files() has stopped otherwise
    assert happened_on is not None  # noqa: S101
    add_evidence(
        commitment=one,
        organisation=unit,
        kind=kind,
        happened_on=happened_on,
        words=form.text("words"),
        source=form.text("source"),
        by=_user(request),
        now=now,
        files=files,
    )


def _answer(request: HttpRequest, one: Commitment, now: datetime) -> None:
    unit, form = _unit(request, "duties.answer"), Filled(request.POST.dict())
    given = given_in(form)
    form.stop()
    assert given is not None  # noqa: S101 — stop() has raised otherwise
    propose_answer(commitment=one, given=given, given_by=unit, by=_user(request), now=now)


def given_in(form: Filled, prefix: str = "") -> Given | None:
    """Return the answer in a form; faults stay in it."""
    kind = form.choice(f"{prefix}kind", Answer)
    if kind is None:
        return None
    day = form.day(f"{prefix}date") if kind is Answer.DATE else None
    number = form.number(f"{prefix}target") if kind is Answer.MEASURE else None
    named = Organisation.objects.filter(pk=form.text(f"{prefix}organisation")).first() if kind is Answer.LEAD else None
    return Given(
        kind,
        organisation=named,
        date=day,
        measure=form.text(f"{prefix}measure"),
        target=number,
        unit=form.text(f"{prefix}measure_unit"),
        words=form.text(f"{prefix}words"),
    )


ACTS: dict[str, Act] = {
    "confirm": _confirm,
    "reject": _reject,
    "follow": _follow,
    "report": _report,
    "enter": _enter,
    "evidence": _evidence,
    "answer": _answer,
}
PLACES = {"report": "reports", "enter": "reports", "evidence": "evidence", "answer": "answers"}
