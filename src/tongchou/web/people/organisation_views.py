"""Organisations, the people of one, and who may do what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.web.listings import listing_response
from tongchou.web.people.access import requires, signed_in
from tongchou.web.people.actions import add_member, add_outside_body, set_office_email
from tongchou.web.people.authority import check_gives, roles_given_by
from tongchou.web.people.listings import organisations_listing, people_listing, permissions_listing
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import check, may, organisations_of
from tongchou.web.people.queries import matrix, people_of
from tongchou.web.people.queries import organisations as counted
from tongchou.web.people.roles import Role


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations and how many people each has; the system administrator adds outside bodies."""
    problems: tuple[Problem, ...] = ()
    adds = organisations_of(request.user, "people.manage") is None
    if request.method == "POST":
        check(request.user, "people.manage", "")
        assert isinstance(request.user, User)  # noqa: S101 — signed in
        try:
            add_outside_body(
                name=request.POST.get("name", "").strip(),
                name_en=request.POST.get("name_en", "").strip(),
                email=request.POST.get("email", "").strip(),
                by=request.user,
                now=timezone.now(),
            )
        except ProblemsError as error:
            problems = error.problems
        else:
            return redirect("people:organisations")
    found = list(counted(timezone.localdate()))
    context = {
        "organisations": found,
        "without": sum(not o.people for o in found),  # type: ignore[attr-defined]
        "sees": {o.pk for o in found if may(request.user, "people.see", o.pk)},
        "adds": adds,
        "problems": problems,
        "wrong": by_field(problems),
        "typed": request.POST,
    }
    return render(request, "people/organisations.html", context, status=422 if problems else 200)


@signed_in
@require_safe
def organisations_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the list of organisations as a file."""
    today = timezone.localdate()
    return listing_response(organisations_listing(list(counted(today)), today), suffix)


@requires("people.see")
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, id_: str) -> HttpResponse:
    """Show an organisation's people; whoever manages them adds one, whose one-time password is shown once."""
    one = get_object_or_404(Organisation, pk=id_)
    check(request.user, "people.see", one.pk)
    assert isinstance(request.user, User)  # noqa: S101 — requires a permission
    problems: tuple[Problem, ...] = ()
    manages = may(request.user, "people.manage", one.pk)
    if request.method == "POST":
        check(request.user, "people.manage", one.pk)
        try:
            user, password = _added(request, one, request.user)
        except ProblemsError as error:
            problems = error.problems
        else:
            return one_time_page(request, user, password)
    context = {
        "organisation": one,
        "people": people_of(one),
        "manages": manages,
        "roles": [(r.value, r.label) for r in roles_given_by(request.user)],
        "problems": problems,
        "wrong": by_field(problems),
        "typed": request.POST,
    }
    return render(request, "people/organisation.html", context, status=422 if problems else 200)


def _added(request: HttpRequest, organisation: Organisation, by: User) -> tuple[User, str]:
    role = request.POST.get("role", "")
    given = Role(role) if role in list(Role) else None
    if given is not None:
        check_gives(by, given, organisation)
    return add_member(
        username=request.POST.get("username", "").strip(),
        name=request.POST.get("name", "").strip(),
        email=request.POST.get("email", "").strip(),
        organisation=organisation,
        role=given,
        administers="administers" in request.POST,
        on=timezone.localdate(),
        by=by,
        now=timezone.now(),
    )


def one_time_page(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """Show a one-time password: this answer is the only place it ever stands."""
    return render(request, "people/one_time.html", {"person": user, "password": password})


@requires("people.see")
@require_safe
def organisation_export(request: HttpRequest, id_: str, suffix: str) -> HttpResponse:
    """Give an organisation's people as a file."""
    one = get_object_or_404(Organisation, pk=id_)
    check(request.user, "people.see", one.pk)
    return listing_response(people_listing(one, people_of(one), timezone.localdate()), suffix)


@requires("people.manage")
@require_POST
def office_email(request: HttpRequest, id_: str) -> HttpResponse:
    """Say where an organisation's weekly list goes."""
    one = get_object_or_404(Organisation, pk=id_)
    check(request.user, "people.manage", one.pk)
    assert isinstance(request.user, User)  # noqa: S101 — requires a permission
    email = request.POST.get("email", "").strip()
    try:
        set_office_email(organisation=one, email=email, by=request.user, now=timezone.now())
    except ProblemsError as error:
        context = {
            "organisation": one,
            "people": people_of(one),
            "manages": True,
            "roles": [(r.value, r.label) for r in roles_given_by(request.user)],
            "problems": error.problems,
            "wrong_email": by_field(error.problems),
            "typed_email": email,
        }
        return render(request, "people/organisation.html", context, status=422)
    return redirect("people:organisation", id_=one.pk)


@signed_in
@require_safe
def permissions(request: HttpRequest) -> HttpResponse:
    """Show who may do what, as declared."""
    return render(request, "people/permissions.html", {"roles": list(Role), "matrix": matrix()})


@signed_in
@require_safe
def permissions_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the table of permissions as a file."""
    return listing_response(permissions_listing(timezone.localdate()), suffix)
