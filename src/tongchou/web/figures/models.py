"""Figures received since the region package: revisions that supersede one another, never overwritten."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tongchou.kernel.numbers import number
from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region.crosstab import STATES
from tongchou.web.figures.states import State
from tongchou.web.people.models import Organisation


class Version(models.Model):
    """When the approved figures last changed: a single row that whoever approves locks first.

    ``stamp`` is drawn anew each time, so that what is kept in memory never outlives a rollback or a restore.
    """

    number = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(null=True)
    stamp = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="figures_version_is_one_row"),)

    def __str__(self) -> str:
        return str(self.number)


class IndicatorRecord(models.Model):
    """An indicator added here, beside those of the region package. Its definition is kept word for word."""

    id = models.CharField(max_length=80, primary_key=True)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    definition_zh = models.TextField()
    definition_en = models.TextField()
    theme = models.CharField(max_length=40)
    better = models.CharField(max_length=4, blank=True)
    total = models.CharField(max_length=4, blank=True)
    base = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(title_zh="") & ~Q(unit="") & ~Q(definition_zh=""), name="indicator_is_defined"
            ),
            models.CheckConstraint(condition=Q(better__in=["", "more", "less"]), name="indicator_better"),
            models.CheckConstraint(condition=Q(total__in=["", "sum"]), name="indicator_total"),
        )

    def __str__(self) -> str:
        return self.title_zh


class FigureRecord(models.Model):
    """One revision of one cell: indicator, place, period, base. ``value`` is null for 不适用; no row is 未报.

    What was known at a moment are the rows with ``approved_at`` <= moment < ``superseded_at``.
    """

    indicator = models.CharField(max_length=80)
    place = models.CharField(max_length=12)
    period = models.CharField(max_length=24)
    start = models.DateField()
    end = models.DateField()
    base = models.CharField(max_length=40, blank=True)
    value = models.FloatField(null=True)
    unit = models.CharField(max_length=40)
    status = models.PositiveSmallIntegerField(choices=[(s.value, s.label.zh) for s in Status])
    source = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.label.zh) for s in State])
    revision = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    reason = models.TextField(blank=True)  # why a correction was made, or turned down
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[FigureRecord]] = models.Manager()

    class Meta:
        ordering = ("-revision", "-pk")
        indexes = (
            models.Index(fields=("indicator", "period", "place"), name="figure_cell"),
            models.Index(fields=("state", "organisation"), condition=Q(state="submitted"), name="figure_waiting"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="figure_period_days"),
            models.CheckConstraint(condition=Q(status__gte=1, status__lte=5), name="figure_status"),
            models.CheckConstraint(condition=~Q(source=""), name="figure_has_source"),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "superseded"], approved_at__isnull=False)
                | Q(state__in=["submitted", "withdrawn"], approved_at__isnull=True),
                name="figure_approved_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="superseded", superseded_at__isnull=False)
                | (~Q(state="superseded") & Q(superseded_at__isnull=True)),
                name="figure_superseded_has_moment",
            ),
            models.UniqueConstraint(
                fields=("indicator", "place", "period", "base"),
                condition=Q(state="approved"),
                name="figure_one_approved_a_cell",
            ),
            models.UniqueConstraint(
                fields=("indicator", "place", "period", "base"),
                condition=Q(state="submitted"),
                name="figure_one_waiting_a_cell",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.place} {self.period} {self.value}"

    @property
    def status_level(self) -> Status:
        """The status as the kernel knows it."""
        return Status(self.status)

    @property
    def state_label(self) -> Text:
        """The word for the state."""
        return State(self.state).label

    @property
    def period_label(self) -> Text:
        """The period as printed."""
        period = Period.parse(self.period)
        return Text(period.label("zh"), period.label("en"))

    @property
    def printed(self) -> Text:
        """The value as printed; 不适用 where there is none."""
        return STATES["not_applicable"] if self.value is None else Text(number(self.value), number(self.value))


class Held(models.Model):
    """What is approved of one indicator, counted again whenever it changes, so that lists need not count."""

    indicator = models.CharField(max_length=80, primary_key=True)
    stamp = models.CharField(max_length=32)  # of the version that counted it
    figures = models.PositiveBigIntegerField()
    places = models.JSONField()  # codes
    columns = models.JSONField()  # [period, base, number of county-level units], oldest first
    weakest = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("indicator",)
        constraints = (models.CheckConstraint(condition=Q(weakest__gte=1, weakest__lte=5), name="held_weakest"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.figures}"
