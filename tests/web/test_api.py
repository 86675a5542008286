"""The interface: the same rules of who sees what as the pages, one shape of error, tokens that can be revoked."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.web.api.actions import make_token, revoke_token
from tongchou.web.api.guard import Rate
from tongchou.web.api.models import Token
from tongchou.web.duties.actions.confirming import confirm
from tongchou.web.duties.actions.proposing import propose_commitments
from tongchou.web.duties.actions.reporting import approve_report, submit_report, write_report
from tongchou.web.duties.models import Commitment, ProgressReport
from tongchou.web.duties.words import Said
from tongchou.web.events.models import Event
from tongchou.web.ledger.actions import receive_document
from tongchou.web.people.roles import Role


def token_for(user, *, can_write: bool = False, days: int = 30) -> dict[str, str]:
    _, text = make_token(name="测试", days=days, can_write=can_write, by=user, now=timezone.now())
    return {"Authorization": f"Bearer {text}"}


def get(client: Client, address: str, **headers: str):
    response = client.get(f"/api{address}", headers=headers)
    return response.status_code, json.loads(response.content)


def post(client: Client, address: str, body: object, **headers: str):
    response = client.post(f"/api{address}", data=json.dumps(body), content_type="application/json", headers=headers)
    return response.status_code, json.loads(response.content)


def codes(body) -> list[str]:
    assert set(body) == {"problems"}
    for problem in body["problems"]:
        assert set(problem) == {"code", "where", "message", "hint", "severity"}
    return [p["code"] for p in body["problems"]]


@pytest.fixture
def confirmed(builtin, organisations, person, now) -> Commitment:
    propose_commitments(document=builtin, by=None, now=now)
    one = Commitment.objects.get(printed_by__isnull=False)
    return confirm(commitment=one, by=person(Role.COORDINATOR, "development-reform"), now=now)


OPEN = (
    "/documents",
    "/documents/{document}",
    "/documents/{document}/clauses?kind=measure&words=交通",
    "/documents/{document}/clauses/2.8",
    "/commitments?clause=2&organisation=transport&decision=confirmed&words=地铁",
    "/commitments/{commitment}",
    "/commitments/{commitment}/reports",
    "/organisations?words=财政",
    "/places?kind=county",
    "/indicators?theme=population",
    "/indicators/gdp.per_head",
    "/indicators/gdp.per_head/figures?place=140123",
    "/rules?clause=3.2",
    "/rules/fiscal.equalisation",
    "/rules/fiscal.equalisation/schema",
    "/questions",
)


@pytest.mark.parametrize("address", OPEN)
def test_what_is_approved_is_open_to_a_stranger(confirmed, stranger, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        status, body = get(stranger, address.format(document=confirmed.document_id, commitment=confirmed.pk))
    assert status == 200
    if "items" in body:
        assert body["count"] >= len(body["items"])
        assert set(body) == {"count", "page", "per_page", "items"}


@pytest.mark.parametrize("address", ["/me", "/events"])
def test_what_needs_an_account_refuses_a_stranger_in_the_one_shape(db, stranger, address):
    response = stranger.get(f"/api{address}")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert codes(response.json()) == ["W533"]


def test_documents_of_others_and_proposals_are_not_open(confirmed, stranger, as_, person, now):
    other = receive_document(data="方案\n一、要求\n（市财政局负责）\n".encode(), name="a.txt", region=None, now=now)
    assert get(stranger, f"/documents/{other.pk}")[0] == 404
    assert get(stranger, f"/documents/{other.pk}/clauses")[0] == 404
    assert get(stranger, "/documents")[1]["count"] == 1
    assert get(stranger, "/commitments")[1]["count"] == 1
    proposal = Commitment.objects.filter(decision="proposal").first()
    assert get(stranger, f"/commitments/{proposal.pk}")[0] == 404
    assert get(stranger, f"/commitments/{proposal.pk}/reports")[0] == 404
    client = as_(person(Role.OFFICER, "transport"))
    assert get(client, "/documents")[1]["count"] == 2
    assert get(client, f"/commitments/{proposal.pk}")[0] == 200


def test_drafts_are_seen_by_their_unit_and_the_city_only(confirmed, organisations, stranger, as_, person, now):
    officer, head = person(Role.OFFICER, "transport"), person(Role.HEAD, "transport")
    given = {"commitment": confirmed, "organisation": organisations["transport"], "by": officer, "now": now}
    report = write_report(status=Said.UNDER_WAY, words="审定的", said_on=date(2026, 11, 1), **given)
    approve_report(report=submit_report(report=report, by=officer, now=now), by=head, now=now)
    write_report(status=Said.DONE, words="草稿", said_on=date(2026, 11, 2), **given)

    def words(client) -> set[str]:
        return {r["words"] for r in get(client, f"/commitments/{confirmed.pk}/reports")[1]["items"]}

    assert words(stranger) == words(as_(person(Role.OFFICER, "finance"))) == {"审定的"}
    assert words(as_(officer)) == words(as_(person(Role.LEADER, "municipal-government"))) == {"审定的", "草稿"}


REPORT = {"organisation": "transport", "status": "under_way", "words": "按计划推进", "said_on": "2026-11-20"}


def test_reporting_by_token_needs_the_scope_and_the_unit(confirmed, stranger, person):
    address = f"/commitments/{confirmed.pk}/reports"
    officer = person(Role.OFFICER, "transport")
    assert post(stranger, address, REPORT)[0] == 401
    assert post(stranger, address, REPORT, **token_for(officer))[0] == 403
    wrong = person(Role.OFFICER, "finance")
    assert post(stranger, address, REPORT, **token_for(wrong, can_write=True))[0] == 403
    leader = person(Role.LEADER, "municipal-government")
    assert post(stranger, address, REPORT, **token_for(leader, can_write=True))[0] == 403
    assert not ProgressReport.objects.exists()
    status, body = post(stranger, address, {**REPORT, "submit": True}, **token_for(officer, can_write=True))
    assert (status, body["state"]) == (201, "submitted")
    assert list(Event.objects.filter(kind__startswith="duties.report").values_list("kind", flat=True)) == [
        "duties.report_written",
        "duties.report_submitted",
    ]


def test_reporting_by_session_needs_the_pages_token(confirmed, as_, person):
    officer = person(Role.OFFICER, "transport")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    address = f"/commitments/{confirmed.pk}/reports"
    assert post(strict, address, REPORT)[0] == 403
    assert post(as_(officer), address, REPORT)[0] == 201


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"status": "finished"}, "status"),
        ({"words": ""}, "words"),
        ({"said_on": "soon"}, "said_on"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(confirmed, as_, person, change, where):
    client = as_(person(Role.OFFICER, "transport"))
    status, body = post(client, f"/commitments/{confirmed.pk}/reports", {**REPORT, **change})
    assert status == 422
    assert codes(body) == ["W537"]
    assert body["problems"][0]["where"].endswith(where)


def test_the_log_is_for_each_unit_its_own(confirmed, as_, person, stranger, now, organisations):
    officer = person(Role.OFFICER, "transport")
    given = {"commitment": confirmed, "organisation": organisations["transport"], "by": officer, "now": now}
    write_report(status=Said.UNDER_WAY, words="x", said_on=date(2026, 11, 1), **given)
    own = get(as_(officer), "/events")[1]["items"]
    assert {e["organisation"] for e in own} == {"transport"}
    every = get(as_(person(Role.COORDINATOR, "development-reform")), "/events?per_page=200")[1]
    assert every["count"] > len(own)
    assert all(e["words"]["zh"] != e["kind"] or e["kind"].startswith("duties") for e in every["items"])


def test_pages_of_a_list(builtin, stranger):
    document = f"/documents/{builtin.pk}/clauses"
    every = get(stranger, f"{document}?per_page=200")[1]
    ids = [c["id"] for c in every["items"]]
    assert every["count"] == len(ids)
    third = get(stranger, f"{document}?per_page=3&page=3")[1]
    assert [c["id"] for c in third["items"]] == ids[6:9]
    assert get(stranger, f"{document}?page=1000000")[1]["items"] == []
    for query in ("page=0", "per_page=201", "page=x", "page=9999999999999999999999"):
        assert get(stranger, f"{document}?{query}")[0] == 422


def test_errors_speak_the_language_asked_for(db, stranger):
    assert "no such thing" in get(stranger, "/documents/9?language=en")[1]["problems"][0]["message"]
    assert "没有这一项" in get(stranger, "/documents/9")[1]["problems"][0]["message"]
    assert codes(get(stranger, "/nothing/here")[1]) == ["W535"]
    assert stranger.put("/api/documents").status_code == 405


def test_a_rule_is_computed_on_rows_given(builtin, stranger):
    schema = get(stranger, "/rules/fiscal.per_head/schema")[1]
    row = schema["properties"]["rows"]["items"]["properties"]
    names = [n for n, p in row.items() if n not in ("period", "county") and "number" in str(p.get("type"))]
    rows = [
        {"county": c, "period": "2030", **dict.fromkeys(names, 100 + i)} for i, c in enumerate(("140121", "140123"))
    ]
    values = {n: 1 for n, p in schema["properties"]["parameters"]["properties"].items() if p.get("type") == "number"}
    status, body = post(stranger, "/rules/fiscal.per_head/compute", {"rows": rows, "parameters": values})
    assert status == 200, body
    run = body["run"]
    assert run["schema"] == "tongchou.run/1"
    assert set(run["periods"]) == {"2030"}
    held = {p: run["inputs"][names[0]]["values"][i] for i, p in enumerate(run["places"])}
    assert {p: v for p, v in held.items() if v is not None} == {"140121": 100.0, "140123": 101.0}
    given = {s for cells in run["inputs"].values() for s in cells["status"]}
    assert given == {"assumed", None}  # nothing is held for that year; a county left out has no number
    from tongchou.rules.run import replay

    assert replay(run)["hash"] == run["hash"]


@pytest.mark.parametrize(
    "body",
    [
        {"rows": [{"county": "140121", "period": "2030", "no_such": 1}]},
        {"rows": [{"period": "2030"}]},
        {"rows": [{"county": "140121", "period": "2030", "population": "many"}]},
        {"parameters": {"no_such": 1}},
        {"periods": ["20x"]},
        {"periods": ["1800"]},
        {"rows": "all"},
        {"base": "no_such"},
    ],
)
def test_what_a_rule_cannot_take_is_a_problem(builtin, stranger, body):
    status, said = post(stranger, "/rules/fiscal.equalisation/compute", body)
    assert status == 422
    assert codes(said)


def test_a_token_is_shown_once_kept_as_a_hash_and_can_be_revoked(as_, person, stranger):
    officer, other = person(Role.OFFICER, "transport"), person(Role.OFFICER, "finance")
    client = as_(officer)
    html = client.post("/api/tokens", {"name": "周报脚本", "days": "30", "scope": "read"}).content.decode()
    text = html[html.index("tc_") :].split("<")[0]
    token = Token.objects.get()
    assert text not in str(token.__dict__)
    assert text not in client.get("/api/tokens").content.decode()
    assert token.start in client.get("/api/tokens").content.decode()
    asked = {"Authorization": f"Bearer {text}"}
    status, me = get(stranger, "/me", **asked)
    assert (status, me["token"], me["can_write"]) == (200, "周报脚本", False)
    assert me["roles"] == [{"organisation": "transport", "role": "officer"}]
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()
    assert as_(other).post(f"/api/tokens/{token.pk}/revoke").status_code == 404
    assert get(stranger, "/me", **asked)[0] == 200
    assert client.post(f"/api/tokens/{token.pk}/revoke").status_code == 302
    assert get(stranger, "/me", **asked)[0] == 401
    assert get(stranger, "/documents", **asked)[0] == 401  # a token that is sent must be a good one
    assert stranger.get("/api/tokens").status_code == 302
    assert stranger.post(f"/api/tokens/{token.pk}/revoke").status_code == 302


def test_tokens_expire_and_end_with_the_account(person, stranger):
    officer = person(Role.OFFICER, "transport")
    asked = token_for(officer, days=1)
    Token.objects.update(created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(days=1))
    assert get(stranger, "/me", **asked)[0] == 401
    asked = token_for(officer)
    assert get(stranger, "/me", **asked)[0] == 200
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert get(stranger, "/me", **asked)[0] == 401
    for wrong in ("Bearer", "Bearer x", "Basic eDp4", "Bearer " + "x" * 5000):
        assert get(stranger, "/documents", Authorization=wrong)[0] == 401


def test_a_token_needs_a_name_and_days(as_, person, now):
    officer = person(Role.OFFICER, "transport")
    with pytest.raises(ProblemsError) as error:
        make_token(name=" ", days=0, can_write=False, by=officer, now=now)
    assert [p.code for p in error.value.problems] == ["W530", "W531"]
    client = as_(officer)
    assert client.post("/api/tokens", {"name": "x", "days": "９９"}).status_code == 422
    for n in range(20):
        make_token(name=f"{n}", days=1, can_write=False, by=officer, now=timezone.now())
    with pytest.raises(ProblemsError) as error:
        make_token(name="21", days=1, can_write=False, by=officer, now=timezone.now())
    assert [p.code for p in error.value.problems] == ["W532"]
    revoke_token(token=Token.objects.first(), by=officer, now=now)
    make_token(name="21", days=1, can_write=False, by=officer, now=timezone.now())


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("token_has_name", {"name": ""}),
        ("token_hash_is_hex", {"hash": "x"}),
        ("token_expires_later", {"expires_at": "was"}),
    ],
)
def test_the_database_refuses_impossible_tokens(person, now, name, values):
    token, _ = make_token(name="x", days=1, can_write=False, by=person(Role.OFFICER, "transport"), now=now)
    given = {k: token.created_at if v == "was" else v for k, v in values.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Token.objects.update(**given)


def test_requests_are_limited_by_address_and_by_person(db, stranger, settings, rf, person):
    from django.contrib.auth.models import AnonymousUser
    from django.core.cache import cache

    settings.API_RATES = True
    cache.clear()
    rate = Rate("2/m", "3/m")
    request = rf.get("/api/documents", REMOTE_ADDR="10.1.1.1")
    request.user = AnonymousUser()
    assert [rate.allow_request(request) for _ in range(3)] == [True, True, False]
    request.user = person(Role.OFFICER, "transport")
    assert [rate.allow_request(request) for _ in range(4)] == [True, True, True, False]
    request.META["HTTP_X_FORWARDED_FOR"] = "1.2.3.4"  # anybody can write that
    assert not rate.allow_request(request)
    cache.clear()
    answers = [stranger.get("/api/organisations", REMOTE_ADDR="10.1.1.2") for _ in range(121)]
    assert [a.status_code for a in answers[119:]] == [200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert codes(answers[-1].json()) == ["W536"]
    cache.clear()
