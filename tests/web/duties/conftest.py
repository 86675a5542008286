"""The built-in policy with its commitments in the ledger, one of them confirmed."""

from __future__ import annotations

from datetime import date

import pytest

from tongchou.web.duties.actions.confirming import confirm
from tongchou.web.duties.actions.proposing import propose_commitments
from tongchou.web.duties.models import Commitment
from tongchou.web.people.roles import Role

TODAY = date(2026, 11, 27)


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
