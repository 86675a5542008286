"""What the database itself refuses of people, whoever asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tongchou.web.people.models import BackupCode, Membership, Organisation, Session, User
from tongchou.web.people.roles import Role


def refused(write) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.fixture
def officer(person) -> User:
    return person(Role.OFFICER, "county-140123")


@pytest.mark.parametrize("change", [{"username": ""}, {"name": ""}, {"erased_at": timezone.now()}])
def test_a_person(officer, change):
    refused(lambda: User.objects.filter(pk=officer.pk).update(**change))


def test_a_user_name_is_taken_in_any_case(officer, now):
    refused(lambda: User.objects.create(username=officer.username.upper(), name="另一人", created_at=now))


def test_an_organisation_has_a_name_of_its_own(organisations):
    refused(lambda: Organisation.objects.filter(pk="finance").update(name=""))
    refused(lambda: Organisation.objects.filter(pk="finance").update(name=organisations["transport"].name))


def test_a_role_ends_after_it_begins_and_is_open_once(officer):
    held = officer.memberships.get()
    refused(lambda: Membership.objects.filter(pk=held.pk).update(until=held.since - timedelta(days=1)))
    refused(
        lambda: Membership.objects.create(
            user=officer, organisation_id=held.organisation_id, role=held.role, since=date(2026, 1, 1)
        )
    )


@pytest.mark.parametrize("digest", ["", "ABC", "g" * 64])
def test_a_backup_code_is_kept_as_its_digest(officer, digest):
    refused(lambda: BackupCode.objects.create(user=officer, digest=digest))


def test_sessions_that_ran_out_are_gone_with_the_next_sign_in(officer, as_):
    as_(officer)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    as_(officer)
    assert Session.objects.count() == 1
