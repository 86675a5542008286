"""The description is OpenAPI 3.1, and the interface does what it describes: schemathesis tries every operation."""

from __future__ import annotations

import jsonschema
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection
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
# No text may hold a NUL (tests/web/test_nul.py); a JSON Schema has no words for that.
schema.config.generation.update(allow_x00=False)


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


@pytest.fixture
def kept_connection():
    """Requests sent straight to the application would close the connection, and with it the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_interface_does_what_it_describes(case, token, kept_connection):
    # In process nothing undoes compression. A query may hold words the interface does not know; they are passed over.
    case.call_and_validate(
        headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"},
        excluded_checks=[negative_data_rejection],
    )
