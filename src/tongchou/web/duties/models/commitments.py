"""Commitments as the reader proposed them and a coordinator decided, with the parties the text names."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.policy.labels import ROLES, STRENGTHS
from tongchou.policy.model import DeadlineStrength, Role
from tongchou.web.duties.words import Decision, choices
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User


class Commitments(models.QuerySet["Commitment"]):
    """Commitments by who may see them."""

    def seen_by(self, user: User | AnonymousUser) -> Commitments:
        """Return all for people with an account; confirmed ones of built-in documents for everybody else."""
        if user.is_authenticated:
            return self.all()
        return self.filter(decision=Decision.CONFIRMED, document__is_builtin=True)


class Commitment(models.Model):
    """One promise of a document. Its text is the reader's and is never edited; answers stand in overlays.

    ``start`` and ``end`` count characters of the repaired text. ``reread`` is what a later reading gives for the same
    id where it differs from what was confirmed; ``is_missing`` says a later reading no longer has it.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="commitments")
    code = models.CharField(max_length=40)  # "2.8-3", as in the reader
    order = models.PositiveIntegerField()
    clause = models.CharField(max_length=40)
    heading = models.CharField(max_length=400, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    is_system = models.BooleanField(default=False)
    printed_deadline = models.CharField(max_length=200, blank=True)
    printed_by = models.DateField(null=True, blank=True)
    printed_strength = models.CharField(max_length=20, blank=True)
    decision = models.CharField(max_length=20, choices=choices(Decision), default=Decision.PROPOSAL.value)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="followed")
    reread = models.TextField(blank=True)
    is_missing = models.BooleanField(default=False)

    objects: ClassVar[Commitments] = Commitments.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("document", "order")
        constraints = (
            models.UniqueConstraint(fields=("document", "code"), name="commitment_once_per_document"),
            models.CheckConstraint(condition=~Q(text=""), name="commitment_has_text"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="commitment_span"),
            models.CheckConstraint(
                condition=~Q(decision=Decision.REJECTED.value) | ~Q(reason=""), name="commitment_rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.PROPOSAL.value, decided_at__isnull=True)
                | ~Q(decision=Decision.PROPOSAL.value) & Q(decided_at__isnull=False),
                name="commitment_decided_on_a_day",
            ),
        )
        indexes = (models.Index(fields=("document", "clause"), name="commitment_clause"),)

    def __str__(self) -> str:
        return f"{self.code} {self.text[:30]}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("duties:commitment", args=[self.pk])

    @property
    def state(self) -> Decision:
        """What was decided."""
        return Decision(self.decision)

    @property
    def policy_address(self) -> str:
        """The address of its exact characters in the text."""
        return f"{reverse('policy')}?document={self.document_id}#at-c{self.code}"

    @property
    def strength(self) -> Text:
        """The word for how strongly the printed date is promised; empty where none is printed."""
        return STRENGTHS[DeadlineStrength(self.printed_strength)] if self.printed_strength else Text("", "")


class CommitmentPlace(models.Model):
    """A place a commitment names, by code where the region knows it."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="places")
    code = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("commitment", "name"), name="commitment_names_place_once"),)

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """A party the text makes responsible for a commitment, with the role and the order printed.

    Order is never rank. ``group`` is the printed group the party comes from. A name the region does not know has no
    organisation.
    """

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="duties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="duties")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(r.value, ROLES[r].zh) for r in Role])
    order = models.PositiveIntegerField()
    group = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("commitment", "name"), name="duty_once_per_party"),
            models.CheckConstraint(condition=~Q(name=""), name="duty_has_name"),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.name}"

    @property
    def role_label(self) -> Text:
        """The word for the role printed."""
        return ROLES[Role(self.role)]
