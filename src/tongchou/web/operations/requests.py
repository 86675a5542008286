"""One line of the log for each request: its number, the name of the page and how long it took; nobody's name."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tongchou.web.operations.logs import REQUESTS

HEADER = "X-Request-ID"
_log = logging.getLogger(REQUESTS)


class Requests:
    """Numbers each request, says the number in its answer, and logs it.

    The page is named by its route, because an address holds the ids and the words somebody looked for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer ``request``; what fails below has been turned into an answer already."""
        number, since = secrets.token_hex(8), time.perf_counter()
        response = self.get_response(request)
        response.headers[HEADER] = number
        match = request.resolver_match
        told = {
            "request": number,
            "method": request.method if request.method in _METHODS else "other",
            "route": (match.view_name or match._func_path) if match is not None else _elsewhere(request.path_info),
            "status": response.status_code,
            "ms": round((time.perf_counter() - since) * 1000, 1),
        }
        _log.log(logging.ERROR if response.status_code >= 500 else logging.INFO, "request", extra=told)
        return response


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _elsewhere(path: str) -> str:
    if path in ("/healthz", "/readyz"):
        return path[1:]
    return "static" if path.startswith("/static/") else "none"
