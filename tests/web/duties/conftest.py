"""The built-in policy with its commitments in the ledger, one of them confirmed."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from tests.web.conftest import NOW

from tongchou.web.builtin import receive_builtin
from tongchou.web.duties import demo
from tongchou.web.duties.actions.confirming import confirm
from tongchou.web.duties.actions.proposing import propose_commitments
from tongchou.web.duties.models import Commitment
from tongchou.web.figures.regions import region_named
from tongchou.web.people.actions import receive_organisations
from tongchou.web.people.demo import prepare as prepare_people
from tongchou.web.people.roles import Role

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def demo_ledger(django_db_setup, django_db_blocker):
    """The demonstration, prepared once a module; what a test changes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        receive_organisations(region=region_named(settings.REGION), now=NOW)
        (document,) = receive_builtin()
        prepare_people(NOW)
        demo.prepare(NOW)
        yield document
        transaction.set_rollback(True)


@pytest.fixture
def shown(demo_ledger, db):
    return demo_ledger


@pytest.fixture
def proposed(organisations, builtin, now):
    propose_commitments(document=builtin, by=None, now=now)
    return builtin


@pytest.fixture
def coordinator_person(person):
    return person(Role.COORDINATOR, "development-reform")


@pytest.fixture
def metro(proposed, coordinator_person, now) -> Commitment:
    """The only commitment with a printed date: metro line 2 by the end of 2020."""
    (one,) = Commitment.objects.filter(printed_by__isnull=False)
    return confirm(commitment=one, by=coordinator_person, now=now)


@pytest.fixture
def undated(proposed, coordinator_person, now) -> Commitment:
    """A commitment of Loufan's without a date."""
    one = Commitment.objects.filter(duties__organisation="county-140123", printed_by__isnull=True).first()
    return confirm(commitment=one, by=coordinator_person, now=now)


@pytest.fixture
def officer(person):
    return person(Role.OFFICER, "county-140123")


@pytest.fixture
def head(person):
    return person(Role.HEAD, "county-140123")
