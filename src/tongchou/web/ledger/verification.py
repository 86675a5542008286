"""Documents as received, for ``tongchou verify``."""

from __future__ import annotations

from collections.abc import Iterator

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.web.files.verification import file_faults
from tongchou.web.ledger.models import Document

LABEL = Text("收到的政策文件", "documents received")


def faults() -> Iterator[Problem]:
    """Yield which documents are gone or altered."""
    for document in Document.objects.defer("contract").order_by("pk").iterator(chunk_size=500):
        yield from file_faults(f"document {document.pk}", document.path, document.sha256)
