"""Tokens by which a person's programs are known."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

SCOPES = ("read", "write")


class Tokens(models.QuerySet["Token"]):
    """Tokens by moment."""

    def valid(self, at: datetime) -> Tokens:
        """Return those that are neither revoked nor past their day."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)


class Token(models.Model):
    """A token of a person. Kept is its SHA-256 (it is random, so no slow hash is needed) and its first letters."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    start = models.CharField(max_length=12)  # shown in the list, so that a person knows which it is
    hash = models.CharField(max_length=64, unique=True)
    can_write = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Tokens] = Tokens.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="token_has_name"),
            models.CheckConstraint(condition=Q(hash__regex=r"^[0-9a-f]{64}$"), name="token_hash_is_hex"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_expires_later"),
        )

    def __str__(self) -> str:
        return f"{self.start}… {self.name}"

    def is_valid(self, at: datetime) -> bool:
        """Return whether it opens anything at a moment."""
        return self.revoked_at is None and self.expires_at > at
