"""Questions of the public with their routing and replies, and those who follow a commitment."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongchou.kernel.text import Text
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation
from tongchou.web.public.states import Kind, Outcome, ReplyState, State


class Questions(models.QuerySet["Question"]):
    """Questions by who may see them."""

    def published(self) -> Questions:
        """Return those whose reply is published."""
        return self.filter(state=State.PUBLISHED)

    def waiting(self) -> Questions:
        """Return those that somebody has still to answer."""
        return self.filter(state__in=(State.RECEIVED, State.ROUTED, State.DRAFTED))


class Question(models.Model):
    """One question or suggestion. Who asked is not held; a way to reach them only if they gave one, enciphered.

    ``words`` are as sent and are never shown to the public; ``public_words`` are what was left after personal data was
    taken out.
    """

    code_hash = models.CharField(max_length=64, unique=True)  # of the code shown once to who asked
    kind = models.CharField(max_length=20, choices=[(k.value, k.label.zh) for k in Kind])
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    clause = models.CharField(max_length=40, blank=True)
    commitment = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    contact = models.TextField(blank=True)  # enciphered; emptied when the question is closed
    state = models.CharField(max_length=20, choices=[(s.value, s.label.zh) for s in State])
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="questions")
    received_at = models.DateTimeField()
    due = models.DateField()
    public_words = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True, choices=[(o.value, o.label.zh) for o in Outcome])
    answered_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Questions] = Questions.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes = (models.Index(fields=("state", "due"), name="question_state_due"),)
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="question_has_words"),
            models.CheckConstraint(
                condition=Q(state__in=(State.ANSWERED, State.PUBLISHED), answered_at__isnull=False)
                & ~Q(reply="")
                & ~Q(outcome="")
                | Q(state__in=(State.RECEIVED, State.ROUTED, State.DRAFTED), reply="", answered_at__isnull=True),
                name="question_reply_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PUBLISHED, published_at__isnull=False) & ~Q(public_words="")
                | ~Q(state=State.PUBLISHED) & Q(published_at__isnull=True),
                name="question_published_without_personal_data",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.RECEIVED, State.ROUTED, State.DRAFTED)) | Q(contact=""),
                name="question_contact_gone_when_closed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.words[:20]}"

    @property
    def kind_label(self) -> Text:
        """The word for the kind."""
        return Kind(self.kind).label

    @property
    def state_label(self) -> Text:
        """The word for the state."""
        return State(self.state).label

    @property
    def outcome_label(self) -> Text:
        """The word for the outcome, nothing before there is one."""
        return Outcome(self.outcome).label if self.outcome else Text("", "")

    def is_late(self, on: date) -> bool:
        """Return whether the day for the reply has passed without one."""
        return self.state in (State.RECEIVED, State.ROUTED, State.DRAFTED) and self.due < on


class Routing(models.Model):
    """To whom a question was passed, by whom and why; the first goes by the order of naming in the clause."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="routings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="routing_has_reason"),)

    def __str__(self) -> str:
        return f"{self.question_id} {self.organisation_id}"


class Reply(models.Model):
    """One draft of a reply: an officer writes it, the head approves it or returns it with a reason."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="replies")
    text = models.TextField()
    outcome = models.CharField(max_length=20, choices=[(o.value, o.label.zh) for o in Outcome])
    state = models.CharField(max_length=20, choices=[(s.value, s.label.zh) for s in ReplyState])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="reply_has_text"),
            models.UniqueConstraint(
                fields=("question",), condition=Q(state=ReplyState.DRAFTED), name="reply_one_draft_at_a_time"
            ),
            models.UniqueConstraint(
                fields=("question",), condition=Q(state=ReplyState.APPROVED), name="reply_approved_once"
            ),
            models.CheckConstraint(
                condition=Q(state=ReplyState.DRAFTED, decided_at__isnull=True)
                | ~Q(state=ReplyState.DRAFTED) & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="reply_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state=ReplyState.RETURNED) | ~Q(reason=""), name="reply_returned_why"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("by")), name="reply_two_people"
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_id} {self.state}"

    @property
    def outcome_label(self) -> Text:
        """The word for the outcome."""
        return Outcome(self.outcome).label


class Follower(models.Model):
    """Somebody who follows a commitment by e-mail: the address enciphered and a keyed hash of it, until they stop."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    commitment = models.CharField(max_length=60)
    address = models.TextField()  # enciphered
    address_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)  # news up to here has been sent

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("document", "commitment", "address_hash"), name="follower_once"),
            models.CheckConstraint(condition=~Q(commitment="") & ~Q(address=""), name="follower_has_address"),
        )

    def __str__(self) -> str:
        return f"{self.commitment} {self.address_hash[:8]}"


class Sending(models.Model):
    """How often one sender has sent a form today. The sender is a keyed hash of the address and the day."""

    sender = models.CharField(max_length=64)
    form = models.CharField(max_length=20)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sender", "form", "day"), name="sending_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.form} {self.day} {self.count}"
