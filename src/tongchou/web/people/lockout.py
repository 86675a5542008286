"""Locking out who guesses passwords (django-axes): by name and address, with wider bounds for one of the two alone."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

# Wrong passwords for one name from everywhere, and from one address for all names, count for less: an office has one
# address, and nobody should be able to lock a colleague out from afar with five tries.
NAME_ALONE, ADDRESS_ALONE = 5, 20


def name_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name a try is counted under: case and width do not matter, as they do not for signing in."""
    name = (credentials or {}).get("username") or request.POST.get("username") or ""
    return folded(str(name))


def folded(name: str) -> str:
    """Return a user name as tries are counted under it."""
    return unicodedata.normalize("NFKC", name).casefold().replace("\0", "")[:255]


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts the tries for a name and address; and, divided, those for the name or the address alone."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the count that the limit is held against."""
        fresh = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)
        by_name = _sum(fresh.filter(username=name_of(request, credentials)))
        by_address = _sum(fresh.filter(ip_address=request.axes_ip_address))  # type: ignore[attr-defined]
        own = int(super().get_failures(request, credentials))
        return max(own, by_name // NAME_ALONE, by_address // ADDRESS_ALONE)


def _sum(attempts: Any) -> int:
    return int(attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0)


def minutes_left(username: str, address: str | None) -> int:
    """Return for how many minutes, rounded up, a name stays locked for an address."""
    latest = AccessAttempt.objects.filter(username=folded(username)).aggregate(at=Max("attempt_time"))["at"]
    from_there = AccessAttempt.objects.filter(ip_address=address).aggregate(at=Max("attempt_time"))["at"]
    last = max((t for t in (latest, from_there) if t is not None), default=timezone.now())
    left: timedelta = last + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, -int(-left.total_seconds() // 60))


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """Say when to try again; the same for a name that exists and one that does not."""
    minutes = minutes_left(str(credentials.get("username", "")), request.META.get("REMOTE_ADDR"))
    answer = render(request, "people/locked_out.html", {"minutes": minutes}, status=429)
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer
