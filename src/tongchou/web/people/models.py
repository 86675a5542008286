"""Organisations, people and the roles they hold, each for a span of days."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from tongchou.kernel.parties import PartyKind
from tongchou.kernel.text import Text
from tongchou.web.people.roles import Role

_LONGEST_NAME = 60  # characters of a sign-in name


class Organisation(models.Model):
    """A party of the region, or an outside body. It can owe a duty without anybody having an account in it."""

    id = models.CharField(max_length=80, primary_key=True)  # the party's id in the region package
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=120, unique=True)
    name_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=[(k.value, k.label.zh) for k in PartyKind])
    place = models.CharField(max_length=12, blank=True)  # code of the place it governs or sits in
    is_outside = models.BooleanField(default=False)  # added here, not in the region package
    email = models.EmailField(blank=True)  # where the weekly list goes; an office address, not a person's

    class Meta:
        ordering = ("order", "id")
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="organisation_has_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> Text:
        """The name in both languages."""
        return Text(self.name, self.name_en or self.name)

    @property
    def kind_label(self) -> Text:
        """The word for what it is."""
        return PartyKind(self.kind).label

    @property
    def is_county(self) -> bool:
        """Whether it governs a county-level unit."""
        return self.kind == PartyKind.COUNTY_GOVERNMENT


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person; the name's case does not matter."""
        # No name is longer than its field; SQLite takes a very long one for a pattern and fails.
        if username is not None and len(username) > _LONGEST_NAME:
            raise User.DoesNotExist
        return self.get(username__iexact=username)

    def with_roles(self, pk: Any) -> User | None:
        """Return the person with the roles in force today, in one query: every page asks for both."""
        from django.utils import timezone

        held = Membership.objects.filter(user=pk).in_force(timezone.localdate())
        roles = tuple(held.select_related("user", "organisation"))
        if not roles:
            return self.filter(pk=pk).first()
        user = roles[0].user
        for role in roles:
            role.user = user
        user.roles = roles
        return user


class User(AbstractBaseUser):
    """A person with an account. Held are: sign-in name, name, office e-mail where given, and the last sign-in."""

    username = models.CharField(max_length=_LONGEST_NAME, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    password_set_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)  # name and e-mail were replaced after the person left

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ("username",)
        constraints = (
            models.CheckConstraint(condition=~Q(username="") & ~Q(name=""), name="user_has_names"),
            models.UniqueConstraint(Lower("username"), name="user_name_is_unique_in_any_case"),
            models.CheckConstraint(condition=Q(erased_at__isnull=True) | Q(is_active=False), name="user_erased_is_out"),
        )

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> tuple[Membership, ...]:
        """The memberships in force today, read once a request."""
        from django.utils import timezone

        return tuple(self.memberships.in_force(timezone.localdate()).select_related("organisation"))

    @property
    def organisations(self) -> frozenset[str]:
        """The ids of the organisations the person works for."""
        return frozenset(m.organisation_id for m in self.roles)

    def has(self, role: Role) -> bool:
        """Return whether the person holds a role anywhere."""
        return any(m.role == role for m in self.roles)


class Memberships(models.QuerySet["Membership"]):
    """Memberships by day."""

    def in_force(self, on: date) -> Memberships:
        """Return those in force on a day."""
        return self.filter(Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on)))


class Membership(models.Model):
    """One role of one person in one organisation, from ``since`` to ``until``, both days included."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, r.label.zh) for r in Role])
    administers = models.BooleanField(default=False)  # manages the organisation's people
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Membership]] = Memberships.as_manager()

    class Meta:
        ordering = ("organisation__order", "role", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_days"),
            models.UniqueConstraint(
                fields=("user", "organisation", "role"),
                condition=Q(until__isnull=True),
                name="membership_open_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.organisation} {self.get_role_display()}"

    @property
    def role_label(self) -> Text:
        """The word for the role."""
        return Role(self.role).label


class Session(AbstractBaseSession):
    """One sign-in on one browser, with its person, so that the person can see it and end it.

    Neither address nor kind of browser is kept.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the engine that reads and writes these rows."""
        from tongchou.web.people.sessions import SessionStore

        return SessionStore


class BackupCode(models.Model):
    """One code that opens an account once without the telephone. Only its keyed digest is held."""

    user = models.ForeignKey(User, models.CASCADE, related_name="backup_codes")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="backup_code_is_digest"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.digest[:6]}"
