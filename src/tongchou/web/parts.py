"""Answering with a part of a page where htmx exchanges that part, and with the whole page otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_part(request: HttpRequest, part: str, whole: str, context: Mapping[str, Any]) -> HttpResponse:
    """Render the template ``part`` for an exchange, ``whole`` (which includes it) for everything else.

    Going back in the browser's history asks for the whole page again, though htmx does the asking.
    """
    htmx = request.htmx  # type: ignore[attr-defined]
    template = part if htmx and not htmx.history_restore_request else whole
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request",))
    return response
