"""Pages of runs: who sees which, forms, files, comparison; at most 15 queries each."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tongchou.web.people.roles import Role
from tongchou.web.runs import views
from tongchou.web.runs.models import Run


@pytest.fixture
def county(person):
    return person(Role.OFFICER, "county-140123")


def test_a_stranger_sees_what_is_published_a_county_what_is_approved(run_at, stranger, county, as_, hands):
    draft, approved, published = run_at("submitted"), run_at("approved"), run_at("published")
    seen = {
        stranger: (404, 404, 200),
        as_(county): (404, 200, 200),
        as_(hands["reviewer"]): (200, 200, 200),
        as_(hands["coordinator"]): (200, 200, 200),
    }
    for client, expected in seen.items():
        for run, status in zip((draft, approved, published), expected, strict=True):
            for page in ("", "workings", "verify", "result.json", "result.xlsx", "result.docx", "result.csv"):
                assert client.get(f"/runs/{run.pk}/{page}").status_code == status, (page, run.state)
        assert client.get(f"/runs/{published.pk}/compare/{approved.pk}/").status_code == expected[1]
        assert client.get(f"/runs/{published.pk}/compare/{approved.pk}/change.xlsx").status_code == expected[1]


def test_a_job_that_ends_while_the_page_is_made_shows_its_result(run_at, as_, hands, monkeypatch):
    """The run was read before the result was there, the job after: a page that says done must have the result."""
    run = run_at("draft")
    early = Run.objects.get(pk=run.pk)
    early.record = None
    read = iter([early])
    usual = views.get_object_or_404
    monkeypatch.setattr(views, "get_object_or_404", lambda *words, **named: next(read, None) or usual(*words, **named))
    assert 'id="result"' in as_(hands["finance"]).get(f"/runs/{run.pk}/").content.decode()
    assert next(read, None) is None  # the early one was used


def test_moving_needs_the_permission_of_the_step(run_at, stranger, county, as_, hands, person):
    run = run_at("submitted")
    form = {"step": "review", "seen": "submitted", "comment": "同意"}
    address = f"/runs/{run.pk}/move"
    assert stranger.post(address, form).status_code == 302
    assert as_(county).post(address, form).status_code == 404
    assert as_(hands["coordinator"]).post(address, form).status_code == 403
    assert as_(hands["finance"]).post(address, form).status_code == 403
    assert as_(person(Role.REVIEWER, "transport")).post(address, form).status_code == 404
    assert as_(hands["reviewer"]).post(address, form).status_code == 302
    again = as_(hands["reviewer"]).post(address, form)
    assert again.status_code == 422
    assert "W410" in again.content.decode()
    assert as_(hands["reviewer"]).post(address, {**form, "step": "fly"}).status_code == 404


def test_what_was_typed_stays_when_a_step_is_refused(run_at, as_, hands):
    run = run_at("submitted")
    page = as_(hands["reviewer"]).post(f"/runs/{run.pk}/move", {"step": "return", "seen": "submitted", "comment": ""})
    assert page.status_code == 422
    assert "W413" in page.content.decode()


def test_the_page_offers_each_only_their_steps(run_at, as_, hands):
    run = run_at("submitted")
    assert "审核通过" in as_(hands["reviewer"]).get(f"/runs/{run.pk}/").content.decode()
    page = as_(hands["finance"]).get(f"/runs/{run.pk}/").content.decode()
    assert "审核通过" not in page
    assert "撤回" in page


def test_saving_from_the_rules_page(as_, hands, stranger, county, person):
    address = "/runs/new/fiscal.equalisation/"
    assert stranger.get(address).status_code == 302
    assert as_(county).get(address).status_code == 403
    assert as_(person(Role.REVIEWER, "finance")).get(address).status_code == 403
    client = as_(hands["finance"])
    rule_page = client.get("/rules/fiscal.equalisation/?period=2021").content.decode()
    assert "保存为测算" in rule_page
    assert "保存为测算" not in Client().get("/rules/fiscal.equalisation/?period=2021").content.decode()
    page = client.get(f"{address}?period=2021&set.coverage=0.6")
    assert "设想值" in page.content.decode()
    form = {
        "period": "2021",
        "set.coverage": "0.6",
        "title": "试算",
        "purpose": "比较",
        "organisation": "finance",
        "figures_on": "2026-01-31",
    }
    assert client.post(address, {**form, "title": "", "figures_on": "9999-12-31"}).status_code == 422
    assert client.post(address, {**form, "organisation": "transport"}).status_code == 422
    assert client.post(address, {**form, "period": "1999"}).status_code == 422
    assert client.post(address, {**form, "supersedes": "12345"}).status_code == 422
    assert client.get("/runs/new/no.such/").status_code == 404
    made = client.post(address, form)
    assert made.status_code == 302
    run = Run.objects.get()
    assert (run.settings, run.periods, run.title) == ({"coverage": 0.6}, ["2021"], "试算")
    text = client.get(made.headers["Location"]).content.decode()
    assert "【设想】" in text
    assert "草稿" in text


def test_a_draft_is_renamed_and_computed_again_by_those_who_draft(run_at, as_, hands):
    run = run_at("draft", periods=["1999"])
    address = f"/runs/{run.pk}/edit"
    assert as_(hands["reviewer"]).post(address, {"title": "x"}).status_code == 403
    client = as_(hands["finance"])
    assert client.post(address, {"title": ""}).status_code == 422
    assert client.post(address, {"title": "改名"}).status_code == 302
    assert "没有做成" in client.get(f"/runs/{run.pk}/").content.decode()
    assert client.post(address, {"again": "1"}).status_code == 302
    assert Run.objects.get().title == "改名"


def test_the_record_downloads_as_it_is_kept_and_verifies(run_at, as_, hands):
    run = run_at("approved")
    client = as_(hands["finance"])
    assert json.loads(client.get(f"/runs/{run.pk}/result.json").content)["hash"] == run.record_id
    assert "相符" in client.get(f"/runs/{run.pk}/verify").content.decode()
    assert client.get(f"/runs/{run.pk}/result.exe").status_code == 404
    assert client.get(f"/runs/{run.pk}/workings?number=nothing").status_code == 404
    page = client.get(f"/runs/{run.pk}/?steps=all").content.decode()
    assert f"/runs/{run.pk}/workings?" in page
    assert "/rules/fiscal.equalisation/workings?" not in page


def test_two_runs_compare_to_the_fen(run_at, as_, hands):
    one, two = run_at("approved"), run_at("approved", settings={"coverage": 0.9})
    other = run_at("approved", rule="fiscal.grant", periods=["2021"])
    client = as_(hands["finance"])
    page = client.get(f"/runs/{one.pk}/compare/{two.pk}/")
    assert page.status_code == 200
    assert "补助系数" in page.content.decode()
    for suffix in ("xlsx", "csv", "json"):
        assert client.get(f"/runs/{one.pk}/compare/{two.pk}/change.{suffix}").status_code == 200
    change = json.loads(client.get(f"/runs/{one.pk}/compare/{two.pk}/change.json").content)
    assert [one.record_id, two.record_id] == [r["hash"] if isinstance(r, dict) else r for r in _hashes(change)]
    assert client.get(f"/runs/{one.pk}/compare/{other.pk}/").status_code == 422
    assert client.get(f"/runs/{one.pk}/compare/{two.pk}/?from=1900").status_code == 404
    assert client.get(f"/runs/{one.pk}/compare/{two.pk}/change.pdf").status_code == 404


def _hashes(change) -> list:
    text = json.dumps(change)
    import re

    return list(dict.fromkeys(re.findall(r"[0-9a-f]{64}", text)))[:2]


def test_lists_are_filtered_and_exported(run_at, as_, hands):
    run_at("approved"), run_at("draft", title="另一项")
    client = as_(hands["finance"])
    assert "另一项" in client.get("/runs/?state=draft").content.decode()
    assert "另一项" not in client.get("/runs/?state=approved").content.decode()
    assert "另一项" in client.get("/runs/?words=另一").content.decode()
    assert "没有符合条件的测算" in client.get("/runs/?rule=no.such").content.decode()
    for suffix in ("xlsx", "docx", "csv"):
        assert client.get(f"/runs/list.{suffix}").status_code == 200


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_take_few_queries(run_at, as_, hands, django_assert_max_num_queries, language):
    run, other = run_at("approved"), run_at("published")
    for _ in range(5):
        run_at("approved")
    client = as_(hands["finance"])
    for page in ("", f"{run.pk}/", f"{run.pk}/compare/{other.pk}/", "new/fiscal.equalisation/", "list.csv"):
        with django_assert_max_num_queries(15):
            assert client.get(f"/runs/{page}?language={language}").status_code == 200
