"""Giving a file back as it was received."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tongchou.web.files.models import StoredFile
from tongchou.web.listings import as_received
from tongchou.web.people.access import public
from tongchou.web.people.permissions import drafts_of


@public
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the bytes as received, never shown inside the page. Who may not see it is told there is none."""
    file = get_object_or_404(StoredFile, pk=pk)
    seen = drafts_of(request.user)
    if (
        file.shared_at is None
        and seen is not None
        and (file.organisation_id is None or file.organisation_id not in seen)
    ):
        raise Http404
    return as_received(file.content(), file.name)
