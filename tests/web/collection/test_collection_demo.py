"""The demonstration has a round in each state, marked as made up, and is safe to repeat."""

from __future__ import annotations

from tongchou.kernel.status import Status
from tongchou.web.collection.demo import prepare
from tongchou.web.collection.models import Answer, Round
from tongchou.web.figures.models import FigureRecord
from tongchou.web.people.demo import prepare as people


def test_a_round_in_each_state_and_nothing_twice(organisations, now):
    people(now)
    prepare(now)
    assert {r.state for r in Round.objects.all()} == {"design", "open", "closed", "dropped"}
    assert {a.state for a in Answer.objects.all()} >= {"open", "reviewed", "accepted"}
    assert all(r.is_illustrative for r in Round.objects.all())
    assert {f.status for f in FigureRecord.objects.all()} == {int(Status.ILLUSTRATIVE)}
    counted = (Round.objects.count(), FigureRecord.objects.count())
    prepare(now)
    assert (Round.objects.count(), FigureRecord.objects.count()) == counted
