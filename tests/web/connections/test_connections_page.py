"""Connections: two days of a network compared, projects shared out, links closed, and nothing that breaks the page."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from tests.web.connections.conftest import DECLARED, LINKS, NODES

from tongchou.kernel.text import Text
from tongchou.surfaces.network_travel import Asked, compared
from tongchou.web.connections import held
from tongchou.web.connections.legs import merged, ways_from
from tongchou.web.figures.regions import region_named

DAYS = "before=2020-12-31&on=2021-01-01"


def words(html: str) -> str:
    """What a person reads of a page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def get(query: str = "", language: str = "zh") -> tuple[int, str]:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(f"/connections/?{query}")
    return response.status_code, response.content.decode()


def section(html: str, id_: str) -> str:
    return re.search(rf'<section id="{id_}">.*?</section>', html, re.S)[0]


def table_rows(html: str) -> list[list[str]]:
    """The cells of every row, as read."""
    rows = re.findall(r"<tr.*?</tr>", html, re.S)
    return [[words(c).strip() for c in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows]


def test_a_stranger_sees_taiyuan_in_few_queries(builtin, language, django_assert_max_num_queries):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with django_assert_max_num_queries(15):
        html = client.get("/connections/").content.decode()
    rows = table_rows(section(html, "between"))
    assert len(rows) == 11
    assert all(len(row) == 11 for row in rows)
    assert "2019" in html and "{{" not in html


def test_minutes_are_those_of_the_rule(builtin):
    """The rule for connections finds the same shortest times from the direct ones, pair by pair, to a thousandth."""
    rule = Client().get("/rules/infrastructure.connection/result.csv?period=2025").content.decode("utf-8-sig")
    at = {(r["起点"], r["终点"]): float(r["年末最短时间（分钟）"]) for r in csv.DictReader(io.StringIO(rule))}
    whole = held.held(settings.REGION, "intercounty")
    minutes = held.table(settings.REGION, "intercounty", date(2025, 12, 31), ()).every
    for i, place in enumerate(whole.places):
        for j, end in enumerate(whole.targets):
            if end is not place:
                assert minutes[i, j] == pytest.approx(at[place.id, end.id], abs=0.002), (place.id, end.id)


def test_before_and_after_can_be_worked_out_in_the_head(three):
    _, html = get(DAYS)
    pairs = {row[0]: row for row in table_rows(section(html, "pairs")) if len(row) == 5}
    assert pairs["甲区"][1:3] == ["—", "10 不变"]
    assert pairs["乙县"][1:3] == ["60 → 20 少40", "70 → 30 少40"]
    assert pairs["丙县"][1:3] == ["90 → 50 少40", "100 → 60 少40"]
    sums = {row[0].rpartition(" ")[0]: row[1:4] for row in table_rows(section(html, "pairs"))[1:5]}
    # (0·100 + 60·300 + 90·50) / 450, and (0·100 + 20·300 + 50·50) / 450
    assert sums["到市中心平均用时"] == ["50.0", "18.9", "−31.1"]
    assert sums["60分钟内可到市中心的人口"] == ["400", "450", "+50"]


def test_what_is_near_can_be_set(three):
    _, html = get(f"{DAYS}&within=55")
    assert ["100", "450", "+350"] in [row[1:4] for row in table_rows(section(html, "pairs"))]


def test_a_project_is_told_in_people_minutes(three):
    _, html = get(DAYS)
    # A tenth of a trip: 100 of A all go to B or C and save 40; of B 100 of every 150 go to A, of C 100 of every 400:
    # (100 + 200 + 12.5)·40·0.1. A fiftieth to the one hub: B and C save 40: 350·40·0.02.
    row = next(r for r in table_rows(section(html, "projects")) if "西北二环" in r[0])
    assert row[3:6] == ["1,530", "1,530", "1,530"]


def test_projects_that_replace_each_other_share_alike(region):
    second = "A,B,rail,,20,false,2021-01-01,,east-second-ring,reported,geonames,\n"
    region(three=(DECLARED, NODES, LINKS + second))
    _, html = get(DAYS)
    rows = {r[0]: r for r in table_rows(section(html, "projects"))}
    for name in ("太原西北二环高速公路（义望—凌井店）", "太原东二环高速公路（凌井店—龙白）"):
        assert rows[name][3:6] == ["765", "1,530", "0"]
        assert "别的项目可以替代它" in rows[name][-1]


def test_a_project_without_effect_is_said_to_be_so(region):
    slow = LINKS.replace("A,B,expressway,,20", "A,B,expressway,,80")
    region(three=(DECLARED, NODES, slow))
    _, html = get(DAYS)
    row = next(r for r in table_rows(section(html, "projects")) if "西北二环" in r[0])
    assert row[3:6] == ["0", "0", "0"]
    assert "没有作用" in row[-1] and "不说明它没有用" in row[-1]


def test_people_minutes_are_those_of_the_command(builtin):
    """What the page shares out is what `tongchou networks compare` does, project by project."""
    asked = Asked(date(2019, 10, 24), date(2025, 12, 31))
    network = held.held(settings.REGION, "intercounty").network
    told = next(one for one in compared(region_named(settings.REGION), network, asked) if one.title.zh == "项目")
    _, html = get("before=2019-10-24&on=2025-12-31")
    rows = {r[0]: r for r in table_rows(section(html, "projects"))}
    shared = 0
    for name, _, _, alone, last, share, *_ in told.rows:
        if isinstance(name, Text) and name.zh in rows:
            assert rows[name.zh][3:6] == [f"{v:,.0f}" for v in (share, alone, last)]
            shared += 1
    assert shared == 4


def test_assumptions_a_fifth_off(three, builtin, language):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    html = client.get(f"/connections/sensitivity?{DAYS}").content.decode()
    rows = [r for r in table_rows(html) if len(r) == 3]
    # Roads a fifth slower: 75 minutes instead of 60, so that the expressway saves 55; quicker: 50, and 30.
    assert [r[2] for r in rows[1:]] == ["1,530", "2,104", "1,148"]
    assert client.get(f"/connections/sensitivity?{DAYS}&as=xlsx").status_code == 200
    assert client.get(f"/connections/sensitivity?{DAYS}&as=exe").status_code == 404
    assert client.get("/connections/sensitivity?on=x").status_code == 404


def test_a_project_left_out_changes_nothing(three):
    _, html = get(f"{DAYS}&without=northwest-second-ring")
    assert "→" not in "".join(cell for row in table_rows(section(html, "between"))[1:] for cell in row)
    row = next(r for r in table_rows(section(html, "projects")) if "西北二环" in r[0])
    assert "勾去" in row[-1]


def test_closing_a_bridge_names_who_is_cut_off(three):
    _, html = get(DAYS)
    rows = {row[0]: row for row in table_rows(section(html, "critical"))}
    assert rows["乙县—丙县"][2] == "丙县"
    # Without the expressway there is the road: 40 minutes more, for as many as it saved.
    assert rows["甲区—乙县"][1:4] == ["高速公路", "无", "1,530"]


def test_every_number_leads_to_the_legs_it_is_the_sum_of(three, language):
    _, html = get(DAYS, language)
    addresses = {unescape(a) for a in re.findall(r'href="(/connections/way\?[^"]+)"', html)}
    assert len(addresses) == 3 * 2 - 1 + 3 * 2 - 2  # A to the centre is A; B and C to A stand in both tables
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(next(a for a in addresses if "from=C" in a and "to=H" in a)).content.decode()
    minutes = [r[4] for r in table_rows(page) if len(r) == 8 and r[4][0].isdigit()]
    assert minutes == ["30.0", "60.0", "10.0", "30.0", "20.0", "10.0"]
    assert "60 km ÷ 60 km/h" in words(page)
    for address in addresses:
        assert client.get(address).status_code == 200


def test_everything_wrong_is_marked_at_once(three, language):
    status, html = get("network=nowhere&before=gestern&on=2021-02-30&within=-5&without=atlantis", language)
    assert status == 422
    assert set(re.findall(r'class="tag code">(W\d+)', html)) == {"W051", "W015", "W013", "W010"}
    assert html.count('class="field-problem"') == 5
    assert "three" in html  # the networks there are
    assert section(html, "pairs")


@pytest.mark.parametrize(
    "query",
    ["before=2022-01-01&on=2020-01-01", "within=abc", "within=1e999", "on=0001-01-01", "on=9999-12-31", "network=",
     "without=&without=", "within=60", "before=%C3%28", "on=2021-1-1"],
)  # fmt: skip
def test_odd_addresses_never_break_the_page(three, query):
    status, html = get(query)
    assert status in (200, 422)
    assert section(html, "between")


def test_sliding_back_past_the_earlier_day_takes_it_along(three):
    status, html = get("before=2022-01-01&on=2020-01-01")
    assert status == 200 and "已移到同一天" in html
    pairs = {row[0]: row for row in table_rows(section(html, "pairs")) if len(row) == 5}
    assert pairs["乙县"][1] == "60 不变"


def test_an_exchange_is_answered_with_the_part(three):
    response = Client(headers={"HX-Request": "true"}).get(f"/connections/?{DAYS}")
    html = response.content.decode()
    assert "<html" not in html and section(html, "pairs")


def test_a_day_yet_to_come_is_said_to_be_so(region):
    region(three=(DECLARED, NODES, LINKS.replace("2021-01-01", "2199-01-01")))
    _, html = get("on=2199-01-01")
    assert "“之后”那天还没有到" in html
    assert "，走太原西北二环高速公路（义望—凌井店）" in words(html)
    _, html = get()
    assert "“之后”那天还没有到" not in html


def test_a_region_without_networks_says_how_to_add_one(region, language):
    region()
    status, html = get("", language)
    assert status == 200
    assert "networks/intercounty/" in html and "nodes.csv" in html
    assert Client().get("/connections/table.xlsx").status_code == 404
    assert Client().get("/connections/way?from=A&to=B").status_code == 404


def test_a_network_with_errors_shows_all_of_them(region):
    region(
        three=(
            DECLARED,
            NODES,
            LINKS + "A,Z,road,,5,false,,,,reported,geonames,\nA,A,road,,5,false,,,,reported,geonames,\n",
        )
    )
    status, html = get()
    assert status == 200
    assert "W052" in html and "N035" in html and "links.csv:6" in html


def test_networks_that_join_no_seats_are_not_listed(region):
    villages = NODES.replace(",seat,", ",village,")
    region(three=(DECLARED, NODES, LINKS), villages=(DECLARED, villages, LINKS))
    _, html = get()
    assert "villages" not in html


def test_places_nobody_counted_and_nodes_without_position(region):
    nodes = re.sub(r",112\.\d+,37\.\d+,", ",,,", NODES.replace(",50,", ",,"))
    region(three=(DECLARED, nodes, LINKS))
    status, html = get(DAYS)
    assert status == 200
    assert "没有人口数" in html and "画不出图" in html


def test_ways_there_are_not(region):
    region(three=(DECLARED, NODES, LINKS.replace("A,B,road,60,,false,,", "A,B,road,60,,false,2022-01-01,")))
    _, html = get("before=2020-12-31&on=2021-01-01")
    pairs = {row[0]: row for row in table_rows(section(html, "pairs")) if len(row) == 5}
    assert pairs["乙县"][1] == "不通 → 20 新通"


def test_a_map_of_streets_is_examined_in_part(three, monkeypatch):
    monkeypatch.setattr(held, "STREETS", 2)
    status, html = get(DAYS)
    assert status == 200
    assert "街道网太大" in html and "街道网不逐条画" in html
    assert 'href="/connections/way?' in html
    (closing,) = re.findall(r'href="(\?[^"]*)#critical"', html)
    _, html = get(unescape(closing).removeprefix("?"))
    assert "只试关了人走得最多的几段" in html
    assert table_rows(section(html, "critical"))[1][0] in ("甲区—乙县", "甲区—大站", "乙县—丙县")
    assert "close=yes" in re.search(r'href="/connections/table.xlsx\?([^"]+)"', html)[1]


def test_many_legs_that_are_alike_are_told_as_one(three):
    whole = held.held(settings.REGION, "three")
    stands = held.standing(settings.REGION, "three", date(2020, 1, 1), ())
    by_id = {n.id: n for n in (*whole.places, *whole.ends)}
    legs = ways_from(whole, stands, by_id["C"], (by_id["H"],))[0].legs
    assert merged(legs) == legs
    one, two = merged(legs, most=2)  # two roads, then a street
    assert (one.tail.zh, one.head.zh, one.km, one.minutes) == ("丙县", "甲区", 90.0, 90.0)
    assert one.how.zh == "2 段相加" and two.mode == "street"


@pytest.mark.parametrize("query", ["from=A&to=A", "from=A&to=nowhere", "to=B", "from=A&to=B&on=x"])
def test_a_pair_there_is_not(three, query):
    assert Client().get(f"/connections/way?{query}").status_code == 404


def test_the_directory_of_systems_leads_here(builtin, stranger):
    html = stranger.get("/systems/").content.decode()
    for system in ("S17", "S72", "S73"):
        assert "/connections/" in re.search(rf'<tr id="{system}">.*?</tr>', html, re.S)[0]
