"""`tongchou worker`: waits for the database, gives signs of life, ends in order."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from tests.web.operations.running import environment, serving, tongchou, until

pytestmark = pytest.mark.processes


@pytest.mark.skipif(os.name != "posix", reason="ends by SIGTERM")
def test_a_worker_started_first_waits_and_is_seen_by_readyz(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    worker = subprocess.Popen([sys.executable, "-m", "tongchou", "worker"], env=environment(home))
    try:
        with serving(home) as served:
            until(lambda: json.loads(served.get("/readyz")[1])["worker"] == "alive")
            status, told = served.get("/readyz")
            assert (status, json.loads(told)["status"]) == (200, "ready")
            worker.terminate()
            assert worker.wait(timeout=240) == 0
            assert json.loads(served.get("/readyz")[1])["status"] == "degraded"
    finally:
        worker.kill()
        worker.wait()


def test_a_wrong_environment_is_one_clear_problem(tmp_path):
    done = tongchou("worker", home=tmp_path, TONGCHOU_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 2 and "W806" in done.stderr and "Traceback" not in done.stderr
