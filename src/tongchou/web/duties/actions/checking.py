"""What actions ask of their records and words before they change anything."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db import models

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.duties import codes
from tongchou.web.duties.models import Commitment, Duty
from tongchou.web.duties.words import Decision, Worded
from tongchou.web.people.models import Organisation

M = TypeVar("M", bound=models.Model)
MOST_WORDS = 2000


def locked(record: M) -> M:
    """Return the record as it is now, held until the transaction ends."""
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def confirmed(commitment: Commitment) -> list[Problem]:
    """Return a problem unless a commitment is confirmed."""
    if commitment.decision == Decision.CONFIRMED:
        return []
    return [codes.NOT_CONFIRMED.at("commitment", code=commitment.code)]


def bears(organisation: Organisation, commitment: Commitment) -> list[Problem]:
    """Return a problem unless a unit bears a commitment."""
    if Duty.objects.filter(commitment=commitment, organisation=organisation).exists():
        return []
    return [codes.NOT_ITS_DUTY.at("organisation", unit=organisation.title, code=commitment.code)]


def words_in(words: str, where: str = "words", *, needed: bool = True) -> list[Problem]:
    """Return what is wrong with words somebody wrote."""
    if needed and not words.strip():
        return [codes.NEEDED.at(where)]
    return [codes.TOO_LONG.at(where, most=MOST_WORDS)] if len(words) > MOST_WORDS else []


def not_after(day: date, on: date, where: str) -> list[Problem]:
    """Return a problem for a day in the future."""
    return [codes.FUTURE_DATE.at(where)] if day > on else []


def stop(problems: list[Problem]) -> None:
    """Raise :class:`ProblemsError` when there are any."""
    if problems:
        raise ProblemsError(problems)


def changed(who: object, state: Worded) -> ProblemsError:
    """Return the error of somebody who acts on what another has just changed."""
    return ProblemsError([codes.CHANGED_MEANWHILE.at("state", who=who or "—", state=state.label)])
