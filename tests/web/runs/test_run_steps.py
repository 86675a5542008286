"""A run is computed once, moves step by step through other hands, and nothing of it changes on the way."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tongchou.kernel.problems import ProblemsError
from tongchou.rules.run import replay
from tongchou.web.events.record import faults as event_faults
from tongchou.web.events.record import history
from tongchou.web.people.models import Organisation
from tongchou.web.runs import verification
from tongchou.web.runs.actions import compute_again, draft, keep_result, move, retitle
from tongchou.web.runs.computing import computed
from tongchou.web.runs.models import Record, Run
from tongchou.web.runs.steps import State


def codes(caught) -> list[str]:
    return [p.code for p in caught.value.problems]


def test_a_draft_is_computed_and_kept_with_everything_to_compute_it_again(run_at):
    run = run_at("draft")
    assert run.state == State.DRAFT
    assert run.pays
    assert run.record is not None
    data = run.record.data
    assert data["hash"] == run.record_id
    assert replay(data)["hash"] == run.record_id
    assert run.is_illustrative
    assert list(verification.faults()) == []


def test_computing_twice_keeps_one_record(run_at, now):
    run = run_at("draft")
    keep_result(run=run, result=computed(run), by=None, now=now)
    assert Record.objects.count() == 1
    assert history(run).filter(kind="runs.computed").count() == 1
    assert run_at("draft").record_id == run.record_id
    assert Record.objects.count() == 1


def test_from_draft_to_published_each_step_leaves_one_event(run_at):
    run = run_at("published")
    assert [e.kind for e in history(run)] == [
        "runs.published",
        "runs.approved",
        "runs.reviewed",
        "runs.submitted",
        "runs.computed",
        "runs.drafted",
    ]
    assert list(event_faults()) == []


def test_what_cannot_be_computed_stays_a_draft_with_the_reason(run_at, hands, now):
    run = run_at("draft", periods=["1999"])
    assert run.record is None
    from tongchou.web.runs.queries import job_of, moves

    job = job_of(run)
    assert job is not None
    assert job.state == "failed"
    assert job.found
    assert [s.id for s in moves(hands["finance"], run)] == ["withdraw"]
    with pytest.raises(ProblemsError) as caught:
        move(run=run, step="submit", comment="", by=hands["finance"], now=now, seen="draft")
    assert codes(caught) == ["W411"]
    compute_again(run=run, by=hands["finance"], now=now)
    assert job_of(run) != job
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(state="submitted", submitted_by=hands["finance"], submitted_at=now)


def test_nobody_reviews_or_approves_what_they_had_in_hand(run_at, hands, now):
    run = run_at("submitted")
    with pytest.raises(ProblemsError) as caught:
        move(run=run, step="review", comment="", by=hands["finance"], now=now, seen="submitted")
    assert codes(caught) == ["W412"]
    run = move(run=run, step="review", comment="", by=hands["reviewer"], now=now, seen="submitted")
    with pytest.raises(ProblemsError) as caught:
        move(run=run, step="approve", comment="", by=hands["reviewer"], now=now, seen="reviewed")
    assert codes(caught) == ["W412"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reviewed_by": "finance"},
        {"approved_by": "finance"},
        {"approved_by": "reviewer"},
        {"reviewed_by": None},
        {"submitted_at": None},
        {"approved_by": None},
        {"record": None},
        {"state": "odd"},
        {"title": ""},
    ],
)
def test_the_database_refuses_impossible_runs(run_at, hands, wrong):
    run = run_at("approved")
    changed = {k: hands.get(v, v) for k, v in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**changed)


def test_who_sees_an_older_state_is_told(run_at, hands, now):
    run = run_at("submitted")
    move(run=run, step="review", comment="", by=hands["reviewer"], now=now, seen="submitted")
    with pytest.raises(ProblemsError) as caught:
        move(run=run, step="return", comment="再核", by=hands["reviewer"], now=now, seen="submitted")
    assert codes(caught) == ["W410"]
    with pytest.raises(ProblemsError) as caught:
        move(run=run, step="publish", comment="", by=hands["coordinator"], now=now, seen="reviewed")
    assert codes(caught) == ["W410"]


def test_returned_with_a_reason_it_is_a_draft_again(run_at, hands, now):
    run = run_at("reviewed")
    with pytest.raises(ProblemsError) as caught:
        move(run=run, step="return", comment=" ", by=hands["head"], now=now, seen="reviewed")
    assert codes(caught) == ["W413"]
    run = move(run=run, step="return", comment="人口口径不对", by=hands["head"], now=now, seen="reviewed")
    assert (run.state, run.submitted_by, run.reviewed_by) == ("draft", None, None)
    assert history(run)[0].data["comment"] == "人口口径不对"
    run = retitle(run=run, title="新标题", purpose="用途", by=hands["finance"], now=now)
    assert run.title == "新标题"


def test_nothing_of_a_submitted_run_changes(run_at, hands, now):
    run = run_at("submitted")
    with pytest.raises(ProblemsError) as caught:
        retitle(run=run, title="改", purpose="", by=hands["finance"], now=now)
    assert codes(caught) == ["W410"]
    with pytest.raises(ProblemsError):
        compute_again(run=run, by=hands["finance"], now=now)


def test_one_run_supersedes_another_once(run_at, hands, now):
    run = run_at("approved")
    new = run_at("draft", supersedes=run)
    with pytest.raises(ProblemsError) as caught:
        run_at("draft", supersedes=run)
    assert codes(caught) == ["W416"]
    with pytest.raises(IntegrityError), transaction.atomic():
        other = run_at("draft")
        Run.objects.filter(pk=other.pk).update(supersedes=run)
    move(run=new, step="withdraw", comment="误", by=hands["finance"], now=now, seen="draft")
    assert run_at("draft", supersedes=run).supersedes == run


def test_texts_are_checked(hands, now, organisations):
    with pytest.raises(ProblemsError) as caught:
        draft(
            rule="fiscal.equalisation",
            title=" ",
            purpose="长" * 501,
            organisation=Organisation.objects.get(pk="finance"),
            region="taiyuan",
            periods=["2021"],
            base="",
            settings={},
            figures_at=now,
            by=hands["finance"],
            now=now,
        )
    assert [(p.code, p.where) for p in caught.value.problems] == [("W414", "title"), ("W415", "purpose")]


def test_what_if_values_are_kept_and_marked(run_at):
    run = run_at("draft", settings={"coverage": 0.9})
    assert run.is_whatif
    assert run.is_not_real
    used = run.record.data["parameters"]["coverage"]["2021"]
    assert (used["value"], used["assumed"]) == (0.9, True)


def test_an_altered_record_is_found(run_at):
    run = run_at("approved")
    kept = run.record
    Record.objects.filter(pk=kept.pk).update(text=kept.text.replace('"2021"', '"2022"'))
    assert [p.code for p in verification.faults()] == ["W424"]
    Record.objects.filter(pk=kept.pk).update(text="{")
    assert [p.code for p in verification.faults()] == ["W424"]


def test_a_record_that_gives_other_numbers_is_found(run_at, now):
    from tongchou.rules.run import content_hash
    from tongchou.web.runs.computing import text_of

    data = run_at("draft").record.data
    data["steps"]["transfer"]["values"][0] = 12.0
    data["hash"] = content_hash(data)
    kept = Record.objects.create(
        hash=data["hash"], text=text_of(data), rule="x", digest="x", engine=data["engine"], kept_at=now
    )
    assert [p.code for p in verification.check(kept)] == ["W423"]
