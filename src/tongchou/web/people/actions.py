"""What can be done to organisations and people. One transaction and one event each; the time is passed in."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tongchou.region import Region
from tongchou.web.events.record import record
from tongchou.web.people.models import Membership, Organisation, User
from tongchou.web.people.roles import Role


@transaction.atomic
def receive_organisations(*, region: Region, now: datetime) -> list[Organisation]:
    """Take the parties of a region package as organisations; those there already are brought up to date.

    Nothing is removed: an organisation that left the package may still owe duties and own records.
    """
    changed = []
    for order, party in enumerate((p for p in region.parties if not p.members), 1):
        held = {
            "order": order,
            "name": party.name,
            "name_en": party.name_en,
            "kind": party.kind.value,
            "place": party.place or "",
        }
        known = Organisation.objects.filter(pk=party.id).first()
        if known is None or any(getattr(known, k) != v for k, v in held.items()):
            changed.append(Organisation.objects.update_or_create(pk=party.id, defaults=held)[0])
    if changed:
        record(
            "people.organisations_received", about=region.id, by=None, now=now, data={"ids": [o.pk for o in changed]}
        )
    return changed


@transaction.atomic
def add_person(
    *,
    username: str,
    name: str,
    password: str,
    by: User | None,
    now: datetime,
    must_change: bool = True,
    email: str = "",
) -> User:
    """Add a person with a first password, to be changed at once. Raises ``IntegrityError`` when taken."""
    user = User(
        username=username,
        name=name,
        email=email,
        must_change_password=must_change,
        created_at=now,
        password_set_at=now,
    )
    user.set_password(password)
    user.save(force_insert=True)
    record("people.person_added", about=user, by=by, now=now)
    return user


@transaction.atomic
def first_administrator(*, now: datetime) -> str | None:
    """Add the person ``admin`` where there is nobody yet; return the password, which works once and is kept nowhere.

    ``None`` where there are people already. They administer the first organisation of the region.
    """
    organisation = Organisation.objects.first()
    if organisation is None or User.objects.exists():
        return None
    password = secrets.token_urlsafe(12)
    user = add_person(username="admin", name="系统管理员", password=password, by=None, now=now)
    on = timezone.localdate(now)
    give_role(user=user, organisation=organisation, role=Role.ADMINISTRATOR, on=on, by=None, now=now, administers=True)
    return password


@transaction.atomic
def give_role(
    *,
    user: User,
    organisation: Organisation,
    role: Role,
    on: date,
    by: User | None,
    now: datetime,
    administers: bool = False,
) -> Membership:
    """Give a person a role in an organisation from a day on."""
    membership = Membership.objects.create(
        user=user, organisation=organisation, role=role, administers=administers, since=on
    )
    record("people.role_given", about=user, by=by, now=now, organisation=organisation, data={"role": role.value})
    return membership
