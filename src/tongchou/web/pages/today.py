"""What is to be done today, what changed this week, and where a person lands after signing in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.policy.model import Policy
from tongchou.surfaces.listing import Listing, ListingColumn
from tongchou.web.duties.kept_standings import known_of, look
from tongchou.web.duties.lamps import Lamp
from tongchou.web.duties.standing import Known
from tongchou.web.events.models import printed
from tongchou.web.events.queries import seen_by
from tongchou.web.events.words import words_of
from tongchou.web.figures.coverage import coverage_of
from tongchou.web.figures.regions import region_named
from tongchou.web.ledger.documents import chosen_document
from tongchou.web.listings import listing_response
from tongchou.web.pages.hints import hints_for
from tongchou.web.pages.sentences import about_policy, about_silence
from tongchou.web.people.access import signed_in
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.roles import Role
from tongchou.web.public.queries import disclosing_kinds
from tongchou.web.public.standing import LAMPS, confirmed
from tongchou.web.todo import Todo, todos

MOST = 7
_WEEK = timedelta(days=7)
_CHANGES = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A thing to do as a page shows it, with whether its day has passed or is near."""

    todo: Todo
    is_overdue: bool
    is_near: bool


def lines(user: User, on: date) -> list[Line]:
    """Return everything asked of a person on a day, overdue first."""
    return [
        Line(t, t.due is not None and t.due < on, t.due is not None and on <= t.due <= on + _WEEK)
        for t in todos(user, on)
    ]


def today(request: HttpRequest) -> dict[str, Any]:
    """Return what the home page shows to a person who signed in; nothing to anybody else.

    The lines themselves the page asks for after it is shown: every app is asked, and the board need not wait.
    """
    user = request.user
    if not isinstance(user, User):
        return {}
    return {"is_at_work": True, "hints": hints_for(request, user), "is_leader": user.has(Role.LEADER)}


@signed_in
@never_cache
@require_safe
def todo_panel(request: HttpRequest) -> HttpResponse:
    """Give the first lines of what is asked of the person, for the home page."""
    asked = lines(_person(request), timezone.localdate())
    return render(request, "pages/todo_panel.html", {"todos": asked[:MOST], "todos_more": len(asked) - MOST})


@signed_in
@require_safe
def todo_list(request: HttpRequest) -> HttpResponse:
    """Show everything that is asked of the person."""
    on = timezone.localdate()
    return render(request, "pages/todo.html", {"todos": lines(_person(request), on), "on": on})


@signed_in
@require_safe
def todo_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give everything that is asked of the person as a file."""
    on = timezone.localdate()
    columns = (
        ListingColumn(Text("事项", "What"), 44),
        ListingColumn(Text("数量", "How many"), 8, "number"),
        ListingColumn(Text("期限", "Due"), 12, "date"),
        ListingColumn(Text("条款", "Clause"), 10),
    )
    rows = [(one.todo.words, one.todo.count, one.todo.due, one.todo.clause) for one in lines(_person(request), on)]
    note = Text(f"{on.year}年{on.month}月{on.day}日", f"{on.isoformat()}")
    return listing_response(Listing(Text("今天要我做的", "To be done by me"), note, columns, rows), suffix)


@dataclass(frozen=True, slots=True)
class Change:
    """Something done this week: what, how often, by which units (the first few), and when last."""

    what: Text
    count: int
    units: tuple[Text, ...]
    last: datetime


def changes(user: User, now: datetime, names: Mapping[str, Organisation]) -> list[Change]:
    """Return what was done in the last seven days that the person may see, by kind, the most recent first.

    ``names`` are all organisations by id.
    """
    found = seen_by(user).filter(at__gt=now - _WEEK).values_list("kind", "organisation", "at")[:5000]
    kinds: dict[str, list[tuple[str, datetime]]] = {}
    for kind, organisation, at in found:
        kinds.setdefault(kind, []).append((organisation, at))
    # What became public is what a reader of one sheet looks for first; inside that the latest first.
    ordered = sorted(kinds.items(), key=lambda item: item[0] not in disclosing_kinds())
    return [
        Change(
            words_of(kind),
            len(done),
            tuple(names[o].title for o in list(dict.fromkeys(o for o, _ in done if o in names))[:4]),
            max(at for _, at in done),
        )
        for kind, done in ordered
    ]


@signed_in
@require_safe
def brief(request: HttpRequest) -> HttpResponse:
    """Show on one sheet what changed this week and what needs the person: three minutes.

    As at home, what needs the person the page asks for after it is shown.
    """
    user, now = _person(request), timezone.now()
    document, region, on = chosen_document(request), region_named(settings.REGION), timezone.localdate(now)
    seen = look()
    known = known_of(document, on, seen.stamp)
    changed = changes(user, now, known.organisations)
    context = {
        "on": on,
        "since": timezone.localdate(now - _WEEK),
        "is_leader": user.has(Role.LEADER),
        "lamps": _lamps(known) if document else [],
        "changes": changed[:_CHANGES],
        "changes_more": len(changed) - _CHANGES,
        "sentences": _sentences(document.policy, len(region.county_level())) if document else [],
        "region": region,
        "number": seen.number,
        "code": printed(seen.number, seen.hash),
    }
    return render(request, "pages/brief.html", context)


def _lamps(known: Known) -> list[tuple[Lamp, int]]:
    """Return the lamps of the confirmed commitments with how many stand under each."""
    counted = Counter(s.lamp.colour for s in confirmed(known).values())
    return [(lamp, counted[lamp.colour]) for lamp in LAMPS]


@signed_in
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Go where the person's role begins: a leader to the one sheet, everybody else home."""
    return HttpResponseRedirect(reverse("brief" if _person(request).has(Role.LEADER) else "home"))


def _sentences(policy: Policy, units: int) -> list[Text]:
    return [about_policy(policy), about_silence(policy, coverage_of(settings.REGION), units)]


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — these pages are for people with an account
    return request.user
