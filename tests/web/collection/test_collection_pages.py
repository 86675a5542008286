"""The pages of collection: who may do what, and nothing typed is lost."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
from tests.web.collection.rounds import FARM, GDP, LOUFAN, PERIOD, QINGXU, file

from tongchou.web.collection.models import Entry, Round
from tongchou.web.figures.models import FigureRecord
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import region_as_of
from tongchou.web.people.roles import Role

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
