"""Workbooks of the whole ledger as they came back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongchou.web.files.models import StoredFile
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation


class ReceivedLedger(models.Model):
    """A workbook received for a document: looked at first (dry run), applied once in one transaction or not at all."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # in whose name it speaks
    is_progress = models.BooleanField(default=False)  # a unit's progress, else the whole ledger
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-received_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(applied_at__isnull=False) | Q(changed=0), name="received_ledger_changes_when_applied"
            ),
        )

    def __str__(self) -> str:
        return self.file.name
