"""What every page knows: the language, the documents to choose from, the version."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tongchou.web.language import current
from tongchou.web.ledger.models import Document


def workbench(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the base template shows."""
    return {
        "language": current(),
        "version": settings.VERSION,
        "documents": Document.objects.defer("contract"),
        "here": request.get_full_path(),
    }
