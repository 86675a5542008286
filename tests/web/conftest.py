"""A database with the built-in policy in it, and clients that speak either language."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tongchou.web.builtin import receive_builtin
from tongchou.web.ledger.models import Document


@pytest.fixture
def builtin(db) -> Document:
    (document,) = receive_builtin()
    return document


@pytest.fixture(params=["zh", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture
def visitor(builtin, language) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client
