"""A round designed, opened, and the answer a county owes it."""

from __future__ import annotations

import pytest
from tests.web.collection.rounds import LOUFAN, ON, draft

from tongchou.web.collection.designing import design_round, open_round
from tongchou.web.collection.models import Answer, Round
from tongchou.web.people.roles import Role


@pytest.fixture
def asker(person):
    return person(Role.COORDINATOR, "development-reform")


@pytest.fixture
def designed(asker, organisations, now) -> Round:
    body = organisations["development-reform"]
    return design_round(draft=draft(), organisation=body, by=asker, now=now, on=ON)


@pytest.fixture
def opened(designed, asker, now) -> Round:
    return open_round(round_=designed, reason="", by=asker, now=now, on=ON)


@pytest.fixture
def answer(opened) -> Answer:
    return opened.answers.get(place=LOUFAN)
