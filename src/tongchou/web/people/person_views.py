"""One person, as their administrator sees them: roles, account, erasure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.web.events.record import history
from tongchou.web.events.words import words_of
from tongchou.web.people import codes
from tongchou.web.people.access import requires
from tongchou.web.people.account_actions import erase_person, remove_second_factor, reset_password, unlock
from tongchou.web.people.actions import change_person, deactivate, end_role, give_role, reactivate
from tongchou.web.people.authority import check_ends, check_gives, check_manages, roles_given_by
from tongchou.web.people.models import Membership, Organisation, User
from tongchou.web.people.organisation_views import one_time_page
from tongchou.web.people.permissions import organisations_of
from tongchou.web.people.queries import is_locked
from tongchou.web.people.roles import Role
from tongchou.web.people.second_factor import device_of


def _managed(request: HttpRequest, pk: int) -> tuple[User, User]:
    """Return the administrator and the person; raise ``PermissionDenied`` unless the one manages the other."""
    found = get_object_or_404(User.objects.prefetch_related("memberships__organisation"), pk=pk)
    assert isinstance(request.user, User)  # noqa: S101 — requires a permission
    check_manages(request.user, found)
    return request.user, found


@requires("people.manage")
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person's roles and account to whoever manages them."""
    actor, found = _managed(request, pk)
    return _page(request, actor, found)


def _page(request: HttpRequest, actor: User, found: User, problems: Sequence[Problem] = ()) -> HttpResponse:
    held = organisations_of(actor, "people.manage")
    known = Organisation.objects.all() if held is None else Organisation.objects.filter(pk__in=held)
    context = {
        "person": found,
        "memberships": found.memberships.select_related("organisation").order_by("until", "organisation__order"),
        "today": timezone.localdate(),
        "organisations": [(o.pk, o.title) for o in known],
        "roles": [(r.value, r.label) for r in roles_given_by(actor)],
        "is_locked": is_locked(found),
        "has_second_factor": settings.TOTP and device_of(found) is not None,
        "is_oneself": found == actor,
        "history": [(e, words_of(e.kind)) for e in history(found)[:20]],
        "problems": tuple(problems),
        "wrong": by_field(problems),
        "typed": request.POST,
    }
    return render(request, "people/person.html", context, status=422 if problems else 200)


@requires("people.manage")
@require_POST
def role_given(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role, from a day and, where said, to a day."""
    actor, found = _managed(request, pk)
    role, organisation = request.POST.get("role", ""), request.POST.get("organisation", "")
    problems: list[Problem] = []
    where = Organisation.objects.filter(pk=organisation).first()
    if role not in list(Role) or where is None:
        problems.append(codes.ROLE_NEEDED.at("role"))
    since = _day(request.POST.get("since", ""), "since", problems)
    until = _day(request.POST.get("until", ""), "until", problems)
    if problems or where is None:
        return _page(request, actor, found, problems)
    check_gives(actor, Role(role), where)
    try:
        give_role(
            user=found,
            organisation=where,
            role=Role(role),
            on=since or timezone.localdate(),
            until=until,
            administers="administers" in request.POST,
            by=actor,
            now=timezone.now(),
        )
    except ProblemsError as error:
        return _page(request, actor, found, error.problems)
    return redirect("people:person", pk=found.pk)


@requires("people.manage")
@require_POST
def role_ended(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a role end with a day, today unless said otherwise."""
    membership = get_object_or_404(Membership.objects.select_related("organisation", "user"), pk=pk)
    actor, found = _managed(request, membership.user_id)
    check_ends(actor, membership)
    problems: list[Problem] = []
    on = _day(request.POST.get("until", ""), "until", problems) or timezone.localdate()
    if not problems:
        try:
            end_role(membership=membership, on=on, by=actor, now=timezone.now())
        except ProblemsError as error:
            problems.extend(error.problems)
    return _page(request, actor, found, problems) if problems else redirect("people:person", pk=found.pk)


@requires("people.manage")
@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do one thing to an account: change, reset, unlock, deactivate, reactivate, second-factor-off, erase."""
    actor, found = _managed(request, pk)
    now = timezone.now()
    try:
        if act == "change":
            name, email = request.POST.get("name", "").strip(), request.POST.get("email", "").strip()
            change_person(user=found, name=name, email=email, by=actor, now=now)
        elif act == "reset":
            if found == actor:
                raise ProblemsError([codes.NOT_ONESELF.at("password")])
            return one_time_page(request, found, reset_password(user=found, by=actor, now=now))
        elif act in _ACTS:
            _ACTS[act](user=found, by=actor, now=now)
        else:
            raise Http404
    except ProblemsError as error:
        found.refresh_from_db()
        return _page(request, actor, found, error.problems)
    return redirect("people:person", pk=found.pk)


_ACTS = {
    "unlock": unlock,
    "deactivate": deactivate,
    "reactivate": reactivate,
    "second-factor-off": remove_second_factor,
    "erase": erase_person,
}


def _day(text: str, where: str, problems: list[Problem]) -> date | None:
    """Return a day from a form; a wrong one is a problem, none is ``None``."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        problems.append(codes.DATE_FORM.at(where))
        return None
