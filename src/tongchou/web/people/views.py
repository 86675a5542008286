"""Signing in and out, with the second step where an account has one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.people import demo
from tongchou.web.people.access import public
from tongchou.web.people.models import User
from tongchou.web.people.second_factor import device_of, verify
from tongchou.web.people.sessions import SECOND

_PENDING = "pending"  # who gave the right password and owes the second step
_PENDING_LASTS = timedelta(minutes=10)


class _SignIn(LoginView):
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        assert isinstance(user, User)  # noqa: S101 — what our backends return
        if not settings.TOTP or device_of(user) is None:
            return super().form_valid(form)
        # Nobody is signed in before the second step; a session somebody else knows of must not carry on either.
        self.request.session.cycle_key()
        self.request.session[_PENDING] = {
            "user": user.pk,
            "backend": user.backend,
            "at": timezone.now().isoformat(),
            "next": self.get_success_url(),
        }
        return redirect("sign-in-code")

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["single_sign_on"] = settings.OIDC
        context["refused"] = settings.OIDC and "refused" in self.request.GET
        if settings.DEMO:
            context |= {"demo_people": demo.PEOPLE, "demo_password": demo.PASSWORD}
        return context


_sign_in = _SignIn.as_view()
_sign_out = LogoutView.as_view(next_page="home")


@public
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for name and password, and go on to the page that was asked for."""
    return _sign_in(request)


@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    return _sign_out(request)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the second step: the code of the authenticator, or a backup code."""
    pending = request.session.get(_PENDING) or {}
    began = parse_datetime(str(pending.get("at", "")))
    user = User.objects.filter(pk=pending.get("user", 0), is_active=True).first()
    if user is None or began is None or timezone.now() - began > _PENDING_LASTS:
        request.session.pop(_PENDING, None)
        return redirect("sign-in")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            verify(user=user, code=request.POST.get("code", ""), now=timezone.now())
        except ProblemsError as error:
            problems = error.problems
        else:
            del request.session[_PENDING]
            login(request, user, backend=pending["backend"])
            request.session[SECOND] = True
            return HttpResponseRedirect(safe_next(request, pending.get("next", "")))
    return render(request, "people/sign_in_code.html", {"problems": problems}, status=422 if problems else 200)


def safe_next(request: HttpRequest, target: str) -> str:
    """Return where to go on to: ``target`` when it is on this site, otherwise where one lands after signing in."""
    is_safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_safe else reverse("landing")
