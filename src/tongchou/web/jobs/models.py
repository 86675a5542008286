"""What was asked to be done in the background, and who is doing it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.web.people.models import Organisation


class State(models.TextChoices):
    """How far a job has come."""

    WAITING = "waiting", "排队"
    RUNNING = "running", "正在做"
    DONE = "done", "做完"
    FAILED = "failed", "没有做成"


LABELS = {
    State.WAITING: Text("排队", "waiting"),
    State.RUNNING: Text("正在做", "under way"),
    State.DONE: Text("做完", "done"),
    State.FAILED: Text("没有做成", "failed"),
}


class Job(models.Model):
    """One piece of work as the person who asked for it sees it. What it is about has no foreign key, as with events."""

    kind = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=80)
    about_id = models.CharField(max_length=80)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    task = models.CharField(max_length=64, blank=True)  # id in the queue
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    words_zh = models.CharField(max_length=200, blank=True)
    words_en = models.CharField(max_length=200, blank=True)
    problems = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (models.Index(fields=("about_kind", "about_id"), name="job_about"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="job_state"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="job_percent"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, state__in=("waiting", "running"))
                | Q(finished_at__isnull=False, state__in=("done", "failed")),
                name="job_finished_when_it_is_over",
            ),
            models.CheckConstraint(condition=~Q(state="done") | Q(percent=100), name="job_done_is_whole"),
            models.UniqueConstraint(
                fields=("kind", "about_kind", "about_id"),
                condition=Q(state__in=("waiting", "running")),
                name="job_open_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.about_id} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (State.DONE, State.FAILED)

    @property
    def label(self) -> Text:
        """The word for its state."""
        return LABELS[State(self.state)]

    @property
    def words(self) -> Text:
        """What is being done now."""
        return Text(self.words_zh, self.words_en or self.words_zh)

    @property
    def found(self) -> list[Problem]:
        """What kept it from being done."""
        return [
            Problem(p["code"], p["where"], Text(p["zh"], p["en"]), Text(p["hint_zh"], p["hint_en"]))
            for p in self.problems
        ]


class Lease(models.Model):
    """Which worker holds a task of the queue, and when it last said so. A lapsed lease gives the task back."""

    task = models.UUIDField(primary_key=True)
    worker = models.CharField(max_length=64)
    beaten_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(worker=""), name="lease_has_worker"),)

    def __str__(self) -> str:
        return f"{self.task} {self.worker}"
