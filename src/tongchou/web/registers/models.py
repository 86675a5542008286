"""Rows of registers, their yearly values, what can be looked up in them, and their history, which is never changed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tongchou.kernel.status import Status
from tongchou.web.files.models import StoredFile
from tongchou.web.people.models import Organisation

_STATUSES = [(s.word, s.label.zh) for s in Status]


class Rows(models.QuerySet["Row"]):
    """Rows of one register."""

    def of(self, register: str) -> Rows:
        """Return the rows of a register that were not withdrawn."""
        return self.filter(register=register, withdrawn_at__isnull=True)


class Row(models.Model):
    """One row of a register. ``version`` grows with every change, so that nobody overwrites what they have not seen.

    ``is_published``: seen by others than its owner and the city. ``words`` is what search looks through: never
    personal data. ``meaning`` is that of its state, ``status`` how far what it says can be trusted.
    """

    register = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=300)
    state = models.CharField(max_length=40)
    meaning = models.CharField(max_length=10)
    since = models.DateField()  # in this state
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    place = models.CharField(max_length=12, blank=True)
    geometry = models.JSONField(null=True, blank=True)
    values = models.JSONField()
    words = models.TextField(blank=True)
    is_published = models.BooleanField()
    status = models.CharField(max_length=12, choices=_STATUSES)
    source = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Row]] = Rows.as_manager()

    class Meta:
        ordering = ("register", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("register", "key"), name="row_key_once_in_a_register"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(name=""), name="row_has_key_and_name"),
            models.CheckConstraint(condition=Q(version__gte=1), name="row_version_counts_from_1"),
            models.CheckConstraint(
                condition=Q(meaning__in=("waiting", "under_way", "done", "stopped")), name="row_meaning"
            ),
            models.CheckConstraint(condition=Q(status__in=[s.word for s in Status]), name="row_status"),
        )
        indexes = (
            models.Index(fields=("register", "withdrawn_at", "name", "id"), name="row_list"),
            models.Index(fields=("register", "withdrawn_at", "state", "name"), name="row_state"),
            models.Index(fields=("register", "withdrawn_at", "place", "name"), name="row_place"),
            models.Index(fields=("register", "organisation", "withdrawn_at"), name="row_organisation"),
            models.Index(fields=("register", "changed_at", "version"), name="row_changed"),
            # Holds all that counts by place and state ask, so that they never read the rows themselves.
            models.Index(
                fields=("register", "withdrawn_at", "place", "state", "meaning", "is_published", "organisation"),
                name="row_counts",
            ),
            models.Index(fields=("register", "name"), name="row_placed", condition=Q(geometry__isnull=False)),
        )

    def __str__(self) -> str:
        return self.name


class RowYear(models.Model):
    """The yearly values of one row in one year."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    values = models.JSONField()

    class Meta:
        ordering = ("year",)
        constraints = (
            models.UniqueConstraint(fields=("row", "year"), name="row_year_once"),
            models.CheckConstraint(condition=Q(year__gte=1900) & Q(year__lte=2200), name="row_year_is_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.row} {self.year}"


class RowFacet(models.Model):
    """One choice, place or party of a row, by which lists are filtered without looking into values."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="facets")
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("row", "field", "value"), name="row_facet_once"),)
        indexes = (models.Index(fields=("field", "value", "row"), name="row_facet_lookup"),)

    def __str__(self) -> str:
        return f"{self.field} {self.value}"


class Kind(models.TextChoices):
    """What made a revision."""

    ADDED = "added", "新增"
    CHANGED = "changed", "修改"
    MOVED = "moved", "变更状态"
    IMPORTED = "imported", "导入"
    SEEDED = "seeded", "地区包登记"
    WITHDRAWN = "withdrawn", "撤回"


class RowRevision(models.Model):
    """A row as it was after one change: who, when, why. Only ever added."""

    row = models.ForeignKey(Row, models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=40)
    place = models.CharField(max_length=12, blank=True)
    geometry = models.JSONField(null=True, blank=True)
    values = models.JSONField()
    yearly = models.JSONField()  # year → values
    move = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)  # in words; files beside it
    files: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(StoredFile, related_name="+")

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=("row", "version"), name="row_revision_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="row_revision_kind"),
            models.CheckConstraint(
                condition=Q(kind="moved") & ~Q(move="") | ~Q(kind="moved") & Q(move=""), name="row_revision_move"
            ),
            models.CheckConstraint(condition=~Q(kind="withdrawn") | ~Q(reason=""), name="row_withdrawn_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.row} {self.version}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Add it; raise ``RuntimeError`` when it is there already."""
        if self.pk is not None and not self._state.adding:
            raise RuntimeError("a revision is never changed")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
