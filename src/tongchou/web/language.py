"""The language of a page: Simplified Chinese unless the reader has chosen English. The browser is not asked."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tongchou.web.people.access import public

_TAGS = {"zh": "zh-hans", "en": "en"}


class Language:
    """Activates the language kept in the cookie, or named in ``?language=`` for one page (a link that fixes it)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer ``request`` in the chosen language."""
        chosen = request.GET.get("language") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(_TAGS.get(chosen, "zh-hans")):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "zh-hans")
            return response


# Without a token: nothing but a cookie that says zh or en hangs on it, and a page without any token is the same for
# everybody, so that a browser which has it need not be sent it again.
@public
@csrf_exempt
@require_POST
def choose(request: HttpRequest, language: str) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page the reader was on."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    parts = urlsplit(target)
    # A link that fixed the language would win over the choice just made.
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != "language"])
    response = HttpResponseRedirect(parts._replace(query=query).geturl())
    if language in _TAGS:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86400, samesite="Lax", secure=settings.PRODUCTION
        )
    return response


def current() -> str:
    """Return ``zh`` or ``en``."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"
