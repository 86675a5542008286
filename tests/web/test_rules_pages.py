"""Rules on pages: every rule of the catalogue opens, computes, explains itself, and is exported, in both languages."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from html import unescape

import openpyxl
import pytest
from django.conf import settings
from django.test import Client

from tongchou.catalogue import built_in
from tongchou.surfaces.computed import RUN_EXPORTS
from tongchou.web.computing.catalogue import by_clause, entries, rules_of

RULE = "fiscal.equalisation"
IDS = sorted(built_in().rules)


def get(address: str, language: str = "zh", **headers: str) -> tuple[int, str]:
    client = Client(headers=headers)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    return response.status_code, response.content.decode()


def words(html: str) -> str:
    """What a person reads of a page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def test_the_catalogue_lists_every_rule_with_its_clauses_and_what_can_be_computed(builtin, language):
    status, html = get("/rules/", language)
    assert status == 200
    for entry in entries(settings.REGION):
        row = html[html.index(f'href="/rules/{entry.rule.id}/"') :]
        row = row[: row.index("</tr>")]
        for clause in entry.rule.declared.clauses:
            assert f'href="/policy/#clause-{clause}"' in row
        ready = ("可算", "can be computed")[language == "en"]
        assert (ready in row) == entry.can_compute
        made_up = ("示例", "illustrative")[language == "en"]
        assert (made_up in row) == (entry.can_compute and entry.is_illustrative)


def test_the_catalogue_answers_in_half_a_second_when_warm(builtin):
    get("/rules/")
    started = time.perf_counter()
    get("/rules/")
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=均衡性转移支付", {"fiscal.equalisation", "fiscal.equalisation_mof"}),
        ("words=shapley", {"compensation.cost_sharing"}),
        ("clause=3.1", {"compensation.cost_sharing", "compensation.estate"}),
        ("words=S20", {"fiscal.equalisation"}),
    ],
)
def test_rules_are_found_by_words_clause_and_system(builtin, query, found):
    _, html = get(f"/rules/?{query}")
    listed = set(re.findall(r'href="/rules/([\w.]+)/"', html))
    assert found <= listed < set(IDS)


def test_states_part_the_catalogue(builtin):
    counts = {}
    for state in ("now", "real", "lacking"):
        _, html = get(f"/rules/?state={state}")
        counts[state] = len(set(re.findall(r'href="/rules/([\w.]+)/"', html)))
    assert counts["now"] + counts["lacking"] == len(IDS)
    assert 0 < counts["real"] < counts["now"]


def test_nothing_found_says_so_and_what_was_typed_is_text(builtin):
    _, html = get("/rules/?words=<script>alert(1)</script>")
    assert "没有符合条件的规则" in html
    assert "<script>alert" not in html


def test_the_list_alone_is_exchanged(builtin):
    status, html = get("/rules/?words=补偿", HX_Request="true")
    assert status == 200
    assert "<html" not in html
    assert "compensation." in html


@pytest.mark.parametrize("id_", IDS)
def test_every_rule_opens_with_method_steps_and_result(builtin, language, id_):
    status, html = get(f"/rules/{id_}/", language)
    assert status == 200
    rule, entry = built_in().rules[id_], next(e for e in entries(settings.REGION) if e.rule.id == id_)
    text = words(html)
    declared = rule.declared
    spoken = (declared.method.zh, declared.method.en)[language == "en"]
    assert re.sub(r"\s+", " ", spoken).strip() in text
    assert re.sub(r"\s+", " ", declared.method.source).strip() in text
    for name, column in declared.columns.items():
        assert f'id="step-{name}"' in html
        assert re.sub(r"\s+", " ", column.label.text().in_(language)) in text
    for name in declared.parameters:
        assert f'name="set.{name}"' in html or f'name="set.{name}.' in html
    for caveat in declared.caveats:
        assert re.sub(r"\s+", " ", caveat.text().in_(language)) in text
    assert ('id="result"' in html) == entry.can_compute
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="', html)


