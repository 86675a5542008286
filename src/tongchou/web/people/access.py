"""Who may open a view. Every view says so with one of these; without any, only people who have signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tongchou.web.people.permissions import check

P = ParamSpec("P")
View = Callable[P, HttpResponseBase]

ATTRIBUTE = "tongchou_access"


def public(view: View[P]) -> View[P]:
    """Let everybody in: the view shows only what is published or approved."""
    open_view = login_not_required(view)
    setattr(open_view, ATTRIBUTE, "public")
    return open_view


def signed_in(view: View[P]) -> View[P]:
    """Let everybody in who has an account; the view limits what each sees."""
    setattr(view, ATTRIBUTE, "signed in")
    return view


def requires(permission: str) -> Callable[[View[P]], View[P]]:
    """Let in those who hold ``permission`` for some organisation; the view checks for which one."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = args[0]
            assert isinstance(request, HttpRequest)  # noqa: S101 — a view's first argument
            check(request.user, permission)
            return view(*args, **kwargs)

        setattr(guarded, ATTRIBUTE, permission)
        return guarded

    return decorate
