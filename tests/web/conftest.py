"""A database with the built-in policy in it, people of every role, and clients that speak either language."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from tests.web.operations.databases import SERVER, postgresql_answers
from whitenoise.middleware import WhiteNoiseMiddleware

from tongchou.policy.model import Policy
from tongchou.web import kept
from tongchou.web.builtin import receive_builtin
from tongchou.web.demo_data import prepare_demo
from tongchou.web.duties import kept_standings
from tongchou.web.figures.regions import region_named
from tongchou.web.ledger import actions as ledger
from tongchou.web.ledger.models import Document
from tongchou.web.people.actions import add_person, give_role, receive_organisations
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.roles import Role

# A worker keeps thousands of tests and what a region holds; to look through it for cycles as often as Python does by
# itself took a sixth of the time. The product's own servers gain nothing by it.
gc.set_threshold(50_000, 20, 100)
NOW = datetime(2026, 11, 27, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
Person = Callable[..., User]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of pages, and begin with what is slow: both workers end together.

    Where PostgreSQL was asked for and none answers, say so instead of failing a thousand times; CI must have one.
    """
    ours = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.pages)
    items.sort(key=lambda item: not (item.get_closest_marker("slow") or item.get_closest_marker("processes")))
    if os.environ.get("TONGCHOU_TEST_DATABASE") != "postgresql" or postgresql_answers():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(f"PostgreSQL must run on CI; none answers at {SERVER}")
    for item in ours:
        item.add_marker(pytest.mark.skip(reason=f"no PostgreSQL at {SERVER}"))


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    """Read once a process what a test would else read anew: static files, by every client, and the built-in policy."""
    files: dict[str, object] = {}
    policies: dict[tuple[object, ...], Policy] = {}
    usual_files, usual_policy = WhiteNoiseMiddleware.add_files_from_finders, ledger.read_bytes

    def add_files(middleware: WhiteNoiseMiddleware) -> None:
        if not files:
            usual_files(middleware)
            files.update(middleware.files)
        middleware.files.update(files)

    def read_bytes(data: bytes, name: str, **region: object) -> Policy:
        if name not in region_named(settings.REGION).policies:
            return usual_policy(data, name, **region)
        key = data, name, *map(id, region.values())
        if key not in policies:
            policies[key] = usual_policy(data, name, **region)
        return policies[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files)
        patch.setattr(ledger, "read_bytes", read_bytes)
        yield


@contextmanager
def demonstrated(now: datetime) -> Iterator[None]:
    """Everything the demonstration holds, for a whole module: what a test changes is taken back after it."""
    with transaction.atomic():
        receive_organisations(region=region_named(settings.REGION), now=NOW)
        receive_builtin()
        prepare_demo(now)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Parts of pages kept in memory belong to the database of one test."""
    kept.forget()
    kept_standings.forget()


@pytest.fixture
def builtin(db) -> Document:
    (document,) = receive_builtin()
    return document


@pytest.fixture(params=["zh", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture
def visitor(builtin, language) -> Client:
    """A coordinator who speaks ``language``: sees what there is to see."""
    client = coordinator()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def stranger(db) -> Client:
    return Client()


@pytest.fixture
def organisations(db) -> dict[str, Organisation]:
    """The parties of Taiyuan by id: ``finance``, ``transport``, ``county-140123`` (娄烦县) …"""
    receive_organisations(region=region_named(settings.REGION), now=NOW)
    return Organisation.objects.in_bulk()


_NUMBERS = count(1)


def new_person(role: Role, organisation: str, *, administers: bool = False) -> User:
    """Add a person with one role since 2019."""
    user = add_person(
        username=f"{role}-{next(_NUMBERS)}",
        name="测试人员",
        password="correct horse",
        by=None,
        now=NOW,
        must_change=False,
    )
    give_role(
        user=user,
        organisation=Organisation.objects.get(pk=organisation),
        role=role,
        on=date(2019, 10, 25),
        by=None,
        now=NOW,
        administers=administers,
    )
    return user


def coordinator() -> Client:
    """A client in which a city coordinator has signed in."""
    receive_organisations(region=region_named(settings.REGION), now=NOW)
    return signed_in(new_person(Role.COORDINATOR, "development-reform"))


@pytest.fixture
def person(organisations) -> Person:
    """Add a person: ``person(Role.OFFICER, "county-140123")``."""
    return new_person


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def as_(db) -> Callable[[User], Client]:
    """A client in which a person has signed in."""
    return signed_in


@pytest.fixture
def hands(person) -> dict[str, User]:
    """Those through whose hands a run of the finance bureau goes."""
    return {
        "finance": person(Role.FINANCE, "finance"),
        "reviewer": person(Role.REVIEWER, "finance"),
        "head": person(Role.HEAD, "finance"),
        "coordinator": person(Role.COORDINATOR, "development-reform"),
    }


@pytest.fixture
def run_at(hands, now):
    """Make a run that stands at a state: ``run_at("approved")``, computed with what is asked."""
    from tongchou.web.runs.actions import draft, move
    from tongchou.web.runs.models import Run

    way = {"submitted": "submit", "reviewed": "review", "approved": "approve", "published": "publish"}
    who = {"submit": "finance", "review": "reviewer", "approve": "head", "publish": "coordinator"}

    def make(state: str = "approved", rule: str = "fiscal.equalisation", **asked) -> Run:
        given = {"periods": ["2021"], "base": "", "settings": {}, "title": "均衡性转移支付", "purpose": ""} | asked
        run = draft(
            rule=rule,
            organisation=Organisation.objects.get(pk="finance"),
            region=settings.REGION,
            figures_at=now,
            by=hands["finance"],
            now=now,
            **given,
        )
        for reached, step in way.items():
            if run.state == state:
                break
            run = move(run=run, step=step, comment="", by=hands[who[step]], now=now, seen=run.state)
            assert run.state == reached
        return run

    return make
