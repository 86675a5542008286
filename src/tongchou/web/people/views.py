"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tongchou.web.people.access import public


class _SignIn(LoginView):
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from tongchou.web.people import demo

        context = super().get_context_data(**kwargs)
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
