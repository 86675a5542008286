"""The demonstration as a whole city: every app's made-up records, and its people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tongchou.web.builtin import receive_builtin
from tongchou.web.demo_data import prepare_demo
from tongchou.web.people.models import User


@pytest.fixture
def city(organisations) -> None:
    """Everything the demonstration holds."""
    receive_builtin()
    prepare_demo(timezone.now())


@pytest.fixture
def enter(city) -> Callable[..., Client]:
    """A client signed in as a person of the demonstration; "" is a stranger."""

    def as_person(username: str, **kwargs) -> Client:
        client = Client(**kwargs)
        if username:
            client.force_login(User.objects.get(username=username))
        return client

    return as_person
