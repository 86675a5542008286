"""The weekly list of a unit, as it was made and sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tongchou.web.people.models import Organisation


class Digest(models.Model):
    """What one unit was told in one week, at most once by e-mail. ``week`` is its Monday."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="digests")
    week = models.DateField()
    lines = models.JSONField()  # as shown: zh, en, count, address, due
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_to = models.EmailField(blank=True)

    class Meta:
        ordering = ("-week", "organisation__order")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "week"), name="digest_once_a_week"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | ~Q(sent_to=""), name="digest_sent_to_an_address"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.week}"
