"""What can be done to organisations and people. One transaction and one event each; the time is passed in."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tongchou.kernel.parties import PartyKind
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.region import Region
from tongchou.web.events.record import record
from tongchou.web.people import codes
from tongchou.web.people.checks import email_problems, name_problems, username_problems
from tongchou.web.people.models import Membership, Organisation, User
from tongchou.web.people.passwords import one_time
from tongchou.web.people.roles import Role


@transaction.atomic
def receive_organisations(*, region: Region, now: datetime) -> list[Organisation]:
    """Take the parties of a region package as organisations; those there already are brought up to date.

    Nothing is removed: an organisation that left the package may still owe duties and own records.
    """
    known = Organisation.objects.in_bulk()
    added, altered, changed = [], [], []
    for order, party in enumerate((p for p in region.parties if not p.members), 1):
        held = {
            "order": order,
            "name": party.name,
            "name_en": party.name_en,
            "kind": party.kind.value,
            "place": party.place or "",
        }
        one = known.get(party.id)
        if one is None:
            added.append(Organisation(pk=party.id, **held))
            changed.append(added[-1])
        elif any(getattr(one, k) != v for k, v in held.items()):
            for field, value in held.items():
                setattr(one, field, value)
            altered.append(one)
            changed.append(one)
    Organisation.objects.bulk_update(altered, ["order", "name", "name_en", "kind", "place"])
    Organisation.objects.bulk_create(added)
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
def add_member(
    *,
    username: str,
    name: str,
    email: str,
    organisation: Organisation,
    role: Role | None,
    administers: bool = False,
    on: date,
    by: User | None,
    now: datetime,
) -> tuple[User, str]:
    """Add a person with a first role; return them and the one-time password, which is kept nowhere.

    Raises :class:`ProblemsError` placed at ``username``, ``name``, ``email`` or ``role``.
    """
    problems = [*username_problems(username), *name_problems(name, "name", 60), *email_problems(email)]
    if role is None:
        problems.append(codes.ROLE_NEEDED.at("role"))
    if role is None or problems:
        raise ProblemsError(problems)
    password = one_time()
    user = User(username=username, name=name, email=email, created_at=now, password_set_at=now)
    user.set_password(password)
    user.save(force_insert=True)
    Membership.objects.create(user=user, organisation=organisation, role=role, administers=administers, since=on)
    data = {"role": role.value, "administers": administers}
    record("people.person_added", about=user, by=by, now=now, organisation=organisation, data=data)
    return user, password


@transaction.atomic
def first_administrator(*, now: datetime) -> str | None:
    """Where nobody has an account yet, add the system administrator ``admin``; return the one-time password.

    Call it after :func:`receive_organisations`, and show the password once; it is kept nowhere. Returns ``None``
    where somebody has an account. They administer the first organisation of the region.
    """
    first = Organisation.objects.order_by("order", "pk").first()
    if User.objects.exists() or first is None:
        return None
    _, password = add_member(
        username="admin",
        name="系统管理员",
        email="",
        organisation=first,
        role=Role.ADMINISTRATOR,
        administers=True,
        on=timezone.localdate(now),
        by=None,
        now=now,
    )
    return password


@transaction.atomic
def change_person(*, user: User, name: str, email: str, by: User, now: datetime) -> None:
    """Correct a person's name or office e-mail; the event does not repeat them."""
    problems = [*name_problems(name, "name", 60), *email_problems(email)]
    if user.erased_at is not None:
        problems.append(codes.ERASED.at("name"))
    if problems:
        raise ProblemsError(problems)
    user.name, user.email = name, email
    user.save(update_fields=["name", "email"])
    record("people.person_changed", about=user, by=by, now=now)


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
    until: date | None = None,
) -> Membership:
    """Give a person a role in an organisation from a day on. Raises :class:`ProblemsError` at ``role`` or ``until``."""
    problems: list[Problem] = []
    if user.erased_at is not None:
        problems.append(codes.ERASED.at("role"))
    if user.memberships.filter(organisation=organisation, role=role, until=None).exists():
        problems.append(codes.ROLE_HELD.at("role"))
    if until is not None and until < on:
        problems.append(codes.DATE_FORM.at("until"))
    if problems:
        raise ProblemsError(problems)
    membership = Membership.objects.create(
        user=user, organisation=organisation, role=role, administers=administers, since=on, until=until
    )
    data = {"role": role.value, "administers": administers, "since": on, "until": until}
    record("people.role_given", about=user, by=by, now=now, organisation=organisation, data=data)
    return membership


