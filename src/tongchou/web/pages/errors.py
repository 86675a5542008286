"""Pages for addresses that lead nowhere, requests that cannot be taken, and failures of ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page and where to go instead."""
    return render(request, "pages/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the page belongs to another unit or role."""
    return render(request, "people/forbidden.html", status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form came without its token, and how to send it again. ``reason`` is for the log, not the page."""
    return render(request, "pages/forged.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request cannot be taken. Drawn without the request, which may be what is wrong."""
    return HttpResponse(render_to_string("pages/bad_request.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the failure is ours. Drawn without the database, which may be what failed."""
    return HttpResponse(render_to_string("pages/server_error.html"), status=500)
