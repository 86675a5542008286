"""Pages for addresses that lead nowhere and for failures of ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page and where to go instead."""
    return render(request, "pages/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the failure is ours. Drawn without the database, which may be what failed."""
    return HttpResponse(render_to_string("pages/server_error.html"), status=500)
