"""What a unit says about its commitments, in two steps inside the unit."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tongchou.kernel.text import Text
from tongchou.web.duties.models.commitments import Commitment
from tongchou.web.duties.words import Origin, ReportState, Said, choices
from tongchou.web.files.models import StoredFile
from tongchou.web.people.models import Organisation


class ProgressReport(models.Model):
    """One statement of a unit about a commitment, as of a day. An officer writes, a reviewer or the head approves.

    Only approved ones count and are seen by others. Whoever approves is never who wrote it. One that the coordinator
    entered for a unit without an account says where it came from (``origin``, ``origin_note``) and counts at once.
    """

    MOST_OF_ORIGIN: ClassVar[int] = 200

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    status = models.CharField(max_length=20, choices=choices(Said))
    words = models.TextField()
    said_on = models.DateField()
    files = models.ManyToManyField(StoredFile, related_name="+")
    state = models.CharField(max_length=12, choices=choices(ReportState), default=ReportState.DRAFT.value)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why it was returned
    is_illustrative = models.BooleanField(default=False)
    origin = models.CharField(max_length=12, choices=choices(Origin), blank=True)  # "" where the unit wrote it itself
    origin_note = models.CharField(
        max_length=MOST_OF_ORIGIN, blank=True
    )  # number of the letter, name of the paper, post that rang
    # who of the unit found right what was entered for it
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-said_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="report_has_words"),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT.value) | Q(submitted_at__isnull=False),
                name="report_submitted_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.APPROVED.value)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
                | (~Q(origin="") & Q(reviewed_at__isnull=False)),
                name="report_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("written_by")), name="report_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED.value) | ~Q(reason=""), name="report_returned_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(origin="", origin_note="")
                | (Q(origin__in=[o.value for o in Origin], state=ReportState.APPROVED.value) & ~Q(origin_note="")),
                name="report_entered_says_whence",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | (Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False) & ~Q(origin="")),
                name="report_entered_is_acknowledged",
            ),
            models.UniqueConstraint(
                fields=("commitment", "organisation"),
                condition=~Q(state=ReportState.APPROVED.value),
                name="report_one_open",
            ),
        )
        indexes = (
            models.Index(fields=("state", "organisation"), name="report_state"),
            models.Index(fields=("commitment", "organisation", "-said_on"), name="report_latest"),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.organisation_id} {self.status}"

    @property
    def says(self) -> Said:
        """What it says."""
        return Said(self.status)

    @property
    def whence(self) -> Text | None:
        """What is said wherever it is shown of a word the coordinator entered; ``None`` for the unit's own."""
        if not self.origin:
            return None
        seen = Text("，单位已核对", "; found right by the unit") if self.acknowledged_at else Text("", "")
        words = Text("协调员代录，来源：{kind} {note}{seen}", "entered by the coordinator from a {kind}: {note}{seen}")
        return words.format(kind=Origin(self.origin).label, note=self.origin_note, seen=seen)

    @property
    def stage(self) -> ReportState:
        """How far it has come."""
        return ReportState(self.state)
