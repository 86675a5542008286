"""What can be done to documents. One transaction each; the time is passed in."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tongchou import __version__
from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.kernel.problems import ProblemsError
from tongchou.policy.contract import to_dict
from tongchou.policy.reader import read_bytes
from tongchou.region import Region
from tongchou.web import codes
from tongchou.web.ledger.models import Document, contract_hash, stored_path


def receive_document(
    *, data: bytes, name: str, region: Region | None, now: datetime, is_builtin: bool = False
) -> Document:
    """Read a document and keep it as received; the same bytes read with the same region are kept once.

    A document read by an earlier version of the reader is read again. Raises
    :class:`~tongchou.kernel.problems.ProblemsError` when it cannot be read; nothing is kept then.
    """
    digest = sha256(data).hexdigest()
    region_id = region.id if region else ""
    known = Document.objects.filter(sha256=digest, region=region_id).first()
    if known is not None and known.read_by == __version__ and not is_builtin:
        return known
    policy = read_bytes(
        data, name, places=region.places if region else Places(()), parties=region.parties if region else Parties(())
    )
    if policy.source.characters > settings.DOCUMENT_CHARACTERS:
        most = settings.DOCUMENT_CHARACTERS
        raise ProblemsError([codes.DOCUMENT_TOO_LONG.at(name, characters=policy.source.characters, most=most)])
    contract = to_dict(policy)
    if known is not None and known.contract_sha256 == contract_hash(contract):
        return known
    read = {
        "title": policy.title or name,
        "number": policy.number or "",
        "issuer": policy.issuer or "",
        "issued": policy.issued,
        "contract": contract,
        "read_by": __version__,
    }
    received = {"name": name[:255], "size": len(data), "received_at": now, "is_builtin": is_builtin}
    with transaction.atomic():
        document, _ = Document.objects.update_or_create(
            sha256=digest, region=region_id, defaults=read, create_defaults=read | received
        )
        if not default_storage.exists(stored_path(digest)):
            default_storage.save(stored_path(digest), ContentFile(data))
    return document
