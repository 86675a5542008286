"""The description is OpenAPI 3.1, and the interface does what it describes: schemathesis tries every operation."""

from __future__ import annotations

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.definitions import OPENAPI_31

from tongchou.web.api.actions import make_token
from tongchou.web.api.interface import api
from tongchou.web.duties.actions.confirming import confirm
from tongchou.web.duties.actions.proposing import propose_commitments
from tongchou.web.duties.models import Commitment
from tongchou.web.people.roles import Role
from tongchou.web.wsgi import application

DESCRIPTION = api.get_openapi_schema()
schema = schemathesis.openapi.from_dict(DESCRIPTION)
schema.app = application


def test_the_description_is_openapi_3_1(db, client):
    served = client.get("/api/openapi.json")
    assert served.status_code == 200
    assert served.json()["openapi"] == "3.1.0"
    jsonschema.Draft202012Validator(OPENAPI_31).validate(served.json())


def test_every_operation_says_what_it_is_for_and_how_it_can_fail():
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"] and operation["description"], path
            assert {"401", "422", "429"} <= set(map(str, operation["responses"])), (path, method)


def test_the_page_of_the_description_lists_every_operation(db, client):
    html = client.get("/api/docs").content.decode()
    assert all(path in html for path in DESCRIPTION["paths"])


@pytest.fixture
def token(builtin, organisations, person, now) -> str:
    propose_commitments(document=builtin, by=None, now=now)
    one = Commitment.objects.get(printed_by__isnull=False)
    confirm(commitment=one, by=person(Role.COORDINATOR, "development-reform"), now=now)
    _, text = make_token(name="x", days=30, can_write=True, by=person(Role.OFFICER, "transport"), now=now)
    return text


@schema.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_interface_does_what_it_describes(case, token):
    # In process nothing undoes compression.
    case.call_and_validate(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
