"""Which document a page is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from tongchou.web.ledger.models import Document, have_read_any


def chosen_document(request: HttpRequest, *, read: bool = True) -> Document | None:
    """Return the document named in ``?document=``, else the built-in one, else the newest; ``None`` without any.

    ``read`` is false for pages that do not need what was read from it. Raises 404 for a number that is no document.
    """
    seen = Document.objects.seen_by(request.user)
    if read and not have_read_any():
        seen = seen.defer(None)
    named = request.GET.get("document", "")
    if named:
        document = seen.filter(pk=named).first() if named.isascii() and named.isdigit() else None
        if document is None:
            raise Http404
        return document
    return seen.first()


def required_document(request: HttpRequest) -> Document:
    """Return the chosen document; raise 404 when none has been received yet."""
    document = chosen_document(request)
    if document is None:
        raise Http404
    return document
