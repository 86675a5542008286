"""A figure from request to approved: drafts, submission, review, acceptance, reopening."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.web.collection.rounds import GDP, LOUFAN, ON, PERIOD, codes_of, draft, written

from tongchou.kernel.problems import ProblemsError
from tongchou.web.collection.answering import accept_answer, review_answer, save_entries, send_back, submit_answer
from tongchou.web.collection.cells import Written, sheet_of
from tongchou.web.collection.designing import design_round, open_round
from tongchou.web.collection.models import Answer, Entry, Round
from tongchou.web.events.models import Event
from tongchou.web.figures.keeping import Proposed, keep_figures
from tongchou.web.figures.models import FigureRecord
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import region_as_of
from tongchou.web.people.roles import Role


def test_a_draft_keeps_what_is_no_number(answer, person, now):
    officer = person(Role.OFFICER, "county-140123")
    saved = save_entries(answer=answer, written=[written("约三十")], by=officer, now=now)
    assert [p.code for p in saved.problems] == ["W229"]
    entry = Entry.objects.get()
    assert (entry.typed, entry.value) == ("约三十", None)
    assert sheet_of(answer, ON).cells[0].state == "invalid"


def test_the_second_editor_sees_the_firsts_change(answer, person, now):
    first, second = person(Role.OFFICER, "county-140123"), person(Role.HEAD, "county-140123")
    save_entries(answer=answer, written=[written("1")], by=first, now=now)
    save_entries(answer=answer, written=[written("2", version=1)], by=first, now=now)
    with pytest.raises(ProblemsError) as caught:
        save_entries(answer=answer, written=[written("3", version=1)], by=second, now=now)
    (problem,) = caught.value.problems
    assert problem.code == "W228"
    assert "“2”" in problem.message.zh
    assert Entry.objects.get().typed == "2"
    save_entries(answer=answer, written=[written("3", version=2)], by=second, now=now)
    assert Entry.objects.get().typed == "3"


def test_saving_what_stands_there_already_is_no_event(answer, person, now):
    officer = person(Role.OFFICER, "county-140123")
    save_entries(answer=answer, written=[written("1")], by=officer, now=now)
    assert save_entries(answer=answer, written=[written("1", version=0)], by=officer, now=now).changed == 0
    assert Event.objects.filter(kind="collection.entries_saved").count() == 1


def test_empty_zero_and_not_applicable_stay_three_things(answer, person, now):
    officer = person(Role.OFFICER, "county-140123")
    for text, absent, expected in (("0", False, (0.0, False)), ("", True, (None, True)), ("", False, (None, False))):
        entry = Entry.objects.filter(answer=answer).first()
        version = entry.version if entry else 0
        save_entries(answer=answer, written=[written(text, version, not_applicable=absent)], by=officer, now=now)
        entry = Entry.objects.get()
        assert (entry.value, entry.not_applicable) == expected


def test_silence_needs_an_explanation_and_becomes_no_figure(answer, asker, person, now):
    officer, reviewer = person(Role.OFFICER, "county-140123"), person(Role.REVIEWER, "county-140123")
    with pytest.raises(ProblemsError) as caught:
        submit_answer(answer=answer, by=officer, now=now, on=ON)
    assert codes_of(caught) == ["W233"]
    save_entries(answer=answer, written=[written("", explanation="年报未出", source="")], by=officer, now=now)
    submit_answer(answer=answer, by=officer, now=now, on=ON)
    review_answer(answer=answer, by=reviewer, now=now)
    accept_answer(answer=answer, by=asker, now=now)
    assert not FigureRecord.objects.exists()


def test_a_surprise_must_be_explained_before_submitting(answer, person, now):
    officer = person(Role.OFFICER, "county-140123")
    series = [f.value for f in region_named("taiyuan").of("140123", GDP) if f.value and not f.base]
    far = max(series) + 50 * (max(series) - min(series) + 1)
    save_entries(answer=answer, written=[written(f"{far:.2f}")], by=officer, now=now)
    with pytest.raises(ProblemsError) as caught:
        submit_answer(answer=answer, by=officer, now=now, on=ON)
    assert set(codes_of(caught)) == {"W232"}
    save_entries(answer=answer, written=[written(f"{far:.2f}", 1, explanation="新建电厂投产")], by=officer, now=now)
    assert submit_answer(answer=answer, by=officer, now=now, on=ON).state == "submitted"


def test_what_cannot_be_blocks_whatever_is_explained(asker, organisations, person, now):
    people = draft(indicators=("population.resident",), base="ten_units", places={LOUFAN: "county-140123"})
    made = design_round(draft=people, organisation=organisations["finance"], by=asker, now=now, on=ON)
    open_round(round_=made, reason="", by=asker, now=now, on=ON)
    officer, answer = person(Role.OFFICER, "county-140123"), made.answers.get()
    half = Written("population.resident", PERIOD, "90000.5", False, "年报", "", "就是这样", 0)
    save_entries(answer=answer, written=[half], by=officer, now=now)
    with pytest.raises(ProblemsError) as caught:
        submit_answer(answer=answer, by=officer, now=now, on=ON)
    assert codes_of(caught) == ["G080"]


def ready(answer, person, now):
    officer, reviewer = person(Role.OFFICER, "county-140123"), person(Role.REVIEWER, "county-140123")
    save_entries(answer=answer, written=[written("31.5", explanation="核对过")], by=officer, now=now)
    submit_answer(answer=answer, by=officer, now=now, on=ON)
    return officer, reviewer


def test_a_figure_from_request_to_approved(answer, asker, person, now):
    _, reviewer = ready(answer, person, now)
    review_answer(answer=answer, by=reviewer, now=now)
    kept = accept_answer(answer=answer, by=asker, now=now)
    assert kept.new == 1
    figure = region_as_of("taiyuan").figure(LOUFAN, GDP, PERIOD)
    assert (figure.value, figure.status.word, figure.source) == (31.5, "official", "年报")
    held = FigureRecord.objects.get()
    assert (held.entered_by.roles[0].role, held.approved_by) == ("officer", asker)
    kinds = list(Event.objects.filter(kind__startswith="collection.").order_by("number").values_list("kind", flat=True))
    assert kinds == [
        "collection.round_designed",
        "collection.round_opened",
        "collection.entries_saved",
        "collection.answer_submitted",
        "collection.answer_reviewed",
        "collection.answer_accepted",
    ]


def test_nobody_reviews_what_they_submitted(answer, person, now):
    head = person(Role.HEAD, "county-140123")
    save_entries(answer=answer, written=[written("31.5", explanation="核对过")], by=head, now=now)
    submit_answer(answer=answer, by=head, now=now, on=ON)
    with pytest.raises(ProblemsError) as caught:
        review_answer(answer=answer, by=head, now=now)
    assert codes_of(caught) == ["W235"]


def test_an_accepted_answer_is_locked_reopened_with_a_reason_and_corrected_as_a_revision(answer, asker, person, now):
    officer, reviewer = ready(answer, person, now)
    review_answer(answer=answer, by=reviewer, now=now)
    accept_answer(answer=answer, by=asker, now=now)
    with pytest.raises(ProblemsError):
        save_entries(answer=answer, written=[written("32", 1)], by=officer, now=now)
    with pytest.raises(ProblemsError) as caught:
        send_back(answer=answer, reason=" ", by=asker, now=now)
    assert codes_of(caught) == ["W234"]
    send_back(answer=answer, reason="漏报一家", by=asker, now=now)
    save_entries(answer=answer, written=[written("32", 1, explanation="补报")], by=officer, now=now)
    submit_answer(answer=answer, by=officer, now=now, on=ON)
    review_answer(answer=answer, by=reviewer, now=now)
    assert accept_answer(answer=answer, by=asker, now=now).revised == 1
    assert list(FigureRecord.objects.order_by("revision").values_list("value", "state")) == [
        (31.5, "superseded"),
        (32.0, "approved"),
    ]


def test_steps_are_taken_in_order(answer, asker, now):
    for action in (review_answer, accept_answer):
        with pytest.raises(ProblemsError) as caught:
            action(answer=answer, by=asker, now=now)
        assert codes_of(caught) == ["W227"]


@pytest.mark.parametrize(
    "change",
    [
        lambda r, a: Round.objects.filter(pk=r.pk).update(clause=""),
        lambda r, a: Round.objects.filter(pk=r.pk).update(minutes=0),
        lambda r, a: Round.objects.filter(pk=r.pk).update(opened_at=None),
        lambda r, a: Answer.objects.filter(pk=a.pk).update(state="submitted"),
        lambda r, a: Answer.objects.filter(pk=a.pk).update(state="accepted"),
        lambda r, a: Answer.objects.create(round=r, place=a.place, organisation=a.organisation, cells=1),
    ],
)
def test_the_database_refuses_impossible_rows(opened, answer, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change(opened, answer)


def test_units_that_do_not_add_up_to_the_city_are_shown_to_who_accepts(asker, organisations, person, as_, now):
    region = region_named("taiyuan")
    id_ = next(
        i.id
        for i in region.indicators.values()
        if i.total == "sum" and not i.base and {f.place for f in region.of_indicator(i.id)} >= {"140100"}
    )
    unit = region.indicators[id_].unit
    city = Proposed(id_, region.centre, PERIOD, 1000.0, unit, 5, "市统计局")
    rest = [Proposed(id_, p, PERIOD, 100.0, unit, 5, "市统计局") for p in region.county_level() if p != LOUFAN]
    keep_figures(proposed=[city, *rest], by=None, now=now)
    design = draft(indicators=(id_,), places={LOUFAN: "county-140123"})
    made = design_round(draft=design, organisation=organisations["finance"], by=asker, now=now, on=ON)
    open_round(round_=made, reason="", by=asker, now=now, on=ON)
    officer, answer = person(Role.OFFICER, "county-140123"), made.answers.get()
    for typed, version, doubted in (("100", 0, False), ("200", 1, True)):
        entry = Written(id_, PERIOD, typed, False, "年报", "", "", version)
        save_entries(answer=answer, written=[entry], by=officer, now=now)
        html = as_(asker).get(f"/collection/rounds/{made.pk}/").content.decode()
        assert ("与全市数据对不上" in html) == doubted
        assert "与全市数据对不上" not in as_(officer).get(f"/collection/rounds/{made.pk}/").content.decode()
