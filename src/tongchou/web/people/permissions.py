"""What each role may do, and for whose records: one table of permissions, declared app by app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from tongchou.kernel.text import Text
from tongchou.web.discovery import offered
from tongchou.web.people.roles import CITY_WIDE, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User


class Reach(StrEnum):
    """Whose records a grant covers: those of the person's own organisation, or everybody's."""

    OWN = "own"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that can be allowed. ``administrators`` grants it to those who manage an organisation's people."""

    id: str  # "app.verb"
    label: Text
    grants: Mapping[Role, Reach]
    administrators: bool = False


PERMISSIONS: tuple[Permission, ...] = (
    Permission(
        "people.manage",
        Text("管理单位人员和岗位", "manage an organisation's people and roles"),
        {Role.ADMINISTRATOR: Reach.ALL},
        administrators=True,
    ),
    Permission(
        "people.see",
        Text("查看单位人员和岗位", "see who works for an organisation"),
        {
            Role.COORDINATOR: Reach.ALL,
            Role.ADMINISTRATOR: Reach.ALL,
            **dict.fromkeys(
                (Role.OFFICER, Role.REVIEWER, Role.HEAD, Role.FINANCE, Role.ASSESSOR, Role.LEADER), Reach.OWN
            ),
        },
        administrators=True,
    ),
)


@lru_cache(maxsize=1)
def every() -> dict[str, Permission]:
    """Return all permissions by id, those of every installed app that has a ``permissions`` module."""
    return {p.id: p for module in offered("permissions") for p in module.PERMISSIONS}


def organisations_of(user: User | AnonymousUser, permission: str) -> frozenset[str] | None:
    """Return the ids of the organisations for which a person holds a permission; ``None`` stands for all."""
    declared = every()[permission]
    if not user.is_authenticated:
        return frozenset()
    own: set[str] = set()
    for membership in user.roles:
        reach = declared.grants.get(Role(membership.role))
        if reach is Reach.ALL:
            return None
        if reach is Reach.OWN or (declared.administrators and membership.administers):
            own.add(membership.organisation_id)
    return frozenset(own)


def may(user: User | AnonymousUser, permission: str, organisation: str | None = None) -> bool:
    """Return whether a person may do a thing for ``organisation`` (an id), or, without one, for any at all."""
    held = organisations_of(user, permission)
    if held is None:
        return True
    return organisation in held if organisation is not None else bool(held)


def check(user: User | AnonymousUser, permission: str, organisation: str | None = None) -> None:
    """Raise ``PermissionDenied`` unless :func:`may`."""
    if not may(user, permission, organisation):
        raise PermissionDenied(permission)


def drafts_of(user: User | AnonymousUser) -> frozenset[str] | None:
    """Return whose unapproved records a person sees: ids of organisations; ``None`` stands for all of them.

    The city sees all, a unit its own, everybody else what is approved.
    """
    if not user.is_authenticated:
        return frozenset()
    if any(Role(m.role) in CITY_WIDE for m in user.roles):
        return None
    return user.organisations
