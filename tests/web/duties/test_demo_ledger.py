"""The demonstration shows every lamp, says what is made up, and is prepared once."""

from __future__ import annotations

from datetime import date

from tongchou.web.duties import demo
from tongchou.web.duties.lamps import Colour
from tongchou.web.duties.ledger_rows import Filters, matching
from tongchou.web.duties.models import Commitment, EvidenceEvent, Overlay, Plan, ProgressReport
from tongchou.web.duties.words import Decision
from tongchou.web.events.models import Event
from tongchou.web.people.models import User


def test_every_lamp_is_lit_and_the_metro_kept_its_date(shown, now):
    rows = matching(shown, Filters(), User.objects.get(username="coordinator"), now.date())
    assert {r.lamp.colour for r in rows} == set(Colour)
    (metro,) = [r for r in rows if r.commitment.printed_by == date(2020, 12, 31)]
    assert metro.lamp.colour is Colour.BLUE
    real = EvidenceEvent.objects.get(is_illustrative=False)
    assert (real.happened_on, bool(real.source)) == (date(2020, 12, 26), True)


def test_all_else_is_marked_and_nothing_is_made_twice(shown, now):
    assert not ProgressReport.objects.filter(is_illustrative=False).exists()
    assert not Overlay.objects.filter(is_illustrative=False).exists()
    assert not Plan.objects.filter(is_illustrative=False).exists()
    assert Commitment.objects.filter(decision=Decision.PROPOSAL).exists()
    before = Event.objects.count()
    demo.prepare(now)
    assert Event.objects.count() == before
