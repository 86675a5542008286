"""``/.well-known/security.txt`` (RFC 9116): whom to tell of a weakness found here."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.web.people.access import public

_GOOD_FOR = timedelta(days=180)


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Name the contact the operator gave (TONGCHOU_SECURITY_CONTACT); without one there is no such file."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    expires = (timezone.now() + _GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")
    address = request.build_absolute_uri(request.path)
    text = f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: zh, en\nCanonical: {address}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
