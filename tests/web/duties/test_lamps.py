"""The lamp over its whole table: it follows from facts, dates and parameters, and from nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.web.duties.lamps import (
    ICONS,
    Calendar,
    Colour,
    Facts,
    Shown,
    calendar,
    is_closed,
    lamp,
    shown,
    silence,
)
from tongchou.web.duties.parameters import LampParameters, escalation, in_force, lamp_parameters, read_dated
from tongchou.web.duties.words import EvidenceKind, Said

ON = date(2026, 11, 27)
WITH = lamp_parameters(ON)
SOON, SILENT = WITH.soon_days, WITH.silent_days
RESULT = frozenset({EvidenceKind.RESULT})


def facts(due=None, said=None, accepted=frozenset(), heard=None, since=200) -> Facts:
    def day(n):
        return None if n is None else ON + timedelta(days=n)

    return Facts(day(due), said, accepted, day(None if heard is None else -heard), day(-since))


@pytest.mark.parametrize(
    ("held", "colour", "label"),
    [
        # closed: both what the unit says and what is shown, whatever the calendar says
        (facts(-1, Said.DONE, RESULT, 5), Colour.BLUE, "办结"),
        (facts(None, Said.DONE, RESULT, 500), Colour.BLUE, "办结"),
        # a word without a result, or a result without the word, closes nothing
        (facts(-1, Said.DONE, frozenset(), 5), Colour.RED, "逾期"),
        (facts(-1, Said.UNDER_WAY, RESULT, 5), Colour.RED, "逾期"),
        (facts(None, Said.DONE, frozenset(), 5), Colour.GREEN, "正常"),
        # the day due is still in time; the day after is not
        (facts(0, Said.UNDER_WAY, frozenset(), 5), Colour.YELLOW, "临期"),
        (facts(-1, Said.UNDER_WAY, frozenset(), 5), Colour.RED, "逾期"),
        (facts(SOON, Said.UNDER_WAY, frozenset(), 5), Colour.YELLOW, "临期"),
        (facts(SOON + 1, Said.UNDER_WAY, frozenset(), 5), Colour.GREEN, "正常"),
        # the calendar comes before silence
        (facts(-1), Colour.RED, "逾期"),
        (facts(SOON), Colour.YELLOW, "临期"),
        (facts(SOON + 1), Colour.GREY, "未报"),
        (facts(None, since=0), Colour.GREY, "未报"),
        # silence
        (facts(None, Said.UNDER_WAY, frozenset(), SILENT), Colour.GREEN, "正常"),
        (facts(None, Said.UNDER_WAY, frozenset(), SILENT + 1), Colour.GREY, "未报"),
        (facts(None, None, frozenset({EvidenceKind.STUDY}), 1), Colour.GREEN, "正常"),
        # blocked is never green or grey, and does not hide that it is overdue
        (facts(None, Said.BLOCKED, frozenset(), 5), Colour.YELLOW, "受阻"),
        (facts(None, Said.BLOCKED, frozenset(), 500), Colour.YELLOW, "受阻"),
        (facts(-1, Said.BLOCKED, frozenset(), 5), Colour.RED, "逾期"),
        (facts(None, Said.NOT_STARTED, frozenset(), 5), Colour.GREEN, "正常"),
    ],
)
def test_the_table(held, colour, label):
    shown_lamp = lamp(held, ON, WITH)
    assert (shown_lamp.colour, shown_lamp.label.zh) == (colour, label)
    assert shown_lamp.icon == ICONS[colour]
    assert shown_lamp.why.zh
    assert shown_lamp.why.en


EVERY = list(
    product(
        (None, -1, 0, SOON, SOON + 1),
        (None, *Said),
        (frozenset(), RESULT, frozenset({EvidenceKind.STUDY})),
        (None, 0, SILENT, SILENT + 1),
    )
)


def test_every_case_has_one_lamp_that_agrees_with_the_statuses():
    for due, said, accepted, heard in EVERY:
        held = facts(due, said, accepted, heard)
        colour, by_calendar = lamp(held, ON, WITH).colour, calendar(held, ON, WITH)
        assert (colour is Colour.BLUE) == is_closed(held) == (by_calendar is Calendar.CLOSED)
        assert (colour is Colour.RED) == (by_calendar is Calendar.OVERDUE)
        if colour is Colour.GREEN:
            assert said is not Said.BLOCKED
            assert silence(held, ON) <= SILENT
            assert by_calendar in (Calendar.NO_DATE, Calendar.RUNNING)
        if colour is Colour.GREY:
            assert heard is None or heard > SILENT


def test_waiting_never_improves_a_lamp():
    order = [Colour.BLUE, Colour.GREEN, Colour.GREY, Colour.YELLOW, Colour.RED]
    for due, said, accepted, heard in EVERY:
        held = facts(due, said, accepted, heard)
        later = [order.index(lamp(held, ON + timedelta(days=n), WITH).colour) for n in range(0, 200, 5)]
        assert later == sorted(later)


def test_icons_and_words_differ_so_that_colour_is_not_needed():
    assert len(set(ICONS.values())) == len(Colour) == len({c.label.zh for c in Colour})


def test_what_the_evidence_shows():
    loop = {EvidenceKind.STUDY, EvidenceKind.ORGANISE, EvidenceKind.CHECK}
    assert shown(()) is Shown.NOTHING
    assert shown({EvidenceKind.CHECK}) is Shown.SOME
    assert shown(loop) is Shown.LOOP
    assert shown({EvidenceKind.RESULT}) is shown(loop | {EvidenceKind.RESULT}) is Shown.RESULT


def test_parameters_are_dated_and_say_that_nobody_set_them():
    assert WITH.assumed
    assert escalation(ON).assumed
    text = """
- {since: 2020-01-01, soon_days: 10, silent_days: 30, paper: {zh: 甲文, en: Paper A}}
- {since: 2024-01-01, soon_days: 20, silent_days: 60, paper: {zh: 乙文, en: Paper B}}
"""
    values = read_dated(text, "lamps.yaml", LampParameters)
    assert [in_force(values, date(y, 12, 31)).soon_days for y in (2019, 2023, 2024)] == [10, 10, 20]


def test_a_faulty_parameter_is_refused_with_its_line():
    with pytest.raises(ProblemsError) as caught:
        read_dated("- {since: 2020-01-01, soon_days: -1, silent_days: 30}\n", "lamps.yaml", LampParameters)
    assert {p.where for p in caught.value.problems} == {"lamps.yaml:1"}
