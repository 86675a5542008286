"""Events, and the head of their chain."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

GENESIS = "0" * 64
_PRINTED = 12  # characters of a link on paper


def printed(number: int, hash_: str) -> str:
    """Return a link of the chain as it is printed on paper; "" before the first event."""
    return hash_[:_PRINTED] if number else ""


class Head(models.Model):
    """The last link of the chain: a single row that everyone who appends locks first."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="head_is_one_row"),)

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:_PRINTED]}"


class Event(models.Model):
    """One thing that was done. Never changed or removed; no foreign key holds back what it is about."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    about_kind = models.CharField(max_length=80)  # label of the model, "" where it is about something outside
    about_id = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(fields=("about_kind", "about_id", "number"), name="event_about"),
            models.Index(fields=("organisation", "number"), name="event_organisation"),
            models.Index(fields=("kind", "number"), name="event_kind"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(hash=F("previous")), name="event_links_to_another"),
            models.CheckConstraint(condition=~Q(kind=""), name="event_has_kind"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"

    def content(self) -> dict[str, Any]:
        """Return what the hash covers."""
        return {
            "number": self.number,
            "at": self.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds"),
            "kind": self.kind,
            "about": [self.about_kind, self.about_id],
            "by": self.by_id,
            "organisation": self.organisation,
            "data": self.data,
            "previous": self.previous,
        }
