"""A workbench with people in it, on either kind of database, that tests may treat badly."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.web.operations.databases import database
from tests.web.operations.running import environment, tongchou

ROOT = Path(__file__).parents[2]
TOKEN = "0123456789abcdef0123456789abcdef"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.reliability)
            item.add_marker(pytest.mark.processes)
            if os.name != "posix":
                item.add_marker(pytest.mark.skip(reason="kills processes by POSIX signals"))


@dataclass
class Workbench:
    """Its folder, its database, and the people who have signed in."""

    home: Path
    chosen: dict[str, str]
    people: dict[str, Any] = field(default_factory=dict)

    def script(self, *words: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "tests.reliability.setting_up", *words],
            capture_output=True, text=True, cwd=ROOT, env=environment(self.home, **self.chosen), timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def verify(self) -> None:
        """Nothing is half done: the chain, the files, the ledger of movements, the database itself."""
        done = tongchou("verify", home=self.home, **self.chosen)
        assert done.returncode == 0, done.stdout + done.stderr


@dataclass
class Person:
    """Somebody who has signed in, speaking HTTP to a server that may die at any moment."""

    url: str
    session: str

    def ask(self, path: str, **form: str) -> tuple[int, str]:
        """Return status and text, or 0 where the server gave no answer; redirections are not followed."""
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.url + path, data, headers)  # noqa: S310
        try:
            with _open.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except (OSError, ValueError):
            return 0, ""
        except Exception as error:  # http.client's own, when a connection is cut inside an answer
            assert type(error).__module__ == "http.client", error
            return 0, ""

    def propose(self, cell: str, value: int) -> int:
        return self.ask(cell, verb="propose", value=str(value), source="统计公报", reason="更正", status="reported")[0]

    def waiting(self, cell: str) -> str | None:
        """The number of the proposal that waits in a cell, as its page shows it."""
        found = re.search(r'name="record" value="(\d+)"', self.ask(cell)[1])
        return found[1] if found else None

    def approve(self, cell: str, record: str) -> int:
        return self.ask(cell, verb="approve", record=record)[0]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


_open = urllib.request.build_opener(_NoRedirect)


def cell_of(place: str, number: int) -> tuple[str, str]:
    """The period and address of a cell nobody has entered yet."""
    period = f"{2030 + number // 12}-{number % 12 + 1:02d}"
    return period, f"/figures/population.resident/{place}/{period}"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Workbench]]:
    """Make one workbench of each kind, of which each test gets a copy: bringing one up takes longer than most tests."""
    made: dict[str, Workbench] = {}
    with ExitStack() as databases:

        def of(engine: str) -> Workbench:
            if engine not in made:
                chosen = databases.enter_context(database(engine))
                one = Workbench(tmp_path_factory.mktemp(engine) / "home", chosen)
                one.people = one.script("sign-in", "10", "50")
                made[engine] = one
            return made[engine]

        yield of


@pytest.fixture(params=["sqlite", "postgresql"])
def workbench(
    request: pytest.FixtureRequest, tmp_path: Path, prepared: Callable[[str], Workbench]
) -> Iterator[Workbench]:
    first = prepared(request.param)
    with database(request.param, first.chosen.get("TONGCHOU_DATABASE_URL", "")) as chosen:
        shutil.copytree(first.home, tmp_path / "home")
        yield Workbench(tmp_path / "home", chosen, first.people)
