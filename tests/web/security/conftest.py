"""The demonstration as a whole city: every app's made-up records, and its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.web.conftest import demonstrated
from tests.web.security.crawl import STARTS, Walk, walk

from tongchou.web.people.models import User


@pytest.fixture(scope="module")
def _demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), demonstrated(timezone.now()):
        yield


@pytest.fixture
def city(_demonstration, db) -> None:
    """Everything the demonstration holds."""


@pytest.fixture
def enter(city) -> Callable[..., Client]:
    """A client signed in as a person of the demonstration; "" is a stranger."""

    def as_person(username: str, **kwargs) -> Client:
        client = Client(**kwargs)
        if username:
            client.force_login(User.objects.get(username=username))
        return client

    return as_person


@pytest.fixture(scope="module")
def _walks() -> dict[tuple[object, ...], Walk]:
    return {}


@pytest.fixture
def walked(enter, _walks) -> Callable[..., Walk]:
    """What a person meets who walks from the usual starts, walked once a module: every test begins from the same."""

    def by(username: str, *, raises: bool = False, **limits: int) -> Walk:
        key = username, raises, *sorted(limits.items())
        if key not in _walks:
            with transaction.atomic():
                _walks[key] = walk(enter(username, raise_request_exception=raises), STARTS, **limits)
                transaction.set_rollback(True)
        return _walks[key]

    return by
