"""Several rows of a list moved at once: all or none, each with the version its page showed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.registers.conftest import AREA

from tongchou.web.events.models import Event
from tongchou.web.people.roles import Role
from tongchou.web.registers.models import Row

LIST = "/registers/territory.subsidence/"


@pytest.fixture
def areas(add):
    return [
        add("territory.subsidence", {**AREA, "code": f"GJ0{n}", "name": f"第{n}片"}, "county-140181") for n in range(3)
    ]


@pytest.fixture
def county(as_, person):
    return as_(person(Role.OFFICER, "county-140181"))


def chosen(rows):
    return [f"{row.pk}:{row.version}" for row in rows]


def plan():
    return SimpleUploadedFile("方案.pdf", b"%PDF-1.4 plan", "application/pdf")


def test_ticked_rows_move_together_and_the_others_stay(areas, county):
    page = county.get(LIST).content.decode()
    assert page.count('name="chosen"') == 3
    asked = {"move": "plan", "chosen": chosen(areas[:2]), "file": plan(), "asked": "state=surveyed"}
    response = county.post(f"{LIST}move", asked)
    assert response.status_code == 302, response.content.decode()[:3000]
    assert response.url == f"{LIST}?state=surveyed&moved=2"
    assert [row.state for row in Row.objects.order_by("key")] == ["planned", "planned", "surveyed"]
    assert Event.objects.filter(kind="registers.row_moved").count() == 2
    assert "已办理 2 条" in county.get(response.url).content.decode()


def test_one_that_cannot_keeps_all_from_moving_and_is_named(areas, county):
    county.post(f"{LIST}rows/{areas[1].pk}/move", {"move": "plan", "version": areas[1].version, "file": plan()})
    response = county.post(f"{LIST}move", {"move": "plan", "chosen": chosen(areas), "file": plan(), "reason": "按计划"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "D060" in html and "第1片" in html
    assert "按计划" in html and html.count(" checked") == 3  # what was typed and ticked is not lost
    assert [row.state for row in Row.objects.order_by("key")] == ["surveyed", "planned", "surveyed"]


@pytest.mark.parametrize("bad", [[], ["x"], ["9" * 40 + ":1"], ["0:0"]])
def test_nothing_ticked_says_what_to_do(areas, county, bad):
    response = county.post(f"{LIST}move", {"move": "plan", "chosen": bad})
    assert response.status_code == 422
    assert "D070" in response.content.decode()


def test_an_unknown_move_is_refused_at_each_row(areas, county):
    response = county.post(f"{LIST}move", {"move": "fly", "chosen": chosen(areas)})
    assert response.status_code == 422
    assert all(row.name in response.content.decode() for row in areas)


def test_who_may_not_move_is_shown_no_boxes_and_refused(areas, as_, person, stranger):
    other = as_(person(Role.OFFICER, "county-140122"))
    assert 'name="chosen"' not in other.get(LIST).content.decode()
    assert other.post(f"{LIST}move", {"move": "plan", "chosen": chosen(areas), "file": plan()}).status_code == 422
    assert stranger.post(f"{LIST}move", {"move": "plan", "chosen": chosen(areas)}).status_code in (302, 403)
    assert {row.state for row in Row.objects.all()} == {"surveyed"}


def test_many_rows_cost_no_more_questions(add, county, django_assert_max_num_queries):
    for n in range(40):
        add("territory.subsidence", {**AREA, "code": f"G{n:02}", "name": f"片{n}"}, "county-140181")
    with django_assert_max_num_queries(15):
        county.get(LIST)
