"""Rounds of consultation: opened, sent with the paper kept as sent, answered with a scan, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.duties import codes
from tongchou.web.duties.actions.answering import Given, needs_another, propose_answer, sign_answer
from tongchou.web.duties.actions.checking import changed, confirmed, locked, not_after, stop, words_in
from tongchou.web.duties.models import Commitment, Consultation, Consulted
from tongchou.web.duties.paper import consultation_paper
from tongchou.web.duties.words import Reply, RoundState
from tongchou.web.events.record import record
from tongchou.web.files.actions import keep
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation, User


@transaction.atomic
def send_round(
    *,
    document: Document,
    commitments: Sequence[Commitment],
    title: str,
    words: str,
    reply_by: date,
    by: User | None,
    now: datetime,
    is_illustrative: bool = False,
) -> Consultation:
    """Send 《任务分工（征求意见稿）》 to every unit that bears one of the confirmed commitments; the paper is kept."""
    problems = words_in(title, "title") + words_in(title[200:], "title", needed=False)
    problems += words_in(words, needed=False)
    if not commitments:
        problems.append(codes.NOTHING_CHOSEN.at("commitments"))
    problems += [p for c in commitments for p in confirmed(c)]
    if reply_by < timezone.localdate(now):
        problems.append(codes.BAD_ORDER.at("reply_by"))
    asked = Organisation.objects.filter(duties__commitment__in=[c.pk for c in commitments]).distinct()
    if commitments and not asked:
        problems.append(codes.NOBODY_TO_ASK.at("commitments"))
    stop(problems)
    paper = consultation_paper(document, commitments, reply_by, timezone.localdate(now))
    draft = keep(name=f"{title.strip()[:80]}.docx", data=paper, organisation=None, by=by, now=now)
    one = Consultation.objects.create(
        document=document,
        title=title.strip(),
        words=words.strip(),
        reply_by=reply_by,
        made_by=by,
        made_at=now,
        state=RoundState.SENT,
        sent_at=now,
        draft=draft,
        is_illustrative=is_illustrative,
    )
    one.commitments.set(commitments)
    Consulted.objects.bulk_create([Consulted(consultation=one, organisation=o) for o in asked])
    data = {"to": [o.pk for o in asked], "reply_by": reply_by, "commitments": [c.code for c in commitments]}
    record("duties.round_sent", about=one, by=by, now=now, data=data)
    return one


@transaction.atomic
def reply_to_round(
    *,
    consulted: Consulted,
    reply: Reply,
    words: str,
    scan: tuple[str, bytes] | None,
    signed_on: date,
    answers: Sequence[tuple[Commitment, Given]],
    by: User,
    now: datetime,
) -> list[Problem]:
    """Take a unit's stamped reply: the answers it carries hold from the day it was signed.

    Returns a warning for each answer that waits for another unit's signature. A later reply replaces an earlier one.
    """
    problems = words_in(words, needed=reply is Reply.CHANGES and not answers)
    problems += not_after(signed_on, timezone.localdate(now), "signed_on")
    if scan is None:
        problems.append(codes.SCAN_NEEDED.at("scan"))
    stop(problems)
    assert scan is not None  # noqa: S101 — stop() has raised otherwise
    one = locked(consulted)
    if one.consultation.state != RoundState.SENT:
        raise changed(one.consultation.made_by, one.consultation.stage)
    name, data = scan
    one.scan = keep(name=name, data=data, organisation=one.organisation, by=by, now=now)
    one.reply, one.words, one.signed_on = reply, words.strip(), signed_on
    one.replied_by, one.replied_at = by, now
    one.save()
    waiting: list[Problem] = []
    faults: list[Problem] = []
    for commitment, given in answers:
        try:
            overlay = propose_answer(
                commitment=commitment,
                given=given,
                given_by=one.organisation,
                by=by,
                now=now,
                consulted=one,
                is_illustrative=one.consultation.is_illustrative,
            )
        except ProblemsError as error:
            faults += [Problem(p.code, f"{commitment.code} {p.where}", p.message, p.hint) for p in error.problems]
            continue
        other = needs_another(overlay)
        if other is not None:
            waiting.append(other)
        else:
            sign_answer(overlay=overlay, scan=one.scan, holds_from=signed_on, by=by, now=now)
    stop(faults)
    record(
        "duties.round_answered",
        about=one.consultation,
        by=by,
        now=now,
        organisation=one.organisation,
        data={"reply": reply.value, "signed_on": signed_on, "answers": len(answers), "scan": one.scan.pk},
    )
    return waiting


@transaction.atomic
def close_round(*, consultation: Consultation, by: User, now: datetime) -> Consultation:
    """End a round; replies come in no more."""
    one = locked(consultation)
    if one.state != RoundState.SENT:
        raise changed(one.made_by, one.stage)
    one.state = RoundState.CLOSED
    one.save(update_fields=["state"])
    silent = list(one.consulted.filter(reply="").values_list("organisation_id", flat=True))
    record("duties.round_closed", about=one, by=by, now=now, data={"silent": silent})
    return one
