"""Reach on pages: coverage, gaps, evenness, next sites; what was asked wrongly is told at its field, never a 500."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from html import unescape

import openpyxl
import pytest
from django.conf import settings
from django.test import Client

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes as network_codes
from tongchou.networks.access.served import services
from tongchou.surfaces.reach.words import SITINGS, SPREADS
from tongchou.web import package_networks
from tongchou.web.reach import held, showing

HEALTH = "network=loufan_health&service=health_beds&within=10"
GREEN = "network=green_space&service=green&measure=metres&within=500"


def forget() -> None:
    held.forget()
    showing.shown.cache_clear()


@pytest.fixture
def fresh() -> Iterator[None]:
    """For tests that change what is held: nothing kept from before, nothing left behind."""
    forget()
    yield
    forget()


def get(address: str, language: str = "zh", **headers: str) -> tuple[int, str]:
    client = Client(headers=headers)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    return response.status_code, response.content.decode()


def words(html: str) -> str:
    """What a person reads of a page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def numbers(html: str) -> list[list[str]]:
    """The rows of the table of coverage."""
    table = re.search(r'<table class="units results-table coverage">.*?</table>', html, re.S)[0]
    body = re.findall(r"<tr>(.*?)</tr>", table[table.index("<tbody") :], re.S)
    return [[words(c).strip() for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in body]


def test_a_stranger_sees_it_in_both_languages(stranger, builtin, language, django_assert_max_num_queries):
    stranger.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with django_assert_max_num_queries(15):
        response = stranger.get("/reach/")
    assert response.status_code == 200
    html = response.content.decode()
    assert ("可达" if language == "zh" else "Reach") in html
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="', html)
    if language == "en":
        main = html[html.index("<main") : html.index("</main>")]
        ours = re.sub(r'<(\w+)[^>]*lang="zh-Hans"[^>]*>.*?</\1>', "", main, flags=re.S)
        assert re.findall(r"[\u4e00-\u9fff]+", words(ours)) == []


@pytest.mark.parametrize("id_", ["loufan_health", "green_space", "intercounty"])
def test_every_network_and_service_opens(builtin, language, id_):
    network = held.held().networks[id_]
    for service in services(network):
        status, html = get(f"/reach/?network={id_}&service={service}", language)
        assert status == 200
        assert 'id="result"' in html


def test_the_standard_changes_coverage_and_all_adds_up(builtin):
    _, html = get(f"/reach/?{HEALTH}")
    *towns, whole = numbers(html)
    assert len(towns) == 8
    people = [int(row[1].replace(",", "")) for row in towns]
    within = [int(row[4].replace(",", "")) for row in towns]
    assert sum(people) == int(whole[1].replace(",", "")) == 91208
    assert sum(within) == int(whole[4].replace(",", ""))
    _, wider = get("/reach/?network=loufan_health&service=health_beds&within=60")
    assert numbers(wider)[-1][2] == "100%"
    assert "没有缺口" in wider


def test_made_up_data_says_so_where_it_counts(builtin, language):
    for address in (f"/reach/?{HEALTH}", f"/reach/points?{HEALTH}", f"/reach/way?{HEALTH}&node=t4-v05"):
        _, html = get(address, language)
        assert ("【示例】" if language == "zh" else "[Illustrative]") in html
    _, real = get("/reach/?network=intercounty")
    assert "【示例】" not in real


def test_a_value_of_ones_own_is_marked_as_such(builtin):
    _, html = get(f"/reach/?{HEALTH}")
    assert "标准是读者自己填的值" in html
    _, html = get("/reach/?network=loufan_health")
    assert "标准是读者自己填的值" not in html


def test_a_standard_in_force_tells_its_paper_and_its_levels(builtin, language):
    _, html = get("/reach/?network=loufan_health", language)
    assert "国家卫生健康委新闻发布会 2022-05-24" in html
    assert 'href="/rules/services.health_network/"' in html
    _, before = get("/reach/?network=loufan_health&day=2021-01-01", language)
    assert "国家卫生健康委新闻发布会 2022-05-24" not in before
    # The standard of the county level says which level it is of, whatever else was chosen.
    _, county = get("/reach/?standard=services.health_network.county_limit&level=village", language)
    assert 'name="level"' not in county
    assert ("县级" if language == "zh" else "county") in words(county[county.index('id="ask"') :])


def test_the_least_supply_is_that_of_the_rule_or_ones_own(builtin):
    _, html = get("/reach/?network=green_space")
    assert "GB 55014-2021" in html[html.index('id="evenness"') :]
    _, own = get("/reach/?network=green_space&least=20")
    assert "低于自定下限 20 的人" in words(own)
    _, half = get("/reach/?network=loufan_health&service=health_beds")
    assert "低于平均一半" in words(half)


def test_every_number_opens_the_points_it_is_made_of(builtin):
    _, html = get(f"/reach/?{HEALTH}")
    links = re.findall(r'<a class="number" href="(/reach/points[^"]+)">([^<]+)</a>', html)
    assert len(links) > 20
    for address, number in links[:27]:
        status, page = get(unescape(address))
        assert status == 200
        assert re.search(r'<p class="came-to"><b>([^<]+)</b>', page)[1] == number


def test_the_way_of_a_village_adds_up(builtin, language):
    status, html = get(f"/reach/way?{HEALTH}&node=t6-v04", language)
    assert status == 200
    table = re.search(r'<table class="stacked legs">.*?</table>', html, re.S)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table[table.index("<tbody") :], re.S)
    legs = [[words(c).strip() for c in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)] for row in rows]
    assert len(legs) >= 2
    assert all(a[1] == b[0] for a, b in itertools.pairwise(legs))
    came_to = re.search(r'<p class="came-to"><b>([^<]+)</b>', html)[1]
    assert legs[-1][5] == came_to
    assert sum(float(leg[4]) for leg in legs) == pytest.approx(float(came_to), abs=0.11)


