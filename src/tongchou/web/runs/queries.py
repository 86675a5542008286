"""Reading runs, scenarios and objections: each person sees what is theirs to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from tongchou.web.events.models import Event
from tongchou.web.events.record import history
from tongchou.web.jobs.models import Job
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import check, drafts_of, may, organisations_of
from tongchou.web.runs.event_words import WORDS
from tongchou.web.runs.models import Objection, Run, Scenario
from tongchou.web.runs.steps import SETTLED, STEPS, State, Step

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_PEOPLE = ("organisation", "made_by", "submitted_by", "reviewed_by", "approved_by", "published_by", "supersedes")


def visible(user: User | AnonymousUser) -> QuerySet[Run]:
    """Return the runs a person may see: the city all, a unit its own, everyone signed in what is approved."""
    found = Run.objects.select_related("organisation", "made_by")
    if not user.is_authenticated:
        return found.filter(state=State.PUBLISHED)
    seen = drafts_of(user)
    return found if seen is None else found.filter(Q(state__in=SETTLED) | Q(organisation__in=seen))


def in_full(user: User | AnonymousUser) -> QuerySet[Run]:
    """As :func:`visible`, with everybody who had a hand in a run, and its record."""
    return visible(user).select_related(*_PEOPLE, "record")


def moves(user: User | AnonymousUser, run: Run) -> list[Step]:
    """Return the moves a person may make with a run now."""
    hands = {run.made_by_id, run.submitted_by_id}
    found = []
    for step in STEPS.values():
        permission = step.permissions.get(State(run.state))
        if permission is None or not may(user, permission, run.organisation_id):
            continue
        others = hands | ({run.reviewed_by_id} if step.id == "approve" else set())
        if step.by_another and user.pk in others:
            continue
        if run.record_id is None and step.to != State.WITHDRAWN:
            continue
        found.append(step)
    return found


def told(run: Run) -> list[tuple[Event, object, str]]:
    """Return the history of a run: event, what it is called, and the comment made."""
    return [(e, WORDS[e.kind], str(e.data.get("comment", ""))) for e in history(run) if e.kind in WORDS]


def job_of(run: Run) -> Job | None:
    """Return the latest job that computes a run."""
    return Job.objects.filter(about_kind=run._meta.label_lower, about_id=str(run.pk)).first()


def may_draft_for(user: User | AnonymousUser) -> list[Organisation]:
    """Return the organisations a person may draft runs for; counties try runs, they do not draft them."""
    held = organisations_of(user, "runs.draft")
    found = Organisation.objects.all() if held is None else Organisation.objects.filter(pk__in=held)
    return [one for one in found if not one.is_county]


def scenarios(user: User) -> QuerySet[Scenario]:
    """Return the scenarios of a person's own organisations; nobody else's, not even for the city."""
    found = Scenario.objects.select_related("run", "organisation", "made_by")
    return found.filter(organisation__in=user.organisations)


def objections(user: User | AnonymousUser) -> QuerySet[Objection]:
    """Return the objections a person may see: the city all, a unit its own and those to its own runs."""
    found = Objection.objects.select_related("run__organisation", "organisation", "filed_by", "answered_by", "led_to")
    seen = drafts_of(user)
    if seen is None:
        return found
    return found.filter(Q(organisation__in=seen) | Q(run__organisation__in=seen))


def may_try_for(user: User | AnonymousUser, permission: str = "runs.try") -> list[Organisation]:
    """Return the organisations a person may try runs for, or object for, with a place of their own."""
    held = organisations_of(user, permission)
    found = Organisation.objects.exclude(place="")
    return list(found if held is None else found.filter(pk__in=held))


def acting_for(user: User | AnonymousUser, permission: str, asked: str) -> Organisation:
    """Return the organisation a person acts for; raises 403 where there is none."""
    held = may_try_for(user, permission)
    found = next((one for one in held if one.pk == asked), held[0] if held else None)
    if found is None:
        raise PermissionDenied(permission)
    check(user, permission, found.pk)
    return found
