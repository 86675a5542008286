"""Reading people, organisations and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from tongchou.kernel.text import Text
from tongchou.web.people.lockout import NAME_ALONE, folded
from tongchou.web.people.models import Membership, Organisation, User
from tongchou.web.people.permissions import Permission, Reach, every, organisations_of
from tongchou.web.people.roles import Role
from tongchou.web.people.sessions import mark_of

REACHES = {Reach.OWN: Text("本单位", "own unit"), Reach.ALL: Text("全市", "whole city")}


def organisations(on: date) -> QuerySet[Organisation]:
    """Return all organisations with ``people``: how many people work for each on a day."""
    in_force = Q(memberships__since__lte=on) & (Q(memberships__until__isnull=True) | Q(memberships__until__gte=on))
    counted = Count("memberships__user", filter=in_force & Q(memberships__user__is_active=True), distinct=True)
    # Counting drops the order a model has by itself.
    return Organisation.objects.annotate(people=counted).order_by("order", "pk")


def people_of(organisation: Organisation) -> list[User]:
    """Return who has or had a role in an organisation, those at work first; ``held`` are their roles there."""
    there = Membership.objects.filter(organisation=organisation).order_by("until", "since")
    users = User.objects.filter(memberships__organisation=organisation).distinct()
    found = users.prefetch_related(Prefetch("memberships", queryset=there, to_attr="held"))
    return sorted(found, key=lambda u: (not u.is_active, u.username))


@dataclass(frozen=True, slots=True)
class Allowed:
    """One thing a person may do, and for whose records."""

    permission: Permission
    reach: Text
    organisations: tuple[Text, ...]


def allowed_to(user: User) -> list[Allowed]:
    """Return what a person may do, in the words of the permission table."""
    names = {m.organisation_id: m.organisation.title for m in user.roles}
    found = []
    for permission in every().values():
        held = organisations_of(user, permission.id)
        if held is None:
            found.append(Allowed(permission, REACHES[Reach.ALL], ()))
        elif held:
            found.append(Allowed(permission, REACHES[Reach.OWN], tuple(names[o] for o in sorted(held))))
    return found


def matrix() -> list[tuple[Permission, list[Text | None]]]:
    """Return every permission with its reach for each role, in the order of :class:`Role`; ``None`` is no."""
    return [
        (p, [REACHES[reach] if (reach := p.grants.get(role)) is not None else None for role in Role])
        for p in every().values()
    ]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One session as its person sees it."""

    mark: str
    started_at: datetime | None
    seen_at: datetime | None
    is_this: bool


def sessions_of(user: User, here: str | None) -> list[SignedIn]:
    """Return a person's live sessions, this one first."""
    rows = user.sessions.filter(expire_date__gt=timezone.now()).order_by("-seen_at")
    found = [SignedIn(mark_of(s.session_key), s.started_at, s.seen_at, s.session_key == here) for s in rows]
    return sorted(found, key=lambda s: not s.is_this)


def is_locked(user: User) -> bool:
    """Return whether wrong passwords have locked the name for some address."""
    since: datetime = timezone.now() - timedelta(seconds=settings.AXES_COOLOFF_TIME.total_seconds())
    fresh = AccessAttempt.objects.filter(username=folded(user.username), attempt_time__gte=since)
    counts = list(fresh.values_list("failures_since_start", flat=True))
    limit: int = settings.AXES_FAILURE_LIMIT
    return max(counts, default=0) >= limit or sum(counts) >= limit * NAME_ALONE