@transaction.atomic
def end_role(*, membership: Membership, on: date, by: User, now: datetime) -> None:
    """Let a role end with a day, which is its last. Raises :class:`ProblemsError` at ``until``."""
    problems: list[Problem] = []
    if on < membership.since:
        problems.append(codes.DATE_FORM.at("until"))
    if membership.role == Role.ADMINISTRATOR and not _other_administrators(membership.user):
        problems.append(codes.LAST_ADMINISTRATOR.at("until"))
    if problems:
        raise ProblemsError(problems)
    membership.until = on
    membership.save(update_fields=["until"])
    data = {"role": membership.role, "until": on}
    record("people.role_ended", about=membership.user, by=by, now=now, organisation=membership.organisation, data=data)


def _other_administrators(user: User) -> bool:
    """Return whether somebody else is a system administrator with no end in sight."""
    others = Membership.objects.filter(role=Role.ADMINISTRATOR, until=None, user__is_active=True)
    return others.exclude(user=user).exists()


@transaction.atomic
def deactivate(*, user: User, by: User, now: datetime) -> None:
    """Close an account and end its sessions; :class:`ProblemsError` for one's own and the last administrator's."""
    if user == by:
        raise ProblemsError([codes.NOT_ONESELF.at("active")])
    administers = user.memberships.filter(role=Role.ADMINISTRATOR, until=None).exists()
    if administers and not _other_administrators(user):
        raise ProblemsError([codes.LAST_ADMINISTRATOR.at("active")])
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.sessions.all().delete()
    record("people.deactivated", about=user, by=by, now=now)


@transaction.atomic
def reactivate(*, user: User, by: User, now: datetime) -> None:
    """Open a closed account again, with the password it had. Raises :class:`ProblemsError` once it is erased."""
    if user.erased_at is not None:
        raise ProblemsError([codes.ERASED.at("active")])
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("people.reactivated", about=user, by=by, now=now)


@transaction.atomic
def add_outside_body(*, name: str, name_en: str, email: str, by: User, now: datetime) -> Organisation:
    """Add an organisation that is not in the region package. Raises :class:`ProblemsError` placed by field."""
    problems = [*name_problems(name, "name", 120), *email_problems(email)]
    if Organisation.objects.filter(name=name).exists():
        problems.append(codes.ORGANISATION_TAKEN.at("name", name=name))
    if problems:
        raise ProblemsError(problems)
    last = Organisation.objects.order_by("-order").values_list("order", flat=True).first() or 0
    number = Organisation.objects.filter(is_outside=True).count() + 1
    while Organisation.objects.filter(pk=f"outside-{number}").exists():
        number += 1
    body = Organisation.objects.create(
        pk=f"outside-{number}",
        order=max(last, 1000) + 1,  # after whatever parties the region package may yet bring
        name=name,
        name_en=name_en[:200],
        kind=PartyKind.OTHER.value,
        is_outside=True,
        email=email,
    )
    record("people.outside_body_added", about=body, by=by, now=now, organisation=body)
    return body


@transaction.atomic
def set_office_email(*, organisation: Organisation, email: str, by: User, now: datetime) -> None:
    """Say where an organisation's weekly list goes. Raises :class:`ProblemsError` at ``email``."""
    if problems := email_problems(email):
        raise ProblemsError(problems)
    organisation.email = email
    organisation.save(update_fields=["email"])
    record("people.office_email_set", about=organisation, by=by, now=now, organisation=organisation)
