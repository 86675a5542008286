"""NUL is refused wherever it arrives, with the same answer on both databases."""

from __future__ import annotations

import pytest

from tongchou.web.people.roles import Role


@pytest.mark.parametrize("address", ["/search/?words=a%00b", "/duties/?words=%00", "/ledger/?party=%00"])
def test_in_an_address(stranger, builtin, address):
    assert stranger.get(address).status_code == 400


def test_in_a_form(person, as_):
    response = as_(person(Role.ADMINISTRATOR, "finance")).post("/people/", {"name": "a\0b"})
    assert response.status_code == 400


@pytest.mark.parametrize("body", [b'{"title": "a\\u0000b"}', b'{"title": "a\0b"}'])
def test_in_json(stranger, body):
    response = stranger.post("/api/rules/fiscal.equalisation/compute", body, content_type="application/json")
    assert response.status_code == 422
    assert response.json()["problems"][0]["code"] == "W014"


@pytest.mark.parametrize("called", ["text/plain", "multipart/form-data; boundary=x"])
def test_in_json_that_is_called_something_else(stranger, called):
    address = "/api/rules/fiscal.equalisation/compute"
    assert stranger.post(address, b'{"title": "a\0b"}', content_type=called).json()["problems"][0]["code"] == "W014"


def test_an_interface_address_that_is_sent_a_form_says_what_is_wrong(stranger):
    response = stranger.post("/api/rules/fiscal.equalisation/compute", {"title": "a"})
    assert 400 <= response.status_code < 500


def test_what_holds_none_passes(stranger, builtin):
    assert stranger.get("/search/?words=100%2500").status_code == 200
