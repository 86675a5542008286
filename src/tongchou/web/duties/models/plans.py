"""Implementation plans (实施方案), one per unit and document, version by version."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongchou.web.duties.models.commitments import Commitment
from tongchou.web.files.models import StoredFile
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation


class Plan(models.Model):
    """One version of a unit's plan, with the paper it filed. The newest version is the one in force."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="plans")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)  # what changed against the version before
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField()
    is_illustrative = models.BooleanField(default=False)

    class Meta:
        ordering = ("organisation__order", "-version")
        constraints = (
            models.UniqueConstraint(fields=("document", "organisation", "version"), name="plan_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="plan_versions_from_one"),
            models.CheckConstraint(condition=~Q(title=""), name="plan_has_title"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.version}"


class PlanTask(models.Model):
    """One task of a plan: what is done, which post sees to it, by when, measured how, for which commitments."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    order = models.PositiveIntegerField()
    words = models.TextField()
    post = models.CharField(max_length=120, blank=True)
    date = models.DateField(null=True, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    commitments = models.ManyToManyField(Commitment, related_name="plan_tasks")

    class Meta:
        ordering = ("plan", "order")
        constraints = (
            models.UniqueConstraint(fields=("plan", "order"), name="plan_task_order_once"),
            models.CheckConstraint(condition=~Q(words=""), name="plan_task_has_words"),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.order}"