@pytest.mark.parametrize("id_", IDS)
def test_every_number_of_every_rule_has_workings(builtin, id_):
    """The first and last number shown, with every step, lead to an account that ends in the same number."""
    status, html = get(f"/rules/{id_}/?steps=all")
    assert status == 200
    links = re.findall(r'<a class="number[^"]*" href="([^"]+)"[^>]*>([^<]+)<', html)
    for address, number in (links[0], links[len(links) // 2], links[-1]):
        status, account = get(unescape(address))
        assert status == 200, address
        shown = re.search(r'<p class="came-to"><b>([^<]+)</b>', account)
        assert shown is not None
        assert shown[1] == number


@pytest.mark.parametrize("id_", IDS)
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_every_rule_is_exported(builtin, id_, suffix):
    response = Client().get(f"/rules/{id_}/result.{suffix}")
    assert response.status_code == 200
    if suffix == "json":
        assert json.loads(response.content)["rule"]["id"] == id_
    else:
        assert len(list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))) > 1


@pytest.mark.parametrize("suffix", [s[1:] for s in RUN_EXPORTS])
def test_exports_hold_what_the_address_asks(builtin, suffix):
    response = Client().get(f"/rules/{RULE}/result.{suffix}?period=2021&set.coverage=0.25")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == RUN_EXPORTS[f".{suffix}"].media_type
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert f'filename="{RULE}.{suffix}"' in response.headers["Content-Disposition"]
    if suffix == "json":
        run = json.loads(response.content)
        assert run["parameters"]["coverage"]["2021"]["value"] == 0.25
        assert set(run["periods"]) == {"2021"}
    if suffix == "xlsx":
        assert len(openpyxl.load_workbook(io.BytesIO(response.content)).sheetnames) >= 5


def test_counties_stand_in_their_order_with_totals_and_a_check(builtin):
    _, html = get(f"/rules/{RULE}/?period=2021")
    result = html[html.index('id="result"') :]
    table = result[result.index("<tbody") : result.index("</tbody>")]
    assert re.findall(r'<th scope="row">([^<]+)</th>', table) == [
        "小店区", "迎泽区", "杏花岭区", "尖草坪区", "万柏林区", "晋源区", "清徐县", "阳曲县", "娄烦县", "古交市",
    ]  # fmt: skip
    assert "合计" in result
    check = words(result[result.index('class="scroll checks"') :])
    assert re.search(r"相符，一分不差|未超过，余数留下", check)


def test_the_map_draws_every_county_by_its_number(builtin):
    _, html = get(f"/rules/{RULE}/?period=2021", "en")
    board = json.loads(re.search(r'id="board-data" type="application/json">(.*?)</script>', html)[1])
    assert [u["code"] for u in board["units"]][:2] == ["140105", "140106"]
    assert len(board["units"]) == 10
    cells = dict(re.findall(r'row=(\d{6})&amp;number=transfer"[^>]*>([^<]+)<', html))
    assert {u["code"]: u["label"] for u in board["units"]} == cells
    assert "<tc-county-map" in html


def test_all_steps_are_shown_when_asked_for(builtin):
    _, short = get(f"/rules/{RULE}/?period=2021")
    _, long = get(f"/rules/{RULE}/?period=2021&steps=all")
    for name in ("population", "gap", "claim", "standard_need"):
        assert f"number={name}" not in short
        assert f"number={name}" in long


def test_a_value_typed_is_used_marked_and_kept(builtin, language):
    _, before = get(f"/rules/{RULE}/?period=2021", language)
    status, html = get(f"/rules/{RULE}/?period=2021&set.pool=50,000", language)
    assert status == 200
    assert 'name="set.pool" value="50,000"' in html
    assert ("本次改用了 1 个参数值", "1 parameter values were changed")[language == "en"] in html
    assert "500,000,000" in html
    assert "500,000,000" not in before
    _, percent = get(f"/rules/{RULE}/?period=2021&set.coverage=20%25")
    _, plain = get(f"/rules/{RULE}/?period=2021&set.coverage=0.2")
    numbers = r'class="number"[^>]*>([^<]+)<'
    assert re.findall(numbers, percent) == re.findall(numbers, plain)


def test_problems_stand_at_their_fields_all_at_once(builtin, language):
    query = "period=1999&set.coverage=abc&set.pool=1&against=x"
    status, html = get(f"/rules/{RULE}/?{query}", language)
    assert status == 422
    assert 'value="abc"' in html
    assert 'name="set.pool" value="1"' in html
    field = html[html.index('name="set.coverage"') :]
    assert "W008" in field[: field.index("</tr>")]
    periods = html[html.index("<fieldset") : html.index("</fieldset>")]
    assert "W009" in periods
    against = html[html.index('name="against"') :]
    assert "W009" in against[: against.index("</label>")]
    assert ("没有算成，有 3 处要改", "3 to mend")[language == "en"] in html
    assert 'id="result"' not in html


