"""A document as received, with the contract the reader gave for it."""

from __future__ import annotations

import json
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from tongchou.policy.contract import from_dict
from tongchou.policy.model import SCHEMA, Policy

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User


_POLICIES: dict[str, Policy] = {}
_POLICIES_KEPT = 8


def have_read_any() -> bool:
    """Return whether this process has decoded a contract already; one that has not needs the first one it meets."""
    return bool(_POLICIES)


def contract_hash(contract: dict[str, Any]) -> str:
    """Return the SHA-256 of a contract as canonical JSON."""
    text = json.dumps(contract, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


class Documents(models.QuerySet["Document"]):
    """Documents by who may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Documents:
        """Return all for people with an account, the built-in ones for everybody else."""
        return self.all() if user.is_authenticated else self.filter(is_builtin=True)


_Manager = models.Manager.from_queryset(Documents)


class _WithoutContract(_Manager["Document"]):
    """Leaves the contract, by far the largest column, where it is until somebody needs it."""

    def get_queryset(self) -> models.QuerySet[Document]:
        """Return documents whose contract is read when asked for."""
        return super().get_queryset().defer("contract")


class Document(models.Model):
    """One document read with one region's names. The bytes are kept as received and never changed."""

    sha256 = models.CharField(max_length=64)
    region = models.CharField(max_length=100, blank=True)  # "" where no region's names were used
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    is_builtin = models.BooleanField(default=False)
    title = models.TextField()
    number = models.CharField(max_length=200, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issued = models.DateField(null=True, blank=True)
    contract = models.JSONField()
    contract_sha256 = models.CharField(max_length=64, blank=True)  # of the contract as canonical JSON
    read_by = models.CharField(max_length=40)  # version of the reader

    objects: ClassVar[Documents] = _WithoutContract()  # type: ignore[assignment]

    class Meta:
        ordering = ("-is_builtin", "-received_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("sha256", "region"), name="document_read_once_per_region"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256_is_hex"),
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_not_empty"),
            models.CheckConstraint(condition=~Q(title=""), name="document_has_title"),
            models.CheckConstraint(condition=Q(contract__schema=SCHEMA), name="document_contract_is_current"),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the hash of the contract, so that the two never differ."""
        if "contract" not in self.get_deferred_fields():
            self.contract_sha256 = contract_hash(self.contract)
            if "contract" in (kwargs.get("update_fields") or ()):
                kwargs["update_fields"] = {*kwargs["update_fields"], "contract_sha256"}
        super().save(*args, **kwargs)

    @cached_property
    def policy(self) -> Policy:
        """The document as read; the same contract is decoded once a process."""
        held = _POLICIES.get(self.contract_sha256) if self.contract_sha256 else None
        if held is None:
            held = from_dict(self.contract)
            if self.contract_sha256:
                if len(_POLICIES) >= _POLICIES_KEPT:
                    _POLICIES.pop(next(iter(_POLICIES)), None)
                _POLICIES[self.contract_sha256] = held
        return held

    @property
    def stamp(self) -> str:
        """What a part of a page that shows only this document depends on; "" where it cannot be told."""
        return f"{self.pk}-{self.contract_sha256}" if self.contract_sha256 else ""

    @property
    def check_code(self) -> str:
        """The short code printed on paper, to match it with the file."""
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Where the bytes as received are kept, relative to the media folder."""
        return stored_path(self.sha256)

    def received_bytes(self) -> bytes:
        """Return the bytes as received."""
        with default_storage.open(self.path, "rb") as file:
            return bytes(file.read())


def stored_path(sha256: str) -> str:
    """Return where a file with this hash is kept; the name the sender gave is never part of a path."""
    return f"{sha256[:2]}/{sha256}"
