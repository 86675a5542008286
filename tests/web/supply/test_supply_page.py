"""Supply: who is short and what holds them back, another capacity tried, other networks, and nothing that breaks it."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from html import unescape
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from tests.web.supply.conftest import POWER, WATER


def words(html: str) -> str:
    """What a person reads of a page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


def get(query: str = "", language: str = "zh") -> tuple[int, str]:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(f"/supply/?{query}")
    return response.status_code, response.content.decode()


def rows(html: str, id_: str) -> dict[str, list[str]]:
    """The cells of a table as read, by the first of each row."""
    part = re.search(rf'<section id="{id_}">.*?</section>', html, re.S)[0]
    cells = [
        [words(c) for c in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr.*?</tr>", part, re.S)
    ]
    return {row[0]: row[1:] for row in cells}


def test_a_stranger_sees_taiyuan_in_few_queries(builtin, language, django_assert_max_num_queries):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with django_assert_max_num_queries(15):
        html = client.get("/supply/").content.decode()
    assert len(rows(html, "counties")) == 13  # head, ten counties, the river in the city, all
    assert "{{" not in html
    assert ("【示例】" if language == "zh" else "[Illustrative]") in words(html)


def test_shortages_are_those_of_the_rule(builtin):
    """The page computes on the network, the rule's page on the package's rows: both are the same, county by county."""
    text = Client().get("/rules/infrastructure.water_allocation/result.csv?period=2021").content.decode("utf-8-sig")
    short: dict[str, float] = defaultdict(float)
    for row in csv.DictReader(io.StringIO(text)):
        if row["性质"] in ("people", "ecology", "farm", "industry"):
            short[row["名称"].split(" · ")[1]] += float(row["缺水（万立方米）"])
    shown = rows(get("year=2021")[1], "counties")
    assert len(short) == 11
    for place, amount in short.items():
        assert float(shown[place][2].replace(",", "")) == pytest.approx(amount, abs=0.051), place


def test_a_year_can_be_worked_out_in_the_head(region):
    region(water=WATER)
    status, html = get()
    assert status == 200
    found = rows(html, "counties")
    # 12 × 4 and 8 in July; 12 × 5, of which 3 a month arrive.
    assert found["清徐县"][:4] == ["56", "56", "0", "0"]
    assert found["阳曲县"][:4] == ["60", "36", "24", "40"]
    assert found["阳曲县"][-2] == "甲库→乙网（1–12月）"
    assert found["合计"][:3] == ["116", "92", "24"]
    assert rows(html, "uses")["阳曲县"][:6] == ["工业", "5", "60", "36", "24", "40"]
    assert rows(html, "things")["甲库"][:6] == ["乙网", "小水网", "36", "36", "100", "工业（1–12月）"]
    assert rows(html, "reservoirs")["甲库"][:2] == ["10", "0"]
    assert "【示例】" not in html and "is-illustrative" not in html


def test_one_month_and_the_way_to_it(region):
    region(water=WATER)
    _, html = get("month=07")
    assert rows(html, "counties")["清徐县"][:3] == ["12", "12", "0"]
    assert rows(html, "counties")["阳曲县"][:3] == ["5", "3", "2"]
    assert rows(html, "counties")["阳曲县"][-2] == "甲库→乙网"
    months = rows(html, "months")
    assert len(months) == 13 and months["7月"][:4] == ["17", "15", "2", "2"]
    assert "month=08" in html


def test_a_wider_link_and_a_smaller_reservoir(region):
    region(water=WATER)
    _, html = get(f"thing={quote('A|B|small')}&amount=4")
    assert "共多供 12 万立方米" in words(html)
    assert rows(html, "change")["阳曲县"][:5] == ["工业", "36", "48", "12", "12"]
    assert "清徐县" not in rows(html, "change")
    # Without the store July has ten: four for people, six of eight for farms, none for industry.
    _, html = get(f"thing={quote('A|A|store')}&amount=0")
    assert "共少供 5 万立方米" in words(html)
    changed = re.search(r'<section id="change">.*?</section>', html, re.S)[0]
    assert re.findall(r"−[235]\b", words(changed)) == ["−2", "−3", "−2", "−3"]
    july = rows(get(f"thing={quote('A|A|store')}&amount=0&month=07")[1], "counties")
    assert july["阳曲县"][:3] == ["5", "0", "5"] and "泉" in july["清徐县"][-2]
    assert "change" not in get(f"thing={quote('A|B|small')}&amount=3")[1].split('id="answer"')[1].split("rests")[0]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("network=nowhere", {"W051"}),
        ("year=1800&month=13", {"W010"}),
        ("amount=5", {"W053"}),
        ("thing=x&amount=abc", {"W010", "W008"}),
        ("thing=A%7CB%7Csmall&amount=-1", {"W013"}),
        ("thing=A%7CB%7Csmall&amount=1e9", {"W013"}),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(region, query, codes):
    region(water=WATER)
    status, html = get(query)
    assert status == 422
    assert set(re.findall(r"W\d{3}", html)) == codes
    assert "阳曲县" in rows(html, "counties")  # the usual is shown below


def test_what_was_typed_cannot_break_out(region):
    region(water=WATER)
    _, html = get("amount=%22%3E%3Cscript%3Ealert(1)&thing=%3Cb%3E&network=%27%22%3E%3Ci%3E")
    assert "<script>alert" not in html and "<b>&" not in html and "<i>" not in html


def test_power_with_a_circuit_out(region):
    region(power=POWER)
    _, html = get()
    nodes = rows(html, "nodes")
    # Two circuits each: half is left. The network's 100 and 60 count, not the 110 and 50 of the inputs.
    assert nodes["清徐县"][:6] == ["60", "100", "66.7", "50", "−16.7", "停一回就不够"]
    assert nodes["清徐县"][6] == "南→清徐县"
    assert nodes["阳曲县"][:6] == ["26", "60", "130.8", "30", "15.4", "停一回仍够"]
    margins = rows(html, "margins")
    assert margins["清徐县"][:5] == ["60", "100", "66.7", "50", "−16.7"]
    _, html = get(f"thing={quote('grid_south|140121|line')}&amount=130")
    assert "1 处有变化" in words(html)
    assert rows(html, "change")["清徐县"][:8] == [
        "100",
        "130",
        "50",
        "65",
        "−16.7",
        "8.3",
        "停一回就不够",
        "停一回仍够",
    ]
    assert "任停一回，各地都还够" in words(html)


def test_information_names_the_worst_node_and_what_narrows_it(builtin):
    _, html = get("network=information")
    assert rows(html, "nodes")["娄烦县"][4:6] == ["最差节点", "古交市→娄烦县"]
    assert rows(html, "margins")["小店区"][:3] == ["99", "93", "1.06"]
    assert "U042" not in html  # ring nodes serve nobody: nothing a head is missing there
    _, wider = get(f"network=information&thing={quote('140181|140123|fibre')}&amount=500")
    assert rows(wider, "nodes")["娄烦县"][4] == "否"


def test_loads_that_nobody_gave_are_told_and_not_zero(region):
    files = {**POWER}
    files["nodes.csv"] += "X,新站,New station,seat,,112.4,37.8,,reported,geonames,\n"
    files["links.csv"] += "grid_south,X,line,,,false,,,,reported,geonames,\n"
    files["capacities.csv"] += "grid_south,X,line,10,,,,reported,geonames,\n"
    region(power=files)
    status, html = get()
    assert status == 200
    assert rows(html, "nodes")["新站"][0] == "—"
    assert "新站" in words(html) and "缺" in words(re.search(r'<section id="rests">.*', html, re.S)[0])


def test_a_broken_network_is_named_and_the_others_stand(region):
    broken = {**WATER, "demands.csv": WATER["demands.csv"].replace("140121,people,,4", "140121,people,,four")}
    region(power=POWER, water=broken)
    status, html = get()
    assert status == 200 and "networks/water/demands.csv" in html
    assert "清徐县" in rows(html, "nodes")
    region(water=broken)
    status, html = get()
    assert status == 200 and "networks/water/demands.csv" in html and "没有读入" in html


def test_without_a_network_the_page_says_how_to_add_one(region):
    region()
    status, html = get("network=water")
    assert status == 200 and "demands.csv" in html
    assert Client().get("/supply/supply.xlsx").status_code == 404
    lone = {**POWER}
    (region(power=lone) / "inputs" / "infrastructure.energy_links.csv").unlink()
    assert "没有可算的年份" in words(get()[1]).replace("还没有可算的年份", "没有可算的年份")


def test_the_systems_lead_to_it(builtin):
    html = Client().get("/systems/").content.decode()
    for system in ("S74", "S75", "S77"):
        assert 'href="/supply/"' in re.search(rf'<tr id="{system}">.*?</tr>', html, re.S)[0]


def test_an_exchange_is_the_part_and_its_address(region):
    region(water=WATER)
    response = Client().get("/supply/?month=07&amount=&thing=", headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert response.headers["HX-Push-Url"].endswith("month=07")
