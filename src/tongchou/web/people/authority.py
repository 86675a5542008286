"""Who may manage whom. An organisation's administrator must not reach beyond the organisation through its people."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tongchou.web.people.models import Membership, Organisation, User
from tongchou.web.people.permissions import organisations_of
from tongchou.web.people.roles import UNIT_ROLES, Role


def is_system_administrator(user: User) -> bool:
    """Return whether a person manages everybody."""
    return organisations_of(user, "people.manage") is None


def roles_given_by(user: User) -> tuple[Role, ...]:
    """Return the roles a person may give: the city-wide ones only as system administrator."""
    return tuple(r for r in Role if r in UNIT_ROLES or is_system_administrator(user))


def may_manage(actor: User, person: User) -> bool:
    """Return whether ``actor`` may change ``person``'s account.

    An administrator of organisations may, when everything the person does or did is in those organisations and
    nothing of it reaches beyond them; otherwise a new password would be a way to somebody else's rights.
    """
    held = organisations_of(actor, "people.manage")
    if held is None:
        return True
    today = timezone.localdate()
    memberships = list(person.memberships.all())
    current = [m for m in memberships if m.until is None or m.until >= today] or memberships
    return bool(current) and all(m.organisation_id in held and m.role in UNIT_ROLES for m in current)


def check_manages(actor: User, person: User) -> None:
    """Raise ``PermissionDenied`` unless :func:`may_manage`."""
    if not may_manage(actor, person):
        raise PermissionDenied("people.manage")


def check_gives(actor: User, role: Role, organisation: Organisation) -> None:
    """Raise ``PermissionDenied`` unless ``actor`` may give ``role`` in ``organisation``."""
    held = organisations_of(actor, "people.manage")
    if held is not None and (organisation.pk not in held or role not in UNIT_ROLES):
        raise PermissionDenied("people.manage")


def check_ends(actor: User, membership: Membership) -> None:
    """Raise ``PermissionDenied`` unless ``actor`` may end a role."""
    check_gives(actor, Role(membership.role), membership.organisation)