def test_the_drawing_has_every_point_and_tells_states_apart_by_shape(builtin):
    _, html = get(f"/reach/?{HEALTH}")
    drawn = html[html.index('<figure class="map reach-map"') : html.index('<ul class="reach-legend">')]
    assert len(re.findall(r'class="mark is-(?:covered|beyond|apart)"', drawn)) == 68
    covered, beyond = (re.search(rf'class="mark is-{k}" d="([^"]+)"', drawn)[1] for k in ("covered", "beyond"))
    assert "a" in covered and "a" not in beyond  # a circle, a diamond
    assert len(re.findall(r"<text", drawn)) > 30
    _, larger = get(f"/reach/?{HEALTH}&zoom=t2")
    assert len(re.findall(r'class="mark is-(?:covered|beyond)"', larger)) < 30
    assert get(f"/reach/?{HEALTH}&zoom=nowhere")[0] == 200


@pytest.mark.parametrize("method", SITINGS)
def test_next_sites_by_every_method(builtin, language, method):
    status, html = get(f"/reach/?{HEALTH}&site={method}&sites=2", language)
    assert status == 200
    plan = html[html.index('id="plan"') :]
    assert ("已证明" if language == "zh" else "Proved") in plan
    assert len(re.findall(r"<td[^>]*>\+\d+</td>", plan)) == 2 or method == "set_cover"
    assert 'class="mark is-chosen"' in html


def test_sites_win_what_the_plan_says(builtin):
    _, html = get(f"/reach/?{HEALTH}&site=maximal_cover&sites=3")
    before, after, more = re.search(r"标准以内的人从([\d,]+)（.*?）到([\d,]+)（.*?），多([\d,]+)人", html).groups()
    before, after, more = (int(v.replace(",", "")) for v in (before, after, more))
    assert after - before == more > 0
    newly = [int(words(v).replace(",", "")) for v in re.findall(r'data-label="新进标准">(.*?)</td>', html)]
    assert sum(newly) == more


@pytest.mark.parametrize("method", SPREADS)
def test_evenness_by_every_method(builtin, language, method):
    _, html = get(f"/reach/?{HEALTH}&method={method}", language)
    name, about = SPREADS[method]
    assert name.in_(language) in html
    assert about.in_(language) in unescape(html)
    gini = float(re.search(r'id="evenness".*?<b>([\d.]+)</b>', html, re.S)[1])
    assert 0 <= gini < 1


def test_everything_asked_wrongly_is_told_at_once_and_nothing_typed_is_lost(builtin):
    status, html = get(
        "/reach/?network=nope&service=bad&level=q&within=abc&day=2026-13-01&method=zz&least=-3"
        "&sites=1.5&site=k&from=k&room=0&standard=z&measure=miles"
    )
    assert status == 422
    text = words(html)
    for typed in ("“nope”", "“bad”", "“q”", "“abc”", "“2026-13-01”", "“zz”", "“-3”", "“1.5”", "“k”", "“0”", "“miles”"):
        assert typed in text
    assert 'value="abc"' in html
    assert 'id="result"' not in html
    assert "<script>" not in get("/reach/?within=<script>&network=<script>")[1]


