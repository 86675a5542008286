"""A figure from request to approved; what is held is not asked again; who may do what; nothing typed is lost."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from tongchou.kernel.problems import ProblemsError
from tongchou.web.collection.answering import accept_answer, review_answer, save_entries, send_back, submit_answer
from tongchou.web.collection.asking import Draft
from tongchou.web.collection.burden import cap, shares
from tongchou.web.collection.cells import Written, sheet_of
from tongchou.web.collection.designing import close_round, design_round, drop_round, open_round, rule
from tongchou.web.collection.models import Answer, Entry, Round, Ruling
from tongchou.web.events.models import Event
from tongchou.web.figures.keeping import Proposed, keep_figures
from tongchou.web.figures.models import FigureRecord
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import region_as_of
from tongchou.web.people.roles import Role

ON = date(2026, 11, 27)
LOUFAN, QINGXU = "140123", "140121"
GDP, FARM = "gdp.total", "gdp.primary"
PERIOD = "2031"


def draft(**changes) -> Draft:
    held = {
        "title": "2031年主要经济指标",
        "clause": "1.2.2",
        "used_by": "差距指数",
        "basis": "统计报表制度",
        "frequency": "yearly",
        "minutes": 3.0,
        "due": date(2026, 12, 20),
        "indicators": (GDP,),
        "places": {LOUFAN: "county-140123", QINGXU: "county-140121"},
        "periods": (PERIOD,),
    }
    return Draft(**held | changes)


@pytest.fixture
def asker(person):
    return person(Role.COORDINATOR, "development-reform")


@pytest.fixture
def designed(asker, organisations, now) -> Round:
    body = organisations["development-reform"]
    return design_round(draft=draft(), organisation=body, by=asker, now=now, on=ON)


@pytest.fixture
def opened(designed, asker, now) -> Round:
    return open_round(round_=designed, reason="", by=asker, now=now, on=ON)


@pytest.fixture
def answer(opened) -> Answer:
    return opened.answers.get(place=LOUFAN)


def written(text="31.5", version=0, **changes) -> Written:
    held = {"typed": text, "not_applicable": False, "source": "年报", "note": "", "explanation": "", "version": version}
    return Written(GDP, PERIOD, **held | changes)


def codes_of(caught) -> list[str]:
    return [p.code for p in caught.value.problems]


# Design


def test_a_design_says_why_or_is_refused(asker, organisations, now):
    empty = Draft("", "", "", "", "", None, None, (), {}, ())
    with pytest.raises(ProblemsError) as caught:
        design_round(draft=empty, organisation=organisations["finance"], by=asker, now=now, on=ON)
    wheres = [p.where for p in caught.value.problems]
    assert wheres == [
        "title",
        "clause",
        "used_by",
        "basis",
        "frequency",
        "minutes",
        "due",
        "indicators",
        "places",
        "periods",
    ]


def test_a_value_held_already_is_refused_with_the_value_and_its_source(asker, organisations, now):
    held = next(f for f in region_named("taiyuan").of_indicator(GDP) if f.place == LOUFAN)
    source = region_named("taiyuan").sources[held.source].title
    with pytest.raises(ProblemsError) as caught:
        design_round(
            draft=draft(periods=(held.period.code, PERIOD), base=held.base),
            organisation=organisations["finance"],
            by=asker,
            now=now,
            on=ON,
        )
    assert set(codes_of(caught)) == {"W220"}
    assert source in caught.value.problems[0].message.zh
    assert not Round.objects.exists()


def test_what_is_missing_may_be_asked_without_what_is_held(asker, organisations, now):
    held = next(f for f in region_named("taiyuan").of_indicator(GDP) if f.place == LOUFAN)
    left = frozenset(
        f"{GDP}|{f.place}|{f.period.code}"
        for f in region_named("taiyuan").of_indicator(GDP)
        if f.period == held.period and f.base == held.base
    )
    design = draft(periods=(held.period.code, PERIOD), base=held.base, left_out=left)
    made = design_round(draft=design, organisation=organisations["finance"], by=asker, now=now, on=ON)
    mine = [code for code in left if code.split("|")[1] in (LOUFAN, QINGXU)]
    assert sum(a.cells for a in made.answers.all()) == 4 - len(mine)


def test_a_cell_asked_in_another_open_round_is_refused(opened, asker, organisations, now):
    again = draft(title="又一次", places={LOUFAN: "county-140123"})
    with pytest.raises(ProblemsError) as caught:
        design_round(draft=again, organisation=organisations["finance"], by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W221"]
    assert opened.title in caught.value.problems[0].message.zh
    close_round(round_=opened, by=asker, now=now)
    design_round(draft=again, organisation=organisations["finance"], by=asker, now=now, on=ON)


def test_an_indicator_ruled_to_be_the_same_counts_as_held(opened, answer, asker, organisations, now):
    other = draft(title="另一个名字", indicators=(FARM,), places={LOUFAN: "county-140123"})
    assert FARM in region_named("taiyuan").indicators
    rule(first=GDP, second=FARM, verdict="same", reason="测试", by=asker, now=now)
    with pytest.raises(ProblemsError) as caught:
        design_round(draft=other, organisation=organisations["finance"], by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W221"]
    rule(first=FARM, second=GDP, verdict="different", reason="第一产业只是一部分", by=asker, now=now)
    design_round(draft=other, organisation=organisations["finance"], by=asker, now=now, on=ON)
    assert Ruling.objects.get().verdict == "different"
    assert Event.objects.filter(kind="collection.definitions_ruled").count() == 2


def test_a_design_is_checked_again_when_it_is_opened(designed, asker, organisations, now):
    other = design_round(draft=draft(title="先开的"), organisation=organisations["finance"], by=asker, now=now, on=ON)
    open_round(round_=other, reason="", by=asker, now=now, on=ON)
    with pytest.raises(ProblemsError) as caught:
        open_round(round_=designed, reason="", by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W221", "W221"]


def test_over_the_cap_a_round_needs_a_reason(asker, organisations, now):
    heavy = draft(minutes=cap(ON).city_minutes)
    made = design_round(draft=heavy, organisation=organisations["finance"], by=asker, now=now, on=ON)
    with pytest.raises(ProblemsError) as caught:
        open_round(round_=made, reason=" ", by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W226"]
    assert open_round(round_=made, reason="人口普查年", by=asker, now=now, on=ON).over_cap_reason == "人口普查年"


def test_a_design_can_be_given_up_and_only_a_design(designed, asker, now):
    drop_round(round_=designed, by=asker, now=now)
    with pytest.raises(ProblemsError) as caught:
        open_round(round_=designed, reason="", by=asker, now=now, on=ON)
    assert codes_of(caught) == ["W227"]


def test_burden_is_minutes_by_unit_and_month(opened):
    found = shares(2026)
    assert [(s.organisation, s.cells, s.minutes, s.month) for s in found] == [
        ("county-140121", 1, 3.0, date(2026, 12, 1)),
        ("county-140123", 1, 3.0, date(2026, 12, 1)),
    ]
    assert shares(2026, frozenset({"county-140123"})) == [s for s in found if s.organisation == "county-140123"]
    assert shares(2025) == []


# Entry


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


# Pages

FORM = {
    "verb": "save",
    f"value:{GDP}|{PERIOD}": "31.5",
    f"version:{GDP}|{PERIOD}": "0",
    f"explanation:{GDP}|{PERIOD}": "核对过",
    "source_for_all": "年报",
}


def page(answer) -> str:
    return f"/collection/answers/{answer.pk}/"


def test_the_pages_of_collection_as_stranger_wrong_unit_and_right_unit(opened, answer, person, as_, stranger):
    wrong, right = as_(person(Role.OFFICER, "county-140121")), as_(person(Role.OFFICER, "county-140123"))
    for address in (page(answer), f"{page(answer)}template", f"{page(answer)}import"):
        assert stranger.get(address).status_code == 302
        assert wrong.get(address).status_code == 403
        assert right.get(address).status_code == 200
    assert wrong.post(page(answer), FORM).status_code == 403
    assert stranger.post(page(answer), FORM).status_code == 302
    assert not Entry.objects.exists()


def test_what_needs_the_city_is_refused_to_units(designed, opened, person, as_):
    officer = as_(person(Role.OFFICER, "county-140123"))
    assert officer.get("/collection/rounds/new/").status_code == 403
    assert officer.get("/figures-import/").status_code == 403
    assert officer.get("/figures-new/").status_code == 403
    assert officer.post(f"/collection/rounds/{opened.pk}/", {"verb": "close"}).status_code == 403
    pair = {"first": GDP, "second": FARM, "verdict": "same", "reason": "x"}
    assert officer.post("/collection/definitions/", pair).status_code == 403


def test_a_unit_does_not_see_designs_and_rounds_of_others(designed, person, as_, asker):
    officer = as_(person(Role.OFFICER, "county-140123"))
    address = f"/collection/rounds/{designed.pk}/"
    assert officer.get(address).status_code == 404
    assert officer.get(page(designed.answers.first())).status_code == 403
    assert designed.title not in officer.get("/collection/rounds/").content.decode()
    assert as_(asker).get(address).status_code == 200


def test_the_way_of_an_answer_through_its_pages(opened, answer, asker, person, as_):
    officer, reviewer = as_(person(Role.OFFICER, "county-140123")), as_(person(Role.REVIEWER, "county-140123"))
    assert "2031年主要经济指标" in officer.get("/collection/").content.decode()
    assert officer.post(page(answer), FORM | {"verb": "submit"}).status_code == 302
    assert officer.post(page(answer), {"verb": "review"}).status_code == 403
    assert page(answer) in reviewer.get("/collection/review/").content.decode()
    assert reviewer.post(page(answer), {"verb": "accept"}).status_code == 403
    assert reviewer.post(page(answer), {"verb": "review"}).status_code == 302
    city = as_(asker)
    assert city.post(page(answer), {"verb": "accept"}).status_code == 302
    assert "已验收" in officer.get(page(answer)).content.decode()
    assert region_as_of("taiyuan").figure(LOUFAN, GDP, PERIOD).value == 31.5


def test_a_reviewer_sends_back_with_a_reason(opened, answer, person, as_):
    officer, reviewer = as_(person(Role.OFFICER, "county-140123")), as_(person(Role.REVIEWER, "county-140123"))
    officer.post(page(answer), FORM | {"verb": "submit"})
    assert reviewer.post(page(answer), {"verb": "return", "reason": ""}).status_code == 422
    assert reviewer.post(page(answer), {"verb": "return", "reason": "来源不清"}).status_code == 302
    assert "来源不清" in officer.get(page(answer)).content.decode()


def test_nothing_typed_is_lost(opened, answer, person, as_):
    officer = as_(person(Role.OFFICER, "county-140123"))
    response = officer.post(
        page(answer), FORM | {f"value:{GDP}|{PERIOD}": "约三十", f"note:{GDP}|{PERIOD}": "我的备注"}
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="约三十"' in html
    assert "我的备注" in html
    assert "“约三十”不是数" in html
    assert 'value="约三十"' in officer.get(page(answer)).content.decode()


def test_two_editors_on_the_page(opened, answer, person, as_):
    first, second = as_(person(Role.OFFICER, "county-140123")), as_(person(Role.OFFICER, "county-140123"))
    name = f"{GDP}|{PERIOD}"
    first.post(page(answer), FORM)
    response = second.post(page(answer), FORM | {f"value:{name}": "99"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "31.5" in html
    assert 'value="99"' in html
    assert f'name="version:{name}" value="1"' in html
    assert second.post(page(answer), FORM | {f"value:{name}": "99", f"version:{name}": "1"}).status_code == 302
    assert Entry.objects.get().typed == "99"


def test_a_cell_left_as_it_was_shown_is_no_conflict(opened, answer, person, as_):
    first, second = as_(person(Role.OFFICER, "county-140123")), as_(person(Role.OFFICER, "county-140123"))
    name = f"{GDP}|{PERIOD}"
    shown = second.get(page(answer)).context["rows"][0]
    first.post(page(answer), FORM)
    untouched = {"verb": "save", f"value:{name}": "", f"version:{name}": "0", f"seen:{name}": shown.seen}
    assert second.post(page(answer), untouched).status_code == 302
    assert Entry.objects.get().typed == "31.5"
    assert second.post(page(answer), untouched | {f"value:{name}": "5"}).status_code == 422


def test_the_template_goes_out_and_comes_back(opened, answer, person, as_):
    officer = as_(person(Role.OFFICER, "county-140123"))
    data = officer.get(f"{page(answer)}template").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["填报"]["G4"], book["填报"]["I4"] = 31.5, "年报"
    book["填报"].title = "最终版"
    out = io.BytesIO()
    book.save(out)
    tried = officer.post(f"{page(answer)}import", {"file": file(out.getvalue(), "娄烦.xlsx")})
    assert tried.status_code == 200
    assert not Entry.objects.exists(), "a trial keeps nothing"
    stored = tried.context["stored"].pk
    assert officer.post(f"{page(answer)}import", {"stored": stored, "confirm": "1"}).status_code == 302
    assert Entry.objects.get().value == 31.5
    again = officer.post(f"{page(answer)}import", {"file": file(out.getvalue(), "娄烦.xlsx")})
    assert (len(again.context["trial"].every), again.context["trial"].same) == (0, 1)


def test_a_wrong_table_comes_back_red(opened, answer, person, as_):
    officer = as_(person(Role.OFFICER, "county-140123"))
    data = "指标,本年,来源\n地区生产总值,约三十,年报\n".encode("gbk")
    tried = officer.post(f"{page(answer)}import", {"file": file(data, "来表.csv")})
    assert tried.status_code == 422
    stored = tried.context["stored"].pk
    kept = officer.post(f"{page(answer)}import", {"stored": stored, "confirm": "1"})
    assert kept.status_code == 422
    assert not Entry.objects.exists()
    back = officer.get(f"{page(answer)}returned/{stored}")
    book = openpyxl.load_workbook(io.BytesIO(back.content))
    assert book["来表.csv"]["B2"].comment is not None
    other = as_(person(Role.OFFICER, "county-140121"))
    assert other.get(f"{page(answer)}returned/{stored}").status_code == 403


def file(data: bytes, name: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data)


DESIGN = {
    "verb": "design",
    "title": "年度产值",
    "clause": "1.2.2",
    "used_by": "差距指数",
    "basis": "统计报表制度",
    "frequency": "yearly",
    "minutes": "2.5",
    "due": str(date.today() + timedelta(days=30)),
    "indicators": [GDP],
    "places": [LOUFAN, QINGXU],
    "periods": "2031",
    "answers_by": "counties",
}


def test_a_round_is_designed_opened_and_closed_on_pages(asker, as_):
    client = as_(asker)
    made = client.post("/collection/rounds/new/", DESIGN)
    assert made.status_code == 302
    held = Round.objects.get()
    assert {a.organisation_id for a in held.answers.all()} == {"county-140121", "county-140123"}
    assert client.post(made.headers["Location"], {"verb": "open"}).status_code == 302
    assert client.post(made.headers["Location"], {"verb": "open"}).status_code == 422
    assert client.post(made.headers["Location"], {"verb": "close"}).status_code == 302
    held.refresh_from_db()
    assert held.state == "closed"


def test_the_design_page_offers_what_is_held_and_asks_for_the_rest(asker, as_):
    client = as_(asker)
    held = next(f for f in region_named("taiyuan").of_indicator(GDP) if f.place == LOUFAN and not f.base)
    posted = DESIGN | {"periods": f"{held.period.code}，2031", "places": [LOUFAN]}
    refused = client.post("/collection/rounds/new/", posted)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert region_named("taiyuan").sources[held.source].title in html
    assert 'value="年度产值"' in html
    assert client.post("/collection/rounds/new/", posted | {"verb": "without-held"}).status_code == 302
    assert Round.objects.get().left_out == [f"{GDP}|{LOUFAN}|{held.period.code}"]


def test_definitions_are_ruled_on_with_a_reason(asker, as_):
    client = as_(asker)
    pair = {"first": GDP, "second": FARM, "verdict": "different", "reason": ""}
    assert client.get("/collection/definitions/").status_code == 200
    assert client.post("/collection/definitions/", pair).status_code == 422
    assert client.post("/collection/definitions/", pair | {"reason": "不是一回事"}).status_code == 302
    assert client.post("/collection/definitions/", pair | {"second": "none"}).status_code == 404


def test_an_indicator_is_added_with_its_definition(asker, as_, organisations):
    client = as_(asker)
    form = {
        "id": "digital.broadband",
        "title_zh": "宽带用户",
        "title_en": "Broadband subscribers",
        "unit": "户",
        "definition_zh": "年末固定宽带接入用户",
        "definition_en": "Fixed broadband subscriptions at year end",
        "theme": "economy",
    }
    wrong = client.post("/figures-new/", form | {"unit": "蒲式耳", "id": "A B"})
    assert wrong.status_code == 422
    assert 'value="宽带用户"' in wrong.content.decode()
    assert client.post("/figures-new/", form).status_code == 302
    assert client.post("/figures-new/", form).status_code == 422
    assert client.get("/figures/digital.broadband/").status_code == 200
    assert region_as_of("taiyuan").indicators["digital.broadband"].unit == "户"


def test_figures_are_imported_once(asker, as_):
    client = as_(asker)
    data = "地方,指标,时期,数值,单位,来源\n娄烦县,地区生产总值,2031年,315000,万元,年报\n".encode("gbk")
    tried = client.post("/figures-import/", {"file": file(data, "来表.csv")})
    assert tried.status_code == 200
    assert not FigureRecord.objects.exists()
    confirm = {"stored": tried.context["stored"].pk, "confirm": "1"}
    assert client.post("/figures-import/", confirm).context["kept"].new == 1
    assert region_as_of("taiyuan").figure(LOUFAN, GDP, PERIOD).value == 31.5
    assert client.post("/figures-import/", confirm).context["kept"].same == 1
    assert FigureRecord.objects.count() == 1


def test_a_table_of_figures_without_sources_is_refused(asker, as_):
    client = as_(asker)
    data = "地方,指标,时期,数值,状态\n娄烦县,地区生产总值,2031年,31,官宣\n".encode()
    tried = client.post("/figures-import/", {"file": file(data, "来表.csv")})
    assert tried.status_code == 422
    assert {f.problem.code for f in tried.context["faults"]} == {"W205", "W206"}
    back = client.get(f"/figures-import/{tried.context['stored'].pk}")
    assert openpyxl.load_workbook(io.BytesIO(back.content)).sheetnames[0] == "需要更正"


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv"])
def test_lists_are_exported(opened, asker, as_, suffix):
    client = as_(asker)
    for address in ("/collection/export", "/collection/rounds/export", "/collection/burden/export"):
        assert client.get(f"{address}.{suffix}").status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.REVIEWER, Role.COORDINATOR, Role.LEADER])
def test_pages_take_few_queries_in_both_languages(opened, answer, person, as_, role, django_assert_max_num_queries):
    client = as_(person(role, "county-140123" if role in (Role.OFFICER, Role.REVIEWER) else "development-reform"))
    places = ("/collection/", "/collection/rounds/", f"/collection/rounds/{opened.pk}/", page(answer))
    for address in (*places, "/collection/review/", "/collection/burden/?year=2026", "/collection/definitions/"):
        for language in ("zh", "en"):
            with django_assert_max_num_queries(15):
                assert client.get(address, {"language": language}).status_code == 200
