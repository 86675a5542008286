"""Overlays: dated, signed answers to what the text does not say. They never change the text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tongchou.kernel.text import Text
from tongchou.web.duties.models.commitments import Commitment
from tongchou.web.duties.models.consultations import Consulted
from tongchou.web.duties.words import Answer, OverlayState, choices
from tongchou.web.files.models import StoredFile
from tongchou.web.people.models import Organisation


class Overlay(models.Model):
    """One answer about one commitment: who leads, by when, measured how, which post is in charge, or a note.

    ``given_by`` is the unit whose answer it is. ``organisation`` is the lead, or the unit whose post is named in
    ``words``; posts are named, never people. Signed ones have the scan of the reply that signs them and a day from
    which they hold; the one it replaces ends on that day.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="overlays")
    kind = models.CharField(max_length=10, choices=choices(Answer))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    date = models.DateField(null=True, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    target = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    given_by = models.ForeignKey(Organisation, models.PROTECT, related_name="answers")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    consulted = models.ForeignKey(Consulted, models.PROTECT, null=True, related_name="overlays")
    state = models.CharField(max_length=12, choices=choices(OverlayState), default=OverlayState.PROPOSED.value)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    holds_from = models.DateField(null=True, blank=True)
    holds_until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why it was withdrawn
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ("commitment", "kind", "pk")
        constraints = (
            models.CheckConstraint(
                name="overlay_answers",
                condition=Q(kind=Answer.LEAD.value, organisation__isnull=False)
                | Q(kind=Answer.DATE.value, date__isnull=False)
                | Q(kind=Answer.MEASURE.value) & ~Q(measure="")
                | Q(kind=Answer.OWNER.value, organisation__isnull=False) & ~Q(words="")
                | Q(kind=Answer.NOTE.value) & ~Q(words=""),
            ),
            models.CheckConstraint(
                name="overlay_signed_with_evidence",
                condition=~Q(state__in=(OverlayState.ACTIVE.value, OverlayState.SUPERSEDED.value))
                | Q(evidence__isnull=False, holds_from__isnull=False),
            ),
            models.CheckConstraint(
                name="overlay_days", condition=Q(holds_until__isnull=True) | Q(holds_until__gte=F("holds_from"))
            ),
            models.CheckConstraint(
                name="overlay_target_has_unit",
                condition=Q(target__isnull=True) | ~Q(unit="") & Q(kind=Answer.MEASURE.value),
            ),
            models.UniqueConstraint(
                name="overlay_one_signed",
                fields=("commitment", "kind"),
                condition=Q(
                    state=OverlayState.ACTIVE.value,
                    kind__in=(Answer.LEAD.value, Answer.DATE.value, Answer.MEASURE.value),
                ),
            ),
            models.UniqueConstraint(
                name="overlay_one_signed_post",
                fields=("commitment", "organisation"),
                condition=Q(state=OverlayState.ACTIVE.value, kind=Answer.OWNER.value),
            ),
            models.UniqueConstraint(
                name="overlay_proposed_once",
                fields=("commitment", "kind", "given_by"),
                condition=Q(state=OverlayState.PROPOSED.value),
            ),
        )
        indexes = (models.Index(fields=("state", "kind"), name="overlay_state"),)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kind} {self.said.zh}"

    @property
    def answer(self) -> Answer:
        """What it answers."""
        return Answer(self.kind)

    @property
    def stage(self) -> OverlayState:
        """How far it has come."""
        return OverlayState(self.state)

    @property
    def said(self) -> Text:
        """The answer itself, in words."""
        if self.kind == Answer.LEAD and self.organisation:
            return self.organisation.title
        if self.kind == Answer.DATE and self.date:
            day = self.date
            return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B} {day.year}")
        if self.kind == Answer.MEASURE:
            target = "" if self.target is None else f" {self.target.normalize():f} {self.unit}"
            return Text(f"{self.measure}{target}", f"{self.measure}{target}")
        if self.kind == Answer.OWNER and self.organisation:
            return Text(f"{self.organisation.name} {self.words}", f"{self.organisation.title.en}, {self.words}")
        return Text(self.words, self.words)