def test_a_value_out_of_range_and_a_parameter_that_is_not_there(builtin):
    id_, name = next(
        (rule.id, n)
        for rule in built_in().rules.values()
        for n, item in rule.declared.parameters.items()
        if item.at_least == 0 and item.by is None
    )
    status, html = get(f"/rules/{id_}/?set.{name}=-1&set.nothing=2")
    assert status == 422
    field = html[html.index(f'name="set.{name}"') :]
    assert "W013" in field[: field.index("</tr>")]
    top = html[html.index('class="problems"') : html.index('id="compute"')]
    assert "W010" in top
    assert "nothing" in top


def test_what_a_form_leaves_empty_is_not_kept_in_the_address(builtin):
    response = Client().get(f"/rules/{RULE}/?period=2021&against=&set.coverage=&set.pool=90000")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/rules/{RULE}/?period=2021&set.pool=90000"
    exchanged = Client().get(
        f"/rules/{RULE}/?period=2021&against=&set.coverage=&set.pool=90000", headers={"HX-Request": "true"}
    )
    assert exchanged.status_code == 200
    assert exchanged.headers["HX-Push-Url"] == f"/rules/{RULE}/?period=2021&set.pool=90000"
    assert "<html" not in exchanged.content.decode()


def test_two_periods_at_once(builtin):
    _, html = get(f"/rules/{RULE}/?period=2020&period=2021")
    result = html[html.index('id="result"') :]
    assert result.index("2021年") < result.index("at=2020")
    assert "at=2021" in result


@pytest.mark.parametrize("query", ["period=2021&against=2020", "period=2021&set.pool=50000&against=in-force"])
def test_why_it_changed_adds_up(builtin, language, query):
    status, html = get(f"/rules/{RULE}/?{query}", language)
    assert status == 200
    change = html[html.index('id="change"') :]
    assert change.index('class="sentences"') < change.index("<table")
    body = change[change.index("<tbody") : change.index("</tbody>")]
    rows = [re.findall(r'<td class="n">([^<]+)</td>', row) for row in body.split("</tr>")[:-1]]
    assert len(rows) == 10
    for row in rows:
        before, after, total, *parts = (round(100 * float(c.replace(",", "").replace("−", "-"))) for c in row)
        assert after - before == total == sum(parts)


def test_comparing_with_the_values_in_force_needs_a_changed_one(builtin):
    status, html = get(f"/rules/{RULE}/?period=2021&against=in-force")
    assert status == 422
    assert "W011" in html


