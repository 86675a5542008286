"""Pages of registers: what they show, to whom, in how few questions to the database."""

from __future__ import annotations

from html import unescape

import pytest
from django.conf import settings
from django.core.cache import cache
from tests.web.registers.conftest import HOUSEHOLD

from tongchou.web.people.roles import Role
from tongchou.web.registers.looking_up import registers

MOST = 15


@pytest.fixture
def reader(seeded, area, household, visitor):
    return visitor


@pytest.mark.parametrize("id_", list(registers()))
def test_every_register_has_its_pages_in_both_languages(reader, language, id_):
    declared = registers()[id_].declared
    pages = [f"/registers/{id_}/", f"/registers/{id_}/board"]
    if declared.stages is not None:
        pages.append(f"/registers/{id_}/timeline")
    for address in pages:
        response = reader.get(address)
        assert response.status_code == 200
        assert declared.title.text().in_(language) in unescape(response.content.decode())


@pytest.mark.parametrize("address", ["/registers/", "/projects/", "/registers/infrastructure.projects/?kind=metro"])
def test_few_questions_to_the_database(reader, django_assert_max_num_queries, address):
    for _ in range(2):  # with figures to be computed, and with those kept
        with django_assert_max_num_queries(MOST):
            assert reader.get(address).status_code == 200


@pytest.mark.parametrize(
    "tail", ["", "board", "?place=140181&strand=relocation", "rows/{pk}/", "rows/{pk}/edit", "add"]
)
def test_few_questions_about_a_register_with_places_and_years(reader, area, django_assert_max_num_queries, tail):
    cache.clear()
    with django_assert_max_num_queries(MOST):
        assert reader.get(f"/registers/territory.subsidence/{tail.format(pk=area.pk)}").status_code == 200


def test_the_metro_kept_its_date(reader, language):
    html = reader.get("/projects/").content.decode()
    assert "太原地铁2号线一期" in html
    assert ("如期兑现" if language == "zh" else "kept its date") in html
    assert ("提前 5 天" if language == "zh" else "5 days early") in html


def test_filters_by_state_place_choice_party_and_words(seeded, as_, person):
    client = as_(person(Role.COORDINATOR, "development-reform"))

    def found(query: str) -> set[str]:
        page = client.get(f"/registers/infrastructure.projects/?{query}").context["page"]
        return {row.key for row in page.object_list}

    assert found("kind=metro") == {"metro-1", "metro-2"}
    assert found("kind=metro&places=140105&state=opened") == {"metro-1", "metro-2"}
    assert found("places=140107") == {"metro-2"}
    assert found("words=2号线") == {"metro-2"}
    assert found("words=2号线+汽车") == set()
    assert found("state=nothing") == set()


def test_pages_of_many_rows(add, as_, person):
    for number in range(55):
        given = {"code": f"w-{number:03}", "name": f"工程{number:03}", "kind": "road"}
        add("infrastructure.projects", given, "transport")
    client = as_(person(Role.OFFICER, "transport"))
    assert len(client.get("/registers/infrastructure.projects/").context["rows"]) == 50
    second = client.get("/registers/infrastructure.projects/?kind=road&page=2")
    assert len(second.context["rows"]) == 5
    assert "?kind=road&amp;page=1" in second.content.decode()


def test_counts_by_state_and_county_with_the_silent_ones(area, as_, person):
    html = as_(person(Role.COORDINATOR, "development-reform")).get("/registers/territory.subsidence/")
    places = {one.place: one.total for one in html.context["places"]}
    assert places == {"140109": 0, "140110": 0, "140121": 0, "140122": 0, "140123": 0, "140181": 1}
    assert "未登记" in html.content.decode()
    assert '<path class="area"' in html.content.decode()


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv"])
def test_lists_boards_and_rows_as_files(seeded, household, as_, person, suffix):
    client = as_(person(Role.OFFICER, "county-140123"))
    for address in (
        f"/registers/infrastructure.projects/rows.{suffix}",
        f"/registers/infrastructure.projects/board.{suffix}",
        f"/registers/services.four_not_removed/rows/{household.pk}/row.{suffix}",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert response.content
    assert client.get("/registers/infrastructure.projects/rows.exe").status_code == 404


def test_personal_data_never_leave_the_owner(household, as_, person, stranger):
    own = as_(person(Role.OFFICER, "county-140123"))
    city = as_(person(Role.COORDINATOR, "development-reform"))
    row = f"/registers/services.four_not_removed/rows/{household.pk}/"
    assert HOUSEHOLD["head"] in own.get(row).content.decode()
    seen = city.get(row).content.decode()
    assert "甲村" in seen
    for client, addresses in (
        (city, [row, f"{row}row.csv", f"{row}edit", "/registers/services.four_not_removed/"]),
        (own, ["/registers/services.four_not_removed/rows.csv", f"{row}row.csv"]),
    ):
        for address in addresses:
            text = client.get(address).content.decode()
            assert HOUSEHOLD["head"] not in text, address
            assert HOUSEHOLD["phone"] not in text, address
    assert stranger.get(row).status_code == 404
    assert as_(person(Role.OFFICER, "county-140121")).get(row).status_code == 404


def test_others_see_a_row_once_it_left_its_first_state(area, as_, person, stranger, now):
    row = f"/registers/territory.subsidence/rows/{area.pk}/"
    other, own = as_(person(Role.OFFICER, "county-140121")), as_(person(Role.OFFICER, "county-140181"))
    assert [c.get(row).status_code for c in (stranger, other, own)] == [404, 404, 200]
    area.is_published = True
    area.save()
    assert [c.get(row).status_code for c in (stranger, other, own)] == [200, 200, 200]


def test_an_unknown_register_or_row_is_not_there(as_, person):
    client = as_(person(Role.COORDINATOR, "development-reform"))
    for address in ("nothing.here/", "infrastructure.projects/rows/99/", "duties.mechanisms/timeline"):
        assert client.get(f"/registers/{address}").status_code == 404


def test_a_register_without_rows_says_what_to_do(organisations, as_, person):
    html = as_(person(Role.OFFICER, "transport")).get("/registers/infrastructure.projects/").content.decode()
    assert "登记第一条" in html
    assert "下载Excel成批填报" in html


def test_search_and_todo(area, household, person):
    from datetime import date

    from tongchou.web.registers.search import search
    from tongchou.web.registers.todo import todo

    county = person(Role.OFFICER, "county-140181")
    assert [h.title.zh for h in search(county, "嘉乐泉", 5)] == ["嘉乐泉片"]
    assert search(county, "王某某", 5) == []
    assert search(person(Role.OFFICER, "county-140121"), "嘉乐泉", 5) == []
    (asked,) = todo(county, date(2026, 11, 27))
    assert (asked.count, asked.address) == (1, "/registers/territory.subsidence/")
    assert settings.REGION == "taiyuan"