@pytest.mark.parametrize("query", ["sites=49&room=1", "sites=50&site=p_centre", "site=p_median&sites=2&room=1"])
def test_a_plan_that_cannot_be_had_says_why_and_the_rest_stands(builtin, query):
    status, html = get(f"/reach/?{GREEN}&from=people&level=wetland&{query}")
    assert status in (200, 422)
    assert 'id="result"' in html
    status, html = get("/reach/?network=loufan_health&service=health_beds&within=10&from=sites&sites=2")
    assert status == 422
    assert "N094" in html
    assert 'id="result"' in html


def test_a_problem_too_large_names_the_command(builtin, fresh, monkeypatch):
    monkeypatch.setattr(held, "MOST_PAIRS", {True: 10, False: 10})
    status, html = get(f"/reach/?{HEALTH}&sites=2")
    assert status == 422
    assert "tongchou networks site" in html


def test_changing_the_network_starts_again(builtin):
    """The form still sends what was asked of the other network."""
    status, html = get("/reach/?network=green_space&service=health&level=village&within=12", HX_Request="true")
    assert status == 200
    assert "<html" not in html
    assert '<option value="territory.green_access.radius" selected>' in html


def test_a_form_with_empty_fields_leads_to_the_plain_address(builtin):
    response = Client().get("/reach/?network=loufan_health&within=&least=&day=")
    assert response.status_code == 302
    assert response.headers["Location"] == "/reach/?network=loufan_health"


def test_without_facilities_it_says_how_to_add_them(builtin, fresh, language, monkeypatch):
    monkeypatch.setattr(held, "names", lambda folder: ())
    status, html = get("/reach/", language)
    assert status == 200
    assert "facilities.csv" in html
    assert "tongchou region check" in html
    for address in ("/reach/points", "/reach/way?node=a", "/reach/reach.xlsx"):
        assert get(address)[0] == 404


def test_a_network_that_cannot_be_read_is_told(builtin, fresh, monkeypatch):
    read = package_networks.read

    def refuse(folder, id_):
        if id_ == "green_space":
            raise ProblemsError([network_codes.NO_LENGTH.at("links.csv:2", tail="a", head="b")])
        return read(folder, id_)

    monkeypatch.setattr(package_networks, "read", refuse)
    status, html = get("/reach/")
    assert status == 200
    assert "links.csv:2" in html
    assert 'value="green_space"' not in html


@pytest.mark.parametrize(
    "address",
    ["/reach/points?place=nowhere", "/reach/way?node=nowhere", "/reach/way", "/reach/reach.pdf", "/reach/nope.csv",
     "/reach/plan.csv", "/reach/points?within=abc", "/reach/reach.xlsx?network=nope"],
)  # fmt: skip
def test_what_is_not_there_is_404(builtin, address):
    assert get(address)[0] == 404


def test_files(builtin, language):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    asked = f"{HEALTH}&sites=2"
    for what in ("coverage", "gaps", "points", "plan"):
        rows = list(csv.reader(io.StringIO(client.get(f"/reach/{what}.csv?{asked}").content.decode("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1
        assert len(rows) > 2
        assert client.get(f"/reach/{what}.docx?{asked}").content[:2] == b"PK"
    response = client.get(f"/reach/reach.geojson?{asked}")
    held_ = json.loads(response.content)
    layers = [f["properties"]["layer"] for f in held_["features"]]
    assert (layers.count("point"), layers.count("facility"), layers.count("new_site")) == (68, 11, 2)
    assert all(f["properties"]["status"] == "illustrative" for f in held_["features"])
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/reach/reach.xlsx?{asked}").content))
    assert len(book.sheetnames) == 4
    assert any(str(c.value).startswith("=SUMIFS") for row in book.worksheets[0].iter_rows() for c in row)


def test_the_directory_of_systems_leads_here(builtin):
    _, html = get("/systems/")
    for system in ("S06", "S47", "S48", "S70"):
        assert "/reach/" in re.search(rf'<tr id="{system}">.*?</tr>', html, re.S)[0]


def test_a_service_is_found_by_its_name(builtin):
    _, html = get("/search/?words=绿地")
    assert "/reach/?network=green_space&amp;service=green" in html
