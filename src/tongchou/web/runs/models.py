"""Runs and the unchangeable records of what was computed; a unit's private scenarios; objections."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.web.files.models import StoredFile
from tongchou.web.people.models import Organisation
from tongchou.web.runs.steps import CLOSED, SETTLED, State

_USER = settings.AUTH_USER_MODEL


class Record(models.Model):
    """What one computation took and gave (``tongchou.run/1``), as text under its hash. Never changed."""

    hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    rule = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)  # of the rule's declaration
    engine = models.CharField(max_length=20)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(hash__regex=r"^[0-9a-f]{64}$"), name="record_hash_is_hex"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.hash[:12]}"

    @property
    def data(self) -> dict[str, Any]:
        """The record."""
        return dict(json.loads(self.text))


def _after(states: tuple[str, ...], field: str) -> Q:
    """What a run in one of ``states`` must have."""
    return ~Q(state__in=states) | (Q(**{f"{field}_by__isnull": False}) & Q(**{f"{field}_at__isnull": False}))


def _not_the_same(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True}) | ~Q(**{one: F(other)})


class Run(models.Model):
    """One computation of a rule on its way from draft to publication.

    How it was configured stays as it is from the start: another configuration is another run, which supersedes it.
    ``figures`` are cells that replace those of ``basis`` (an objection that was accepted).
    """

    rule = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=500, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="runs")
    region = models.CharField(max_length=200)
    figures_at = models.DateTimeField()
    periods = models.JSONField()
    base = models.CharField(max_length=60, blank=True)
    settings = models.JSONField(default=dict)  # parameter → value tried instead of the one in force
    basis = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="runs")
    weakest = models.PositiveSmallIntegerField(null=True)  # status of the result
    pays = models.BooleanField(default=False)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    made_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    submitted_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=("state", "-made_at"), name="run_state"),)
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & ~Q(rule=""), name="run_has_title"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="run_state_known"),
            models.CheckConstraint(condition=~Q(state__in=CLOSED) | Q(record__isnull=False), name="run_is_computed"),
            models.CheckConstraint(condition=_after(CLOSED, "submitted"), name="run_submitted_by"),
            models.CheckConstraint(condition=_after((State.REVIEWED, *SETTLED), "reviewed"), name="run_reviewed_by"),
            models.CheckConstraint(condition=_after(SETTLED, "approved"), name="run_approved_by"),
            models.CheckConstraint(condition=_after((State.PUBLISHED,), "published"), name="run_published_by"),
            models.CheckConstraint(
                condition=_not_the_same("reviewed_by", "made_by")
                & _not_the_same("reviewed_by", "submitted_by")
                & _not_the_same("approved_by", "made_by")
                & _not_the_same("approved_by", "submitted_by")
                & _not_the_same("approved_by", "reviewed_by"),
                name="run_four_eyes",
            ),
            models.CheckConstraint(condition=~Q(pk=F("supersedes")), name="run_supersedes_another"),
            models.UniqueConstraint(
                fields=("supersedes",), condition=~Q(state=State.WITHDRAWN), name="run_superseded_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.state}"

    @property
    def state_words(self) -> Text:
        """The word for its state."""
        return State(self.state).words

    @property
    def is_whatif(self) -> bool:
        """Whether values were tried that are not in force."""
        return bool(self.settings)

    @property
    def status(self) -> Status | None:
        """The status of its result."""
        return Status(self.weakest) if self.weakest else None

    @property
    def is_illustrative(self) -> bool:
        """Whether made-up figures have an effect."""
        return self.status is Status.ILLUSTRATIVE

    @property
    def is_not_real(self) -> bool:
        """Whether it holds what-if values or made-up figures, so that its money is illustrative."""
        return self.is_whatif or self.is_illustrative

    @property
    def is_settled(self) -> bool:
        """Whether it is approved."""
        return self.state in SETTLED


class Scenario(models.Model):
    """What a run would have given with an organisation's own figures: seen by that organisation only."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="scenarios")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="scenarios")
    title = models.CharField(max_length=120)
    figures = models.JSONField()
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="scenario_has_title"),)

    def __str__(self) -> str:
        return self.title


class Answer(models.TextChoices):
    """How an objection stands."""

    OPEN = "open", "待答复"
    ACCEPTED = "accepted", "采纳"
    REJECTED = "rejected", "不采纳"
    WITHDRAWN = "withdrawn", "已撤回"

    @property
    def words(self) -> Text:
        """The word for it."""
        return _ANSWERS[self]


_ANSWERS = {
    Answer.OPEN: Text("待答复", "to be answered"),
    Answer.ACCEPTED: Text("采纳", "accepted"),
    Answer.REJECTED: Text("不采纳", "rejected"),
    Answer.WITHDRAWN: Text("已撤回", "withdrawn"),
}


class Objection(models.Model):
    """An organisation contests a run: which of its figures, on what evidence, and the difference it would make.

    ``figures`` are the cells it puts in place of those used, ``difference`` its results before and after.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="objections")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="objections")
    statement = models.CharField(max_length=2000)
    source = models.CharField(max_length=500)
    figures = models.JSONField()
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    difference = models.JSONField()
    files: models.ManyToManyField[StoredFile, Any] = models.ManyToManyField(StoredFile, related_name="+")
    filed_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    due = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    reason = models.CharField(max_length=2000, blank=True)
    answered_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    led_to = models.ForeignKey(Run, models.PROTECT, null=True, related_name="answers")

    class Meta:
        ordering = ("-filed_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(statement="") & ~Q(source=""), name="objection_says_why"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="objection_answer_known"),
            models.CheckConstraint(
                condition=Q(answer="open", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="open") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="objection_answered_by",
            ),
            models.CheckConstraint(
                condition=~Q(answer="accepted") | Q(led_to__isnull=False), name="objection_accepted_leads_to_a_run"
            ),
            models.CheckConstraint(
                condition=~Q(answer="rejected") | ~Q(reason=""), name="objection_rejected_with_reason"
            ),
            models.UniqueConstraint(
                fields=("run", "organisation"), condition=Q(answer="open"), name="objection_open_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.run}"

    @property
    def answer_words(self) -> Text:
        """The word for how it stands."""
        return Answer(self.answer).words
