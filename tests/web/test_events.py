"""The chain of events: each action leaves one, and whoever rewrites the past is found out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tongchou.web.events.models import Event, Head
from tongchou.web.events.record import faults, history, record
from tongchou.web.people.roles import Role


def append(now, **more) -> Event:
    with transaction.atomic():
        return record("test.happened", about="test", by=None, now=now, **more)


def codes() -> list[str]:
    return [p.code for p in faults()]


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_a_transaction(now):
    with pytest.raises(RuntimeError):
        record("test.happened", about="test", by=None, now=now)
    assert not Event.objects.exists()


def test_events_are_numbered_and_linked(db, now):
    first, second = append(now), append(now, data={"秒": 1.5, "day": now.date()})
    assert (first.number, second.number) == (1, 2)
    assert second.previous == first.hash
    assert codes() == []


@pytest.mark.parametrize("field", ["kind", "organisation", "about_id", "at", "data"])
def test_an_altered_event_is_found(db, now, field):
    append(now), append(now)
    changed = {"at": now + timedelta(seconds=1), "data": {"a": 1}}.get(field, "other")
    Event.objects.filter(number=1).update(**{field: changed})
    assert codes() == ["W022"]


def test_a_removed_event_is_found_wherever_it_stood(db, now):
    for _ in range(3):
        append(now)
    Event.objects.filter(number=2).delete()
    assert set(codes()) == {"W020", "W021"}
    Event.objects.all().delete()
    assert codes() == ["W023"]


def test_a_cut_end_is_found(db, now):
    append(now), append(now)
    Event.objects.filter(number=2).delete()
    assert codes() == ["W023"]


def test_a_clock_that_goes_back_does_not_turn_the_order(db, now):
    first = append(now)
    second = append(now - timedelta(hours=1))
    assert second.at == first.at
    assert second.data["clock"] == (now - timedelta(hours=1)).isoformat()
    assert codes() == []


def test_an_action_undone_leaves_no_event(db, now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("test.happened", about="test", by=None, now=now)
        raise ZeroDivisionError
    assert not Event.objects.exists()
    append(now)
    assert codes() == []


def test_a_persons_history_is_what_was_done_about_them(person):
    user = person(Role.OFFICER, "finance")
    assert [e.kind for e in history(user)] == ["people.role_given", "people.person_added"]


def test_there_is_one_head_only(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Head.objects.create(pk=2)
