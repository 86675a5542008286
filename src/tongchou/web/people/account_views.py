"""One's own account: roles and what they allow, password, second factor, sessions."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.web.people import codes
from tongchou.web.people.access import signed_in
from tongchou.web.people.account_actions import (
    begin_second_factor,
    change_password,
    confirm_second_factor,
    end_sessions,
    remove_second_factor,
)
from tongchou.web.people.middleware import needs_second_factor
from tongchou.web.people.models import User
from tongchou.web.people.queries import allowed_to, sessions_of
from tongchou.web.people.second_factor import device_of, picture_of, secret_of, verify
from tongchou.web.people.sessions import SECOND


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — signed in
    return request.user


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show who one is here, what one may do, and where one is signed in."""
    user = _person(request)
    context = {
        "person": user,
        "allowed": allowed_to(user),
        "sessions": sessions_of(user, request.session.session_key),
        "offers_second_factor": settings.TOTP,
        "has_second_factor": settings.TOTP and device_of(user) is not None,
        "backup_codes_left": user.backup_codes.count() if settings.TOTP else 0,
    }
    return render(request, "people/account.html", context)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password; whoever came with a one-time password must."""
    user = _person(request)
    problems: tuple[Problem, ...] = ()
    must = user.must_change_password
    if request.method == "POST":
        try:
            change_password(
                user=user,
                present=request.POST.get("present", ""),
                new=request.POST.get("new", ""),
                again=request.POST.get("again", ""),
                now=timezone.now(),
                keep_session=request.session.session_key,
            )
        except ProblemsError as error:
            problems = error.problems
        else:
            update_session_auth_hash(request, user)  # gives the session a new key too
            return redirect("landing" if must else "people:account")
    context = {"problems": problems, "must": must, "wrong": by_field(problems)}
    return render(request, "people/password.html", context, status=422 if problems else 200)


@signed_in
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End one of one's sessions, or all others."""
    user = _person(request)
    mark = request.POST.get("session") or None
    end_sessions(user=user, mark=mark, keep=request.session.session_key, by=user, now=timezone.now())
    return redirect("people:account")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say what the second factor is; begin it, or stop it with one's password."""
    user = _person(request)
    if not settings.TOTP:
        raise Http404
    problems: list[Problem] = []
    if request.method == "POST":
        if not user.check_password(request.POST.get("present", "")):
            problems.append(codes.PASSWORD_WRONG.at("present"))
        elif request.POST.get("do") == "remove":
            remove_second_factor(user=user, by=user, now=timezone.now())
            request.session.pop(SECOND, None)
            return redirect("people:account")
        else:
            begin_second_factor(user=user, now=timezone.now())
            return redirect("people:second-factor-confirm")
    context = {
        "problems": problems,
        "wrong": by_field(problems),
        "must": needs_second_factor(user),
        "has": device_of(user) is not None,
    }
    return render(request, "people/second_factor.html", context, status=422 if problems else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_confirm(request: HttpRequest) -> HttpResponse:
    """Show the picture to scan, take the first code, and show the backup codes once."""
    user = _person(request)
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    if not settings.TOTP or device is None:
        raise Http404
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            verify(user=user, code=request.POST.get("code", ""), now=timezone.now(), device=device)
        except ProblemsError as error:
            problems = error.problems
        else:
            device.refresh_from_db()
            drawn = confirm_second_factor(user=user, device=device, now=timezone.now())
            request.session[SECOND] = True
            return render(request, "people/backup_codes.html", {"codes": drawn})
    context = {
        "problems": problems,
        "wrong": by_field(problems),
        "picture": picture_of(device),
        "secret": secret_of(device),
    }
    return render(request, "people/second_factor_confirm.html", context, status=422 if problems else 200)
