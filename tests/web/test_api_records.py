"""Runs, money, registers and rounds through the interface, on the records of the demonstration."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.conftest import NOW, demonstrated

from tongchou.web.api.actions import make_token
from tongchou.web.collection.models import Answer, Entry
from tongchou.web.people.models import User
from tongchou.web.registers.models import Row
from tongchou.web.runs.models import Run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def _demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), demonstrated(NOW):
        yield


@pytest.fixture
def demo(_demonstration, db) -> dict[str, User]:
    return {u.username: u for u in User.objects.all()}


def ask(address: str, user: User | None = None, body: object = None, method: str = "post", *, write: bool = True):
    client = Client()
    headers = {}
    if user is not None:
        _, text = make_token(name="x", days=1, can_write=write, by=user, now=timezone.now())
        headers = {"Authorization": f"Bearer {text}"}
    if body is None:
        response = client.get(f"/api{address}", headers=headers)
    else:
        call = getattr(client, method)
        response = call(f"/api{address}", data=json.dumps(body), content_type="application/json", headers=headers)
    return response.status_code, json.loads(response.content)


def test_runs_are_seen_as_on_their_pages(demo):
    states = set(Run.objects.values_list("state", flat=True))
    assert len(states) > 1, "the demonstration has runs on several steps"
    seen = {
        who: {r["state"] for r in ask("/runs", demo.get(who))[1]["items"]}
        for who in ("", "loufan-officer", "coordinator")
    }
    assert seen[""] <= {"published"}
    assert seen["loufan-officer"] <= {"approved", "published"}
    assert seen["coordinator"] == states
    hidden = Run.objects.exclude(state__in=("approved", "published")).first()
    assert ask(f"/runs/{hidden.pk}")[0] == 404
    assert ask(f"/runs/{hidden.pk}", demo["coordinator"])[0] == 200
    shown = Run.objects.filter(record__isnull=False).first()
    status, body = ask(f"/runs/{shown.pk}", demo["coordinator"])
    assert (status, body["record"]["hash"]) == (200, shown.record_id)
    assert ask("/runs?state=published&rule=no.such")[1]["count"] == 0


def test_money_is_for_the_city_and_those_it_concerns(demo):
    assert ask("/movements")[0] == 401
    every = ask("/movements", demo["coordinator"])[1]
    own = ask("/movements", demo["loufan-officer"])[1]
    assert every["count"] > own["count"] > 0
    assert all("娄烦县" in m["payer"]["zh"] + m["payee"]["zh"] for m in own["items"])
    year = every["items"][0]["year"]
    address = f"/organisations/county-140123/statements/{year}"
    assert ask(address)[0] == 401
    assert ask(address, demo["qingxu-officer"])[0] == 404
    status, body = ask(address, demo["loufan-head"])
    assert status == 200
    assert body["balance_fen"] == body["income_fen"] - body["outgo_fen"]
    assert len(body["flows"]) > 0
    assert ask("/organisations/none/statements/2021", demo["coordinator"])[0] == 404


def test_rows_are_read_changed_and_refused(demo):
    registers = ask("/registers")[1]["items"]
    assert len(registers) > 5
    row = Row.objects.filter(organisation="county-140123", withdrawn_at__isnull=True).first()
    address = f"/registers/{row.register}/rows/{row.pk}"
    listed = ask(f"/registers/{row.register}/rows?place={row.place}", demo["coordinator"])[1]
    assert row.pk in {r["id"] for r in listed["items"]}
    status, held = ask(address, demo["loufan-officer"])
    assert (status, held["version"]) == (200, row.version)
    change = {"values": {}, "version": held["version"]}
    assert ask(address, None, change, "patch")[0] == 401
    assert ask(address, demo["loufan-officer"], change, "patch", write=False)[0] == 403
    assert ask(address, demo["qingxu-officer"], change, "patch")[0] in (403, 404)
    status, body = ask(address, demo["loufan-officer"], {**change, "version": held["version"] + 7}, "patch")
    assert status == 422
    assert body["problems"][0]["code"] == "D060"
    status, body = ask(f"{address}/moves", demo["loufan-officer"], {"move": "no_such", "version": held["version"]})
    assert status == 422
    assert ask(f"{address}/moves", demo["qingxu-officer"], {"move": "x", "version": 1})[0] in (403, 404)
    assert ask(f"/registers/{row.register}/rows", demo["loufan-officer"], {"values": {}})[0] in (403, 422)
    assert ask(f"/registers/{row.register}/rows", None, {"values": {}})[0] == 401
    assert ask("/registers/none/rows")[0] == 404


def test_a_round_is_filled_in_by_its_unit_only(demo):
    answer = Answer.objects.filter(
        state="open", round__state="open", organisation__in=("county-140123", "county-140121")
    ).first()
    if answer is None:
        pytest.skip("the demonstration has no open answer of these units")
    unit = "loufan" if answer.organisation_id == "county-140123" else "qingxu"
    other = "qingxu" if unit == "loufan" else "loufan"
    officer, wrong = demo[f"{unit}-officer"], demo[f"{other}-officer"]
    assert ask("/answers")[0] == 401
    assert answer.pk in {a["id"] for a in ask("/answers?state=open", officer)[1]["items"]}
    assert answer.pk not in {a["id"] for a in ask("/answers", wrong)[1]["items"]}
    address = f"/answers/{answer.pk}/cells"
    assert ask(address, wrong)[0] == 404
    cells = ask(f"{address}?per_page=200", officer)[1]["items"]
    cell = next((c for c in cells if c["version"] == 0), cells[0])
    body = {"cells": [{"indicator": cell["indicator"], "period": cell["period"], "typed": "123", "source": "台账",
                       "version": cell["version"]}]}  # fmt: skip
    assert ask(address, None, body)[0] == 401
    assert ask(address, officer, body, write=False)[0] == 403
    assert ask(address, wrong, body)[0] == 404
    assert ask(address, demo["coordinator"], body)[0] == 403
    status, saved = ask(address, officer, body)
    assert (status, saved.get("changed")) == (200, 1), saved
    held = Entry.objects.get(answer=answer, indicator=cell["indicator"], period=cell["period"])
    assert held.value == 123
    again = {"cells": [{**body["cells"][0], "typed": "124", "version": held.version + 5}]}
    assert ask(address, officer, again)[0] == 422
    strange = {"cells": [{"indicator": "no.such", "period": "2021", "typed": "1"}]}
    status, said = ask(address, officer, strange)
    assert (status, said["problems"][0]["code"]) == (422, "W540")
