"""The log says what happened and how long it took, and nothing that anybody wrote or who they are."""

from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest
from django.test import Client

from tongchou.web.operations.logs import REQUESTS, logging_for
from tongchou.web.people.roles import Role

PRIVATE = ("张三丰", "zhang@example.org", "correct-horse-9", "为什么娄烦县没有地铁", "140123198001011234")


@pytest.fixture(params=["json", "text"])
def log(request):
    """Return what is written while a test runs, as the production would write it."""
    stream = io.StringIO()
    chosen = logging_for(request.param, production=True, debug=False)
    chosen["handlers"]["console"]["stream"] = stream
    logging.config.dictConfig(chosen)
    yield stream
    logging.config.dictConfig(logging_for(None, production=False, debug=False))


def clean(stream: io.StringIO) -> str:
    written = stream.getvalue()
    assert [p for p in PRIVATE if p in written] == []
    return written


def test_a_request_is_one_line_with_its_route(log, stranger, request):
    answer = stranger.get(f"/figures/{PRIVATE[0]}/", {"q": PRIVATE[3]})
    (line,) = clean(log).splitlines()
    assert answer.headers["X-Request-ID"] in line
    assert "%E5" not in line and "figures/" not in line
    if line.startswith("{"):
        told = json.loads(line)
        assert {k: told[k] for k in ("method", "route", "status")} == {
            "method": "GET",
            "route": "indicator",
            "status": 404,
        }
        assert told["ms"] > 0
    else:
        assert "route=indicator" in line


@pytest.mark.django_db
def test_signing_in_writes_neither_name_nor_password(log, stranger):
    stranger.post("/sign-in/", {"username": PRIVATE[1], "password": PRIVATE[2]})
    assert "sign-in" in clean(log)


def test_an_error_shows_its_lines_of_code_and_not_its_words(log, as_, person, monkeypatch):
    def fails(request):
        try:
            raise KeyError(PRIVATE[1])
        except KeyError as error:
            raise ValueError(f"Key (username)=({PRIVATE[0]}) already exists: {PRIVATE[3]}") from error

    monkeypatch.setattr("tongchou.web.pages.views.chosen_document", fails)
    user = person(Role.OFFICER, "transport")
    user.name = PRIVATE[0]
    user.save()
    client = as_(user)
    client.raise_request_exception = False
    assert client.get("/", {"indicator": PRIVATE[4]}, headers={"referer": f"/?q={PRIVATE[3]}"}).status_code == 500
    written = clean(log)
    assert "ValueError" in written and "KeyError" in written and "test_logs.py" in written
    assert user.username not in written


def test_what_libraries_fill_in_is_left_out(log):
    logging.getLogger("django.request").error("Internal Server Error: %s", f"/people/{PRIVATE[0]}", exc_info=False)
    logging.getLogger("django.security.csrf").error(f"Invalid HTTP_HOST header: {PRIVATE[1]!r}")
    logging.getLogger("axes").warning("AXES: Repeated login failure by %s.", PRIVATE[1])
    logging.getLogger("waitress").error("Exception while serving %s", f"/q/{PRIVATE[3]}")
    written = clean(log)
    assert "Internal Server Error: …" in written
    assert "django.security.csrf" in written
    assert "Exception while serving …" in written


@pytest.mark.django_db
def test_a_wrong_host_and_a_forged_form_tell_nothing(log, stranger):
    Client(raise_request_exception=False).get("/", headers={"host": "zhang@example.org"})
    Client(enforce_csrf_checks=True).post("/sign-in/", {"username": PRIVATE[0]}, headers={"referer": PRIVATE[3][:0]})
    clean(log)


def test_requests_are_logged_where_it_runs_for_real_only():
    def level(chosen, production):
        return logging_for(chosen, production=production, debug=False)["loggers"][REQUESTS]["level"]

    assert [level(None, True), level(None, False), level("text", False)] == ["INFO", "WARNING", "INFO"]
    with pytest.raises(ValueError, match="json or text"):
        logging_for("xml", production=True, debug=False)
