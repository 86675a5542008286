"""Files as received, for ``tongchou verify``: each row has its bytes, and they are what was received."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.core.files.storage import default_storage

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.web.files.models import StoredFile
from tongchou.web.operations import codes

LABEL = Text("收到的文件", "files received")


def faults() -> Iterator[Problem]:
    """Yield which files are gone or altered."""
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        yield from file_faults(f"file {stored.pk}", stored.path, stored.sha256)


def file_faults(where: str, path: str, expected: str) -> Iterator[Problem]:
    """Yield what is wrong with the bytes at ``path`` of the media folder."""
    digest = sha256()
    try:
        with default_storage.open(path, "rb") as file:
            for chunk in file.chunks():
                digest.update(chunk)
    except FileNotFoundError:
        yield codes.BYTES_MISSING.at(where)
    else:
        if digest.hexdigest() != expected:
            yield codes.BYTES_ALTERED.at(where)
