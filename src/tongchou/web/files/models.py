"""A file as received."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from tongchou.web.people.models import Organisation


class StoredFile(models.Model):
    """A file somebody sent. The bytes are kept as received, under their hash, and never changed.

    Its organisation and the city see it; everybody else once it is shared, with what it was evidence for.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-received_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sha256_is_hex"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the bytes are kept, relative to the media folder; the sender's name is never part of a path."""
        return f"files/{self.sha256[:2]}/{self.sha256}"

    def content(self) -> bytes:
        """Return the bytes as received."""
        with default_storage.open(self.path, "rb") as file:
            return bytes(file.read())
