"""Taking a question from the public: checked, limited by sender, routed by clause, its clock started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.kernel.working_days import after_working_days
from tongchou.web.events.record import record
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation
from tongchou.web.public import codes
from tongchou.web.public.calendar import setting
from tongchou.web.public.models import Question, Routing, Sending
from tongchou.web.public.routing import clause_of, commitment_of, keeper, responsible
from tongchou.web.public.secrecy import code_hash, encipher, new_code, sender_hash
from tongchou.web.public.states import Kind, State

LEAST, MOST, MOST_CONTACT = 8, 2000, 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form holds."""

    kind: str
    words: str
    clause: str = ""
    commitment: str = ""
    contact: str = ""


def check(asked: Asked, document: Document) -> list[Problem]:
    """Return everything that is wrong with a form."""
    problems = []
    if asked.kind not in {k.value for k in Kind}:
        problems.append(codes.NO_SUCH_KIND.at("kind"))
    if not LEAST <= len(asked.words) <= MOST:
        problems.append(codes.WORDS_LENGTH.at("words", least=LEAST, most=MOST, have=len(asked.words)))
    if asked.clause and clause_of(document.policy, asked.clause) is None:
        problems.append(codes.NO_SUCH_CLAUSE.at("clause", clause=asked.clause))
    if asked.commitment and commitment_of(document.policy, asked.commitment) is None:
        problems.append(codes.NO_SUCH_CLAUSE.at("clause", clause=asked.commitment))
    if len(asked.contact) > MOST_CONTACT:
        problems.append(codes.CONTACT_LENGTH.at("contact", most=MOST_CONTACT))
    return problems


@transaction.atomic
def ask(*, asked: Asked, document: Document, sender: str, now: datetime) -> tuple[Question, str]:
    """Take a question and return it with the code by which its sender looks it up; the code is kept nowhere.

    Raises :class:`ProblemsError` with everything that is wrong, or when the sender has sent too many today.
    """
    if problems := check(asked, document):
        raise ProblemsError(problems)
    on = timezone.localdate(now)
    count(form="ask", sender=sender, on=on)
    clause = asked.clause
    if asked.commitment and (found := commitment_of(document.policy, asked.commitment)):
        clause = found[0].id
    named = responsible(document.policy, clause, Organisation.objects.in_bulk()) if clause else None
    organisation = named[0] if named else keeper()
    code = new_code()
    question = Question.objects.create(
        code_hash=code_hash(code),
        kind=asked.kind,
        document=document,
        clause=clause,
        commitment=asked.commitment,
        words=asked.words,
        contact=encipher(asked.contact) if asked.contact else "",
        state=State.ROUTED if named else State.RECEIVED,
        organisation=organisation,
        received_at=now,
        due=after_working_days(on, setting("reply_working_days", on).value),
    )
    reason = named[1] if named else Text("没有指明条款，先由协调单位受理", "no clause given; kept by the coordinator")
    Routing.objects.create(question=question, organisation=organisation, at=now, reason=reason.zh)
    record(
        "public.question_received",
        about=question,
        by=None,
        now=now,
        organisation=organisation,
        data={"kind": asked.kind, "clause": clause, "due": question.due},
    )
    return question, code


def count(*, form: str, sender: str, on: date) -> None:
    """Count one more form of a sender today, inside the action's transaction; raise when there are too many."""
    most = setting("forms_a_day", on).value
    Sending.objects.filter(day__lt=on).delete()
    row, _ = Sending.objects.get_or_create(sender=sender_hash(sender, on), form=form, day=on)
    if not Sending.objects.filter(pk=row.pk, count__lt=most).update(count=F("count") + 1):
        raise ProblemsError([codes.TOO_OFTEN.at("", n=most)])
