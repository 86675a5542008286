"""/healthz and /readyz: for everybody, cheap, and true."""

from __future__ import annotations

import os
import time
from collections import namedtuple

import pytest
from django.db import OperationalError, connection
from django.test import Client
from tests.web.operations.running import until

from tongchou.web.operations import health, heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(tmp_path, settings):
    settings.HOME = tmp_path


def test_alive_needs_nothing(settings, django_assert_num_queries):
    settings.ALLOWED_HOSTS = ["workbench.example"]
    settings.SECURE_SSL_REDIRECT = True
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert "Set-Cookie" not in answer.headers


def test_ready_says_what_was_looked_at(settings, django_assert_max_num_queries):
    settings.SECURE_SSL_REDIRECT = True
    Client().get("/readyz")
    with django_assert_max_num_queries(1):
        answer = Client().get("/readyz")
    assert answer.status_code == 200
    expected = {"status": "degraded", "database": True, "migrations": True, "disk": True, "worker": "never seen"}
    assert answer.json() == expected


def test_the_worker_is_alive_while_it_beats_and_silent_a_minute_later(tmp_path, monkeypatch):
    monkeypatch.setattr(heartbeat, "EVERY", 3600)  # one sign only, however long the test takes
    with heartbeat.beating():
        until(lambda: heartbeat.state() is heartbeat.State.ALIVE)
        assert Client().get("/readyz").json()["status"] == "ready"
        old = time.time() - 61
        os.utime(tmp_path / "worker-alive", (old, old))
        assert Client().get("/readyz").json()["worker"] == "silent"
    assert heartbeat.state() is heartbeat.State.NEVER_SEEN


def test_not_ready_without_database(monkeypatch):
    def away():
        raise OperationalError("password authentication failed for user 张三")

    monkeypatch.setattr(connection, "cursor", away)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
    assert "张三" not in answer.content.decode()


def test_not_ready_with_a_full_disk(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage(10**9, 10**9, 10**6))
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["disk"]) == (503, False)


def test_not_ready_before_the_migrations(monkeypatch):
    monkeypatch.setattr(health, "_is_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'files'")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)