@pytest.mark.parametrize(("suffix", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")])
def test_the_change_is_exported(builtin, suffix, start):
    response = Client().get(f"/rules/{RULE}/change.{suffix}?period=2021&against=2020")
    assert response.status_code == 200
    assert response.content.startswith(start)
    assert response.headers["Content-Type"] == RUN_EXPORTS[f".{suffix}"].media_type


@pytest.mark.parametrize(
    "address",
    [
        "/rules/no.such/",
        f"/rules/{RULE}/result.exe",
        f"/rules/{RULE}/result.csv?period=1999",
        f"/rules/{RULE}/change.csv",
        f"/rules/{RULE}/change.docx?against=2020",
        f"/rules/{RULE}/workings?row=999999",
        f"/rules/{RULE}/workings?row=140105&number=nothing",
        f"/rules/{RULE}/workings?row=140105&at=1999",
        f"/rules/{RULE}/workings?row=140105&set.pool=x",
    ],
)
def test_what_is_not_there_is_not_found(builtin, address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/rules/", f"/rules/{RULE}/", f"/rules/{RULE}/workings", f"/rules/{RULE}/result.csv"]
)
def test_rules_are_to_be_read(builtin, address):
    """Strangers see them, nobody writes to them."""
    assert Client().post(address).status_code == 405


def test_workings_name_every_source_and_paper(builtin, language):
    query = "period=2021&set.coverage=0.25"
    _, html = get(f"/rules/{RULE}/workings?{query}&at=2021&row=140123&number=transfer", language)
    rule = built_in().rules[RULE]
    for item in (*rule.declared.inputs.values(), *rule.declared.parameters.values()):
        assert item.label.text().in_(language) in html
    assert ("本次计算时给定", "given for this run")[language == "en"] in html
    assert html.count("<math") >= len(rule.steps)
    assert f'href="/rules/{RULE}/?{query}#result"'.replace("&", "&amp;") in html
    assert ("娄烦县 2021年 转移支付额", "Loufan County 2021 Transfer")[language == "en"] in words(html)


def test_what_an_algorithm_makes_of_all_places_rests_on_all_of_them(builtin, language):
    rule = built_in().rules["goals.gini_dagum"]
    _, html = get(f"/rules/{rule.id}/workings", language)
    assert html.count(("逐个列出 10 个", "one by one: 10")[language == "en"]) >= 2
    for name in ("娄烦县", "Loufan County")[language == "en"], ("迎泽区", "Yingze District")[language == "en"]:
        assert f"<li>{name} <span>" in html


def test_clauses_lead_to_their_rules(builtin, language):
    known = {clause.id for clause in builtin.policy.clauses}
    serving = by_clause(settings.REGION)
    assert set(serving) <= known
    _, html = get("/policy/", language)
    for clause, rules in serving.items():
        section = html[html.index(f'id="clause-{clause}"') :]
        section = section[: section.index("</section>")]
        for rule in rules:
            assert f'href="/rules/{rule.id}/"' in section


def test_another_documents_clauses_are_not_taken_for_the_policys(builtin):
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = "临河市人民政府关于治水的意见\n一、主要任务\n（一）建设管网。2026年底前建成泵站。（市水务局牵头）\n"
    response = Client().post("/documents/", {"file": SimpleUploadedFile("意见.txt", paper.encode())})
    assert "/rules/fiscal" not in Client().get(response.headers["Location"]).content.decode()


OWN = """\
id: local.{name}
title: {{zh: 自定, en: Own}}
system: S99
clauses: ["3.2"]
method: {{zh: 办法, en: Method, source: us}}
per: [county, year]
says: {{zh: "{{place}} {{doubled}}", en: "{{place}} {{doubled}}"}}
result: doubled
inputs:
  people: {{unit: 人, {where}label: {{zh: 人口, en: people}}}}
parameters:
  times: {{unit: "1", label: {{zh: 倍数, en: times}}}}
columns:
  doubled: {{formula: people * $times, unit: 人, label: {{zh: 成倍, en: multiplied}}}}
"""


def test_a_citys_own_rule_has_its_page_before_it_can_be_computed(builtin, tmp_path, settings, language):
    import shutil

    from tongchou.web.figures.regions import region_named

    folder = tmp_path / "own"
    shutil.copytree(region_named("taiyuan").folder, folder)
    (folder / "rules").mkdir(exist_ok=True)
    held = OWN.format(name="held", where="indicator: population.resident, ")
    (folder / "rules" / "held.yaml").write_text(held, "utf-8")
    (folder / "rules" / "bare.yaml").write_text(OWN.format(name="bare", where=""), "utf-8")
    settings.REGION = str(folder)
    _, html = get("/rules/?words=local", language)
    assert ("参数未定：倍数", "not set: times")[language == "en"] in html
    assert ("缺数据", "figures lacking")[language == "en"] in html
    status, html = get("/rules/local.bare/", language)
    assert status == 200
    assert 'id="result"' not in html
    assert "tongchou compute local.bare" in html
    status, html = get("/rules/local.held/", language)
    assert status == 200
    assert 'id="result"' not in html
    assert ("还没有取值的参数：倍数", "Parameters without a value: times")[language == "en"] in html
    # The last period in which the counties of Taiyuan have residents, doubled.
    status, html = get("/rules/local.held/?period=2020&base=ten_units&set.times=2", language)
    assert status == 200
    assert f">{2 * 1_139_798:,}</a>" in html
    _, other = get("/rules/local.held/?period=2020&base=zone_distributed&set.times=2", language)
    assert f">{2 * 1_357_200:,}</a>" in other


def test_a_regions_own_rules_that_are_wrong_are_told_and_the_others_stand(builtin, tmp_path, settings):
    import shutil

    from tongchou.web.figures.regions import region_named

    folder = tmp_path / "city"
    shutil.copytree(region_named("taiyuan").folder, folder)
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "bad.yaml").write_text("id: local.bad\n", "utf-8")
    settings.REGION = str(folder)
    status, html = get("/rules/")
    assert status == 200
    assert "rules/bad.yaml" in html
    assert f'href="/rules/{RULE}/"' in html
    assert rules_of(str(folder))[1]
