"""The demonstration's runs and movements: prepared once, marked illustrative, and asked of the right people."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from tongchou.web.money import demo as money_demo
from tongchou.web.money import todo as money_todo
from tongchou.web.money.models import Confirmation, Entry
from tongchou.web.money.verification import faults
from tongchou.web.people import demo as people_demo
from tongchou.web.people.models import User
from tongchou.web.runs import demo, search, todo
from tongchou.web.runs.models import Objection, Run


@pytest.fixture
def prepared(organisations, now):
    for _ in range(2):
        for one in (people_demo, demo, money_demo):
            one.prepare(now)


def person(name: str) -> User:
    return User.objects.get(username=name)


def test_it_is_made_once_and_says_that_it_is_made_up(prepared):
    states = list(Run.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["published", "published", "approved", "reviewed", "submitted", "draft"]
    assert all(run.is_not_real and "示例" in run.title for run in Run.objects.all())
    assert Entry.objects.count() == 2
    assert all(entry.is_illustrative for entry in Entry.objects.all())
    assert Objection.objects.count() == Confirmation.objects.count() == 1
    assert list(faults()) == []


def test_each_is_asked_what_is_theirs(prepared, now):
    on = now.date()
    asked = {
        name: {t.words.zh: t.count for module in (todo, money_todo) for t in module.todo(person(name), on) if t.count}
        for name in ("finance", "finance-reviewer", "finance-head", "coordinator", "loufan-head", "leader")
    }
    assert asked == {
        "finance": {"待提交的测算": 1, "待答复的异议": 1, "待记账的测算": 1},
        "finance-reviewer": {"待审核的测算": 1},
        "finance-head": {"待批准的测算": 1},
        "coordinator": {"待公布的测算": 1, "待答复的异议": 1},
        "loufan-head": {"待确认的对账单": 1},
        "leader": {},
    }
    (answer,) = [t for t in todo.todo(person("finance"), on) if t.words.zh == "待答复的异议"]
    assert answer.due == Objection.objects.get().due


def test_search_finds_what_may_be_seen(prepared):
    assert [h.title.zh for h in search.search(AnonymousUser(), "轧差", 10)] == []
    assert len(search.search(person("loufan-head"), "轧差", 10)) == 1
    assert len(search.search(person("coordinator"), "示例", 2)) == 2
