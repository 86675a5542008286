"""Rounds of consultation: the division of tasks goes out, stamped replies come in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongchou.kernel.text import Text
from tongchou.web.duties.models.commitments import Commitment
from tongchou.web.duties.words import Reply, RoundState, choices
from tongchou.web.files.models import StoredFile
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation


class Consultation(models.Model):
    """One round: 《任务分工（征求意见稿）》 on some commitments, to the parties that bear them, by a day."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    commitments = models.ManyToManyField(Commitment, related_name="consultations")
    reply_by = models.DateField()
    state = models.CharField(max_length=10, choices=choices(RoundState), default=RoundState.DRAFT.value)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    draft = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")  # the paper as it was sent
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="consultation_has_title"),
            models.CheckConstraint(
                condition=Q(state=RoundState.DRAFT.value) | Q(sent_at__isnull=False, draft__isnull=False),
                name="consultation_sent_with_paper",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def stage(self) -> RoundState:
        """How far it has come."""
        return RoundState(self.state)


class Consulted(models.Model):
    """A unit consulted in a round, and its reply with the scan that signs it."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="consulted")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="consulted")
    reply = models.CharField(max_length=10, choices=choices(Reply), blank=True)
    words = models.TextField(blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("consultation", "organisation__order")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "organisation"), name="consulted_once"),
            models.CheckConstraint(
                name="consulted_reply_is_signed",
                condition=Q(reply="", replied_at__isnull=True)
                | ~Q(reply="") & Q(replied_at__isnull=False, scan__isnull=False, signed_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.organisation_id}"

    @property
    def answer(self) -> Text:
        """The word for the reply, or that there is none."""
        return Reply(self.reply).label if self.reply else Text("未回函", "no reply")
