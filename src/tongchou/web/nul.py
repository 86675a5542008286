"""The character NUL is refused wherever it arrives: no word holds one, and PostgreSQL keeps none."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.http.response import HttpResponseBase

from tongchou.web import codes
from tongchou.web.language import current
from tongchou.web.pages.errors import bad_request

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_INTERFACE = "/api/"


class NoNul:
    """Answers 400 (422 in the interface) where address, form or JSON hold a NUL; nothing of it reaches a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer ``request``, or refuse it."""
        if not _holds_nul(request):
            return self.get_response(request)
        if request.path_info.startswith(_INTERFACE):
            told = codes.NUL.at(request.path_info.replace("\0", "")).as_dict(current())
            return JsonResponse({"problems": [told]}, status=422, json_dumps_params={"ensure_ascii": False})
        return bad_request(request, SuspiciousOperation("NUL"))


def _holds_nul(request: HttpRequest) -> bool:
    if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    try:
        if request.path_info.startswith(_INTERFACE):  # it reads the body itself, whatever the sender calls it
            return b"\0" in request.body or b"\\u0000" in request.body
        if request.content_type in _FORMS:
            return any("\0" in key or any("\0" in value for value in values) for key, values in request.POST.lists())
    except UnreadablePostError:  # cut off on the way; whoever reads it next says so
        return False
    return False
