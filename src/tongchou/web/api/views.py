"""Pages of the interface: a person's tokens, and the description read by people."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.api import codes
from tongchou.web.api.actions import MOST_DAYS, make_token, revoke_token
from tongchou.web.api.interface import api
from tongchou.web.api.models import Token
from tongchou.web.api.shapes import told
from tongchou.web.language import current
from tongchou.web.people.access import public, signed_in
from tongchou.web.people.models import User


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List a person's tokens and make another; its text is shown on this answer only."""
    by, now = _person(request), timezone.now()
    problems: tuple[Problem, ...] = ()
    made = ""
    if request.method == "POST":
        days = request.POST.get("days", "")
        try:
            _, made = make_token(
                name=request.POST.get("name", "").replace("\0", ""),
                days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
                can_write=request.POST.get("scope") == "write",
                by=by,
                now=now,
            )
        except ProblemsError as error:
            problems = error.problems
    context = {
        "tokens": [(t, t.is_valid(now)) for t in Token.objects.filter(user=by)],
        "made": made,
        "problems": problems,
        "name": request.POST.get("name", "") if problems else "",
        "days": request.POST.get("days", "90") if problems else "90",
        "most_days": MOST_DAYS,
    }
    return render(request, "api/tokens.html", context, status=422 if problems else 200)


@signed_in
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one of a person's own tokens."""
    by = _person(request)
    revoke_token(token=get_object_or_404(Token, pk=pk, user=by), by=by, now=timezone.now())
    return redirect("api-tokens")


@public
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """Show the operations of the interface, as the description has them."""
    schema: dict[str, Any] = api.get_openapi_schema()
    operations = [
        {"path": path, "method": method.upper(), **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    if not operations:
        raise Http404
    return render(request, "api/docs.html", {"operations": operations, "about": schema["info"]["description"]})


@public
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Say in the interface's own shape that there is no such operation."""
    problem = codes.NOTHING_THERE.at(f"/api/{rest[:100]}")
    return JsonResponse(told([problem], current()), status=404, json_dumps_params={"ensure_ascii": False})


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — these pages are for people with an account
    return request.user
