"""Keeping and sharing files. Called inside the action the file belongs to, whose event tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from tongchou.kernel.problems import ProblemsError
from tongchou.web.files import codes
from tongchou.web.files.kinds import EVIDENCE, kind_of
from tongchou.web.files.models import StoredFile
from tongchou.web.people.models import Organisation, User


def sent(request: HttpRequest, field: str = "file", endings: Sequence[str] = EVIDENCE) -> tuple[str, bytes]:
    """Return the name and bytes of the file in a form; raise :class:`ProblemsError` placed at ``field``."""
    file = request.FILES.get(field)
    if not isinstance(file, UploadedFile):
        raise ProblemsError([codes.NONE_CHOSEN.at(field)])
    return _taken(file, field, endings)


def all_sent(
    request: HttpRequest, field: str = "files", endings: Sequence[str] = EVIDENCE, most: int = 10
) -> list[tuple[str, bytes]]:
    """Return every file of a field that takes several, none being fine; at most ``most`` are taken."""
    chosen = [f for f in request.FILES.getlist(field) if isinstance(f, UploadedFile)]
    return [_taken(file, field, endings) for file in chosen[:most]]


def _taken(file: UploadedFile, field: str, endings: Sequence[str]) -> tuple[str, bytes]:  # type: ignore[type-arg]
    if file.size is not None and file.size > settings.UPLOAD_BYTES:
        raise ProblemsError([codes.TOO_LARGE.at(field, mb=settings.UPLOAD_BYTES // 1024**2)])
    name, data = (file.name or "file")[-255:], file.read()
    examine(name=name, data=data, field=field, endings=endings)
    return name, data


def examine(*, name: str, data: bytes, field: str = "file", endings: Sequence[str] = EVIDENCE) -> str:
    """Return the media type of a file; raise :class:`ProblemsError` when it is empty or not of a kind taken."""
    if not data:
        raise ProblemsError([codes.EMPTY.at(field)])
    kind = kind_of(name, data)
    if kind is None or not name.lower().endswith(tuple(endings)):
        raise ProblemsError([codes.WRONG_KIND.at(field, kinds=" ".join(endings))])
    return kind.media_type


def keep(
    *,
    name: str,
    data: bytes,
    organisation: Organisation | None,
    by: User | None,
    now: datetime,
    endings: Sequence[str] = EVIDENCE,
) -> StoredFile:
    """Keep a file as received. The bytes are written before the row, so that no row ever lacks its bytes."""
    media_type = examine(name=name, data=data, endings=endings)
    stored = StoredFile(
        sha256=sha256(data).hexdigest(),
        name=name,
        size=len(data),
        media_type=media_type,
        organisation=organisation,
        by=by,
        received_at=now,
    )
    if not default_storage.exists(stored.path):
        default_storage.save(stored.path, ContentFile(data))
    stored.save(force_insert=True)
    return stored


def share(*, files: Sequence[StoredFile], now: datetime) -> None:
    """Let everybody see files, with the approved record they are evidence for."""
    StoredFile.objects.filter(pk__in=[f.pk for f in files], shared_at__isnull=True).update(shared_at=now)
