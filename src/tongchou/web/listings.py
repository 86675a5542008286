"""A page's list as a file: one answer for every list, its name in the reader's language."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse

from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.listing import WRITERS, Listing
from tongchou.web.language import current

_MEDIA = {
    "csv": EXPORTS[".csv"].media_type,
    "xlsx": EXPORTS[".xlsx"].media_type,
    "docx": EXPORTS[".docx"].media_type,
}


def file_response(data: bytes, media_type: str, name: str, suffix: str) -> HttpResponse:
    """Return bytes as a download called ``name`` in the reader's own script."""
    response = HttpResponse(data, content_type=media_type)
    full = quote(f"{name}.{suffix}", safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"tongchou.{suffix}\"; filename*=UTF-8''{full}"
    return response


def as_received(data: bytes, name: str) -> HttpResponse:
    """Return bytes somebody sent, under the name they sent them with; a browser saves them and never shows them."""
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response


def listing_response(listing: Listing, suffix: str) -> HttpResponse:
    """Return a list as ``csv``, ``xlsx`` or ``docx``; raise 404 for another suffix."""
    writer = WRITERS.get(suffix)
    if writer is None:
        raise Http404
    return file_response(writer(listing, current()), _MEDIA[suffix], listing.title.in_(current())[:60], suffix)
