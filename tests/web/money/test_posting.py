"""Posting: every settled amount once, to the fen; reversal by contra entry; a later run posts the difference."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.rules.paying import movements
from tongchou.web.events.models import Event
from tongchou.web.money.actions import post, reverse
from tongchou.web.money.models import Account, Entry, Kind, Line
from tongchou.web.money.verification import balances, faults
from tongchou.web.runs.models import Run

WHY = "演示"


def codes(caught) -> list[str]:
    return [p.code for p in caught.value.problems]


@pytest.fixture
def poster(hands, now):
    def do(run: Run, why: str = WHY) -> list[Entry]:
        return post(run=run, acknowledgement=why, by=hands["finance"], now=now)

    return do


@pytest.fixture
def undo(hands, now):
    return lambda entry, why="误记": reverse(entry=entry, reason=why, by=hands["finance"], now=now)


RULES = (
    "fiscal.equalisation",
    "fiscal.grant",
    "fiscal.hold_harmless",
    "compensation.zones",
    "compensation.netting",
    "compensation.line_project",
    "compensation.cost_sharing_simple",
)


@pytest.mark.parametrize("rule", RULES)
def test_what_is_posted_is_what_the_run_orders(run_at, poster, rule):
    run = run_at("approved", rule=rule)
    (entry,) = poster(run)
    ordered = {m.place: m.fen for m in movements(run.record.data)}
    assert {line.place: line.fen for line in entry.lines.all()} == ordered
    assert entry.fen == sum(ordered.values()) > 0
    assert sum(balances().values()) == 0
    assert list(faults()) == []


def test_a_section_without_a_county_keeps_everything_from_being_posted(run_at, poster, monkeypatch):
    run = run_at("approved", rule="compensation.section_deduction", periods=["2021-06"])
    (entry,) = poster(run)
    assert entry.year == 2021
    from tongchou.web.money import resolving

    monkeypatch.setattr(resolving, "_party", lambda code, region: None)
    with pytest.raises(ProblemsError) as caught:
        poster(run_at("approved", rule="fiscal.equalisation"))
    assert set(codes(caught)) == {"W443"}


def test_money_closes_to_the_pool(run_at, poster):
    run = run_at("approved")
    (entry,) = poster(run)
    pool = run.record.data["parameters"]["pool"]["2021"]["value"] * 1_000_000
    claims = sum(run.record.data["steps"]["claim"]["values"]) * 1_000_000
    assert entry.fen == round(min(pool, claims))


def test_only_approved_runs_of_rules_that_pay(run_at, poster):
    for run, code in ((run_at("reviewed"), "W441"), (run_at("approved", rule="fiscal.coverage"), "W440")):
        with pytest.raises(ProblemsError) as caught:
            poster(run)
        assert codes(caught) == [code]
    assert not Entry.objects.exists()


def test_made_up_money_needs_a_stated_reason_and_is_marked(run_at, poster):
    run = run_at("approved", settings={"coverage": 0.9})
    with pytest.raises(ProblemsError) as caught:
        poster(run, "  ")
    assert codes(caught) == ["W442"]
    (entry,) = poster(run)
    assert (entry.is_illustrative, entry.acknowledgement) == (True, WHY)


def test_posting_twice_posts_once(run_at, poster):
    run = run_at("approved")
    assert poster(run) == poster(run)
    assert Entry.objects.count() == 1
    assert Event.objects.filter(kind="money.posted").count() == 1


def test_another_run_of_the_same_period_is_refused(run_at, poster):
    poster(run_at("approved"))
    with pytest.raises(ProblemsError) as caught:
        poster(run_at("approved", settings={"coverage": 0.9}))
    assert codes(caught) == ["W444"]


def test_a_later_run_posts_the_difference(run_at, poster):
    first = run_at("approved")
    (before,) = poster(first)
    second = run_at("approved", settings={"pool": 20000.0}, supersedes=first)
    (entry,) = poster(second)
    assert (entry.kind, entry.corrects) == (Kind.SUPPLEMENT, before)
    net: dict[str, int] = {}
    city = Account.objects.get(organisation="municipal-government")
    for line in Line.objects.all():
        net[line.place] = net.get(line.place, 0) + (line.fen if line.payer == city else -line.fen)
    assert {k: v for k, v in net.items() if v} == {m.place: m.fen for m in movements(second.record.data)}
    assert list(faults()) == []
    third = run_at("approved", settings={"pool": 20000.0}, supersedes=second)
    (nothing,) = poster(third)
    assert (nothing.fen, nothing.lines.count()) == (0, 0)
    assert list(faults()) == []


def test_reversal_is_a_contra_entry_with_a_reason(run_at, poster, undo):
    (entry,) = poster(run_at("approved"))
    with pytest.raises(ProblemsError) as caught:
        undo(entry, " ")
    assert codes(caught) == ["W447"]
    contra = undo(entry)
    assert set(balances().values()) == {0}
    assert Entry.objects.count() == 2
    for one in (entry, contra):
        with pytest.raises(ProblemsError) as caught:
            undo(one)
        assert codes(caught) == ["W445"]
    assert list(faults()) == []
    (again,) = poster(entry.run)
    assert again.kind == Kind.PAYMENT


def test_the_latest_supplement_is_reversed_first(run_at, poster, undo):
    first = run_at("approved")
    (before,) = poster(first)
    (after,) = poster(run_at("approved", settings={"pool": 20000.0}, supersedes=first))
    with pytest.raises(ProblemsError) as caught:
        undo(before)
    assert codes(caught) == ["W446"]
    undo(after)
    undo(before)
    assert set(balances().values()) == {0}


def test_a_tampered_ledger_is_found(run_at, poster, undo):
    (entry,) = poster(run_at("approved"))
    line = entry.lines.first()
    Line.objects.filter(pk=line.pk).update(fen=line.fen + 1)
    assert sorted(p.code for p in faults()) == ["W450", "W451"]
    Entry.objects.filter(pk=entry.pk).update(fen=entry.fen + 1)
    assert [p.code for p in faults()] == ["W451"]
    contra = undo(entry)
    Line.objects.filter(entry=contra, number=1).update(fen=1)
    assert "W452" in [p.code for p in faults()]


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Line, {"fen": 0}),
        (Line, {"fen": -5}),
        (Line, {"payer": "payee"}),
        (Entry, {"kind": "odd"}),
        (Entry, {"kind": "reversal"}),
        (Entry, {"kind": "supplement"}),
        (Entry, {"acknowledgement": ""}),
        (Entry, {"fen": -1}),
        (Account, {"organisation": None, "fund": None}),
        (Account, {"fund": "x"}),
    ],
)
def test_the_database_refuses_impossible_rows(run_at, poster, model, wrong):
    poster(run_at("approved"))
    one = model.objects.first()
    changed = {k: one.payee if v == "payee" else v for k, v in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=one.pk).update(**changed)


def test_the_database_refuses_to_post_twice(run_at, poster):
    (entry,) = poster(run_at("approved"))
    entry.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)
    entry.run = run_at("approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_any_sequence_of_posting_and_reversing_keeps_the_balance(run_at, poster, undo):
    first = run_at("approved")
    runs = [first, run_at("approved", settings={"pool": 20000.0}, supersedes=first)]
    runs.append(run_at("approved", settings={"coverage": 0.2}, supersedes=runs[1]))
    runs.append(run_at("approved", rule="compensation.netting"))

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.integers(0, 7), min_size=1, max_size=10))
    def check(steps):
        with transaction.atomic():
            for step in steps:
                try:
                    if step < len(runs):
                        poster(runs[step])
                    elif held := list(Entry.objects.order_by("pk")):
                        undo(held[(step * 7) % len(held)])
                except ProblemsError:
                    continue
            assert sum(balances().values()) == 0
            assert list(faults()) == []
            transaction.set_rollback(True)

    check()
