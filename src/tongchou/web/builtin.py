"""The policies that come with the region package, received like any other document."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tongchou.web.figures.regions import region_named
from tongchou.web.ledger.actions import receive_document
from tongchou.web.ledger.models import Document


def receive_builtin() -> list[Document]:
    """Receive every policy of the configured region; those received before are not received again."""
    region = region_named(settings.REGION)
    return [
        receive_document(data=path.read_bytes(), name=path.name, region=region, now=timezone.now(), is_builtin=True)
        for path in (Path(region.folder) / "policy" / name for name in region.policies)
    ]
