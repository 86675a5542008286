"""Every error in one shape: ``{"problems": [{code, where, message, hint, severity}]}``."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, Throttled, ValidationError

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.api import codes
from tongchou.web.api.shapes import told
from tongchou.web.language import current

_log = logging.getLogger(__name__)


def answer_errors(api: NinjaAPI) -> None:
    """Give every error of an interface its answer."""

    def say(request: HttpRequest, status: int, *problems: Problem) -> HttpResponse:
        return api.create_response(request, told(problems, current()), status=status)

    @api.exception_handler(ProblemsError)
    def _problems(request: HttpRequest, error: ProblemsError) -> HttpResponse:
        return say(request, 422, *error.problems)

    @api.exception_handler(ValidationError)
    def _validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return say(request, 422, *(codes.BAD_VALUE.at(_place(e), reason=e.get("msg", "")) for e in error.errors))

    @api.exception_handler(Http404)
    def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return say(request, 404, codes.NOTHING_THERE.at(request.path))

    @api.exception_handler(PermissionDenied)
    def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return say(request, 403, codes.NOT_ALLOWED.at(request.path))

    @api.exception_handler(AuthorizationError)
    def _unauthorised(request: HttpRequest, error: AuthorizationError) -> HttpResponse:
        return say(request, 403, codes.NOT_ALLOWED.at(request.path))

    @api.exception_handler(AuthenticationError)
    def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = say(request, 401, codes.NOT_KNOWN.at("Authorization"))
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(Throttled)
    def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
        seconds = int(error.wait or 60)
        response = say(request, 429, codes.TOO_MANY.at(request.path, seconds=seconds))
        response.headers["Retry-After"] = str(seconds)
        return response

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return say(request, error.status_code, codes.NOT_TAKEN.at(request.path, reason=error.message))

    @api.exception_handler(Exception)
    def _ours(request: HttpRequest, error: Exception) -> HttpResponse:
        _log.exception("an operation of the interface failed")
        return say(request, 500, codes.OURS.at(request.path))


def _place(error: dict[str, Any]) -> str:
    return ".".join(str(part) for part in error.get("loc", ()))
