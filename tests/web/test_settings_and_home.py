"""Settings are safe by default; the home folder and the database are what the environment says."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys

import pytest
from django.db import connection

from tongchou.web.database import settings_for
from tongchou.web.home import home, secret_key


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **environment}
    )


def test_the_secret_is_drawn_once_and_private(tmp_path):
    first = secret_key(tmp_path)
    assert len(first) >= 50
    assert secret_key(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_home_follows_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("TONGCHOU_HOME", str(tmp_path / "a" / "b"))
    assert home() == tmp_path / "a" / "b"
    monkeypatch.delenv("TONGCHOU_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    if sys.platform == "linux":
        assert home() == tmp_path / "xdg" / "tongchou"


@pytest.mark.parametrize("environment", [{"TONGCHOU_DEBUG": "1"}, {"TONGCHOU_SECRET_KEY": "short"}])
def test_production_refuses_unsafe_settings(tmp_path, environment):
    done = python("import tongchou.web.settings", TONGCHOU_PRODUCTION="1", TONGCHOU_HOME=str(tmp_path), **environment)
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr


def test_addresses_of_databases(tmp_path):
    assert settings_for(None, tmp_path)["NAME"] == str(tmp_path / "tongchou.sqlite3")
    assert settings_for("sqlite:////var/x%20y.db", tmp_path)["NAME"] == "//var/x y.db"
    given = settings_for("postgresql://us%40er:p%2Fw@db.local:5433/na%20me", tmp_path)
    assert [given[k] for k in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "us@er",
        "p/w",
        "db.local",
        "5433",
        "na me",
    ]
    with pytest.raises(ValueError, match="must begin with"):
        settings_for("mysql://x", tmp_path)


def test_a_busy_port_is_one_clear_problem(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "tongchou", "demo", "--port", str(port), "--no-browser"],
            capture_output=True, text=True, env={**os.environ, "TONGCHOU_HOME": str(tmp_path)}, timeout=60,
        )  # fmt: skip
    assert done.returncode == 2
    assert "W001" in done.stderr
    assert str(port + 1) in done.stderr


@pytest.mark.parametrize(
    ("environment", "code"),
    [({"TONGCHOU_HOME": "/proc/no/such"}, "W004"), ({"TONGCHOU_DATABASE_URL": "mysql://x/y"}, "W005")],
)
def test_a_wrong_environment_is_one_clear_problem(tmp_path, environment, code):
    done = subprocess.run(
        [sys.executable, "-m", "tongchou", "demo", "--port", "18999", "--no-browser"],
        capture_output=True, text=True, env={**os.environ, "TONGCHOU_HOME": str(tmp_path), **environment}, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert code in done.stderr
    assert "Traceback" not in done.stderr


def test_every_test_runs_on_the_database_chosen(db):
    """`make test` runs this suite twice; a setting that failed to arrive would make it the same run twice."""
    chosen = os.environ.get("TONGCHOU_TEST_DATABASE", "sqlite")
    assert connection.vendor == chosen
