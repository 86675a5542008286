"""Rounds, what they ask, the answers of units, and rulings about definitions."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tongchou.kernel.periods import Period
from tongchou.kernel.text import Text
from tongchou.web.collection.states import AnswerState, Frequency, RoundState, Verdict
from tongchou.web.people.models import Organisation


class Round(models.Model):
    """One asking: why, for whom, on what basis, of which periods, how long a cell takes, by when.

    What it asks are its indicators × its answers' places × its periods.
    """

    title = models.CharField(max_length=120)
    clause = models.CharField(max_length=20)
    used_by = models.CharField(max_length=200)  # the rule or body that needs it
    basis = models.CharField(max_length=200)  # legal or statistical basis
    frequency = models.CharField(max_length=10, choices=[(f.value, f.label.zh) for f in Frequency])
    minutes = models.FloatField()  # for one cell
    periods = models.JSONField()  # codes
    base = models.CharField(max_length=40, blank=True)
    left_out = models.JSONField(default=list)  # "indicator|place|period" of cells held already, which are not asked
    due = models.DateField()
    state = models.CharField(max_length=10, choices=[(s.value, s.label.zh) for s in RoundState], default="design")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # who asks
    over_cap_reason = models.TextField(blank=True)
    is_illustrative = models.BooleanField(default=False)  # made up for the demonstration
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Round]] = models.Manager()

    class Meta:
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(clause="") & ~Q(used_by="") & ~Q(basis=""), name="round_says_why"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="round_takes_time"),
            models.CheckConstraint(
                condition=Q(state__in=["design", "dropped"], opened_at__isnull=True)
                | Q(state__in=["open", "closed"], opened_at__isnull=False),
                name="round_opened_has_moment",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> Text:
        """The word for the state."""
        return RoundState(self.state).label

    @property
    def frequency_label(self) -> Text:
        """The word for how often."""
        return Frequency(self.frequency).label

    @property
    def period_labels(self) -> Text:
        """The periods as printed."""
        held = [Period.parse(code) for code in self.periods]
        return Text("、".join(p.label("zh") for p in held), ", ".join(p.label("en") for p in held))

    def is_late(self, on: date) -> bool:
        """Return whether the due day has passed while the round is open."""
        return self.state == RoundState.OPEN and on > self.due


class Asked(models.Model):
    """One indicator a round asks for."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="asked")
    indicator = models.CharField(max_length=80)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("round", "indicator"), name="asked_once_in_a_round"),)

    def __str__(self) -> str:
        return self.indicator


class Answer(models.Model):
    """What one unit owes a round for one place, and how far it has come."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="answers")
    place = models.CharField(max_length=12)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    cells = models.PositiveIntegerField()  # how many are asked
    state = models.CharField(max_length=10, choices=[(s.value, s.label.zh) for s in AnswerState], default="open")
    reason = models.TextField(blank=True)  # why it was last sent back or reopened
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Answer]] = models.Manager()

    class Meta:
        ordering = ("round__due", "place")
        indexes = (models.Index(fields=("organisation", "state"), name="answer_of_organisation"),)
        constraints = (
            models.UniqueConstraint(fields=("round", "place"), name="answer_once_a_place"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(submitted_at__isnull=False), name="answer_submitted_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "submitted"]) | Q(reviewed_at__isnull=False),
                name="answer_reviewed_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False), name="answer_accepted_has_moment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.round} {self.place}"

    @property
    def state_label(self) -> Text:
        """The word for the state."""
        return AnswerState(self.state).label

    @property
    def is_editable(self) -> bool:
        """Whether cells may still be written."""
        return self.state == AnswerState.OPEN and self.round.state == RoundState.OPEN


class Entry(models.Model):
    """One cell of an answer. What was typed is kept even where it is no number; ``version`` counts the changes."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="entries")
    indicator = models.CharField(max_length=80)
    period = models.CharField(max_length=24)
    typed = models.CharField(max_length=100, blank=True)
    value = models.FloatField(null=True)
    not_applicable = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    explanation = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Entry]] = models.Manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("answer", "indicator", "period"), name="entry_once_a_cell"),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | Q(value__isnull=True), name="entry_not_applicable_has_no_value"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.typed}"


class Ruling(models.Model):
    """What a person ruled about two definitions, and why. ``first`` stands before ``second`` in the alphabet."""

    first = models.CharField(max_length=80)
    second = models.CharField(max_length=80)
    verdict = models.CharField(max_length=10, choices=[(v.value, v.label.zh) for v in Verdict])
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="ruled_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="ruling_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="ruling_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.first} {self.verdict} {self.second}"

    @property
    def verdict_label(self) -> Text:
        """The word for it."""
        return Verdict(self.verdict).label
