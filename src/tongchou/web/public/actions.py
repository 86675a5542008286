"""Handling a question: passing it on, drafting, returning and approving a reply, publishing. One event each."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.events.record import record
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import check
from tongchou.web.public import codes
from tongchou.web.public.asking import LEAST, MOST
from tongchou.web.public.models import Question, Reply, Routing
from tongchou.web.public.personal_data import personal_data
from tongchou.web.public.states import Outcome, ReplyState, State


def _held(question: Question, *states: State) -> Question:
    """Return the question locked; raise :class:`ProblemsError` unless it stands where the action can be done."""
    held = Question.objects.select_for_update().select_related("organisation").get(pk=question.pk)
    if held.state not in states:
        raise ProblemsError([codes.NOT_WAITING.at("", state=held.state_label)])
    return held


@transaction.atomic
def route(*, question: Question, organisation: Organisation, reason: str, by: User, now: datetime) -> Question:
    """Pass a question on to another organisation; the clock goes on."""
    check(by, "public.route")
    held = _held(question, State.RECEIVED, State.ROUTED)
    problems: list[Problem] = []
    if not reason.strip():
        problems.append(codes.NO_REASON.at("reason"))
    if held.state == State.ROUTED and organisation.pk == held.organisation_id:
        problems.append(codes.SAME_ORGANISATION.at("organisation"))
    if problems:
        raise ProblemsError(problems)
    held.organisation, held.state = organisation, State.ROUTED
    held.save(update_fields=("organisation", "state"))
    Routing.objects.create(question=held, organisation=organisation, by=by, at=now, reason=reason.strip()[:500])
    record("public.question_routed", about=held, by=by, now=now, organisation=organisation, data={"reason": reason})
    return held


@transaction.atomic
def draft_reply(*, question: Question, text: str, outcome: str, by: User, now: datetime) -> Reply:
    """Send a reply to the head for approval; there is one draft at a time."""
    check(by, "public.draft", question.organisation_id)
    held = _held(question, State.RECEIVED, State.ROUTED)
    problems: list[Problem] = []
    if not LEAST <= len(text.strip()) <= MOST:
        problems.append(codes.WORDS_LENGTH.at("text", least=LEAST, most=MOST, have=len(text.strip())))
    if outcome not in {o.value for o in Outcome}:
        problems.append(codes.NO_SUCH_KIND.at("outcome"))
    if problems:
        raise ProblemsError(problems)
    reply = Reply.objects.create(
        question=held, text=text.strip(), outcome=outcome, state=ReplyState.DRAFTED, by=by, at=now
    )
    held.state = State.DRAFTED
    held.save(update_fields=("state",))
    record(
        "public.reply_drafted", about=held, by=by, now=now, organisation=held.organisation, data={"outcome": outcome}
    )
    return reply


@transaction.atomic
def return_reply(*, question: Question, reason: str, by: User, now: datetime) -> Reply:
    """Return the draft with a reason; it can then be drafted again."""
    check(by, "public.approve", question.organisation_id)
    held = _held(question, State.DRAFTED)
    if not reason.strip():
        raise ProblemsError([codes.NO_REASON.at("reason")])
    reply = _decided(held, ReplyState.RETURNED, by, now, reason.strip()[:500])
    held.state = State.ROUTED
    held.save(update_fields=("state",))
    record("public.reply_returned", about=held, by=by, now=now, organisation=held.organisation, data={"reason": reason})
    return reply


@transaction.atomic
def approve_reply(*, question: Question, by: User, now: datetime) -> Reply:
    """Approve the draft: the sender can read it now, and the way to reach them is deleted."""
    check(by, "public.approve", question.organisation_id)
    held = _held(question, State.DRAFTED)
    reply = _decided(held, ReplyState.APPROVED, by, now, "")
    held.state, held.reply, held.outcome = State.ANSWERED, reply.text, reply.outcome
    held.answered_at, held.contact = now, ""
    held.save(update_fields=("state", "reply", "outcome", "answered_at", "contact"))
    record(
        "public.reply_approved",
        about=held,
        by=by,
        now=now,
        organisation=held.organisation,
        data={"outcome": reply.outcome},
    )
    return reply


def _decided(question: Question, state: ReplyState, by: User, now: datetime, reason: str) -> Reply:
    reply = question.replies.get(state=ReplyState.DRAFTED)
    if reply.by_id == by.pk:
        raise ProblemsError([codes.SAME_PERSON.at("")])
    reply.state, reply.decided_by, reply.decided_at, reply.reason = state, by, now, reason
    reply.save(update_fields=("state", "decided_by", "decided_at", "reason"))
    return reply


@transaction.atomic
def publish(*, question: Question, words: str, reply: str, by: User, now: datetime) -> Question:
    """Publish a question and its reply, in words from which personal data has been taken out."""
    check(by, "public.publish")
    held = _held(question, State.ANSWERED)
    problems: list[Problem] = []
    for name, text in (("words", words.strip()), ("reply", reply.strip())):
        if not LEAST <= len(text) <= MOST:
            problems.append(codes.WORDS_LENGTH.at(name, least=LEAST, most=MOST, have=len(text)))
        problems += [codes.PERSONAL_DATA.at(name, what=what) for what in personal_data(text)]
    if problems:
        raise ProblemsError(problems)
    held.public_words, held.reply, held.state, held.published_at = words.strip(), reply.strip(), State.PUBLISHED, now
    held.save(update_fields=("public_words", "reply", "state", "published_at"))
    record("public.question_published", about=held, by=by, now=now, organisation=held.organisation)
    return held
