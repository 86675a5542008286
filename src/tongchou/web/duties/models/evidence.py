"""Events that show a commitment is being kept: study, carrying out, check, and result."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongchou.web.duties.models.commitments import Commitment
from tongchou.web.duties.words import EvidenceKind, EvidenceState, choices
from tongchou.web.files.models import StoredFile
from tongchou.web.people.models import Organisation


class EvidenceEvent(models.Model):
    """Something that happened for a commitment on a day, with words, files or a source; the city accepts it or not."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="evidence")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=choices(EvidenceKind))
    happened_on = models.DateField()
    words = models.TextField()
    source = models.CharField(max_length=500, blank=True)  # publication, number of a paper, address
    files = models.ManyToManyField(StoredFile, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=choices(EvidenceState), default=EvidenceState.OFFERED.value)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)  # since when everybody sees it
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ("-happened_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="evidence_has_words"),
            models.CheckConstraint(
                condition=Q(state=EvidenceState.OFFERED.value) | Q(judged_at__isnull=False),
                name="evidence_judged_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.REFUSED.value) | ~Q(reason=""), name="evidence_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(state=EvidenceState.ACCEPTED.value),
                name="evidence_shared_once_accepted",
            ),
        )
        indexes = (models.Index(fields=("commitment", "state", "kind"), name="evidence_kinds"),)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kind} {self.happened_on}"

    @property
    def what(self) -> EvidenceKind:
        """What kind of event it is."""
        return EvidenceKind(self.kind)

    @property
    def stage(self) -> EvidenceState:
        """Whether the city accepts it."""
        return EvidenceState(self.state)
