"""Which units have somebody who can speak for them here."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from tongchou.web.people.models import Membership, Organisation
from tongchou.web.people.roles import UNIT_ROLES


def with_account(on: date) -> frozenset[str]:
    """Return the ids of the organisations for which somebody with an account in use writes or approves on a day."""
    return frozenset(_in_use(on).order_by().values_list("organisation_id", flat=True))


def has_account(organisation: Organisation, on: date) -> bool:
    """Return whether one organisation is among them."""
    return _in_use(on).filter(organisation=organisation).exists()


def _in_use(on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(role__in=UNIT_ROLES, user__is_active=True).in_force(on)
