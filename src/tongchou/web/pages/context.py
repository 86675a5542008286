"""What every page knows: the language, the menu, the documents to choose from, the version."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tongchou.web.language import current
from tongchou.web.ledger.models import Document
from tongchou.web.navigation import menu


def workbench(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the base template shows."""
    sections, pages = menu(request)
    return {
        "language": current(),
        "version": settings.VERSION,
        "documents": Document.objects.seen_by(request.user).defer("contract"),
        "here": request.get_full_path(),
        "sections": sections,
        "section_pages": pages,
        "is_demo": settings.DEMO,
    }
