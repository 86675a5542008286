"""A workbench in a process of its own, and Chromium driven over it. Every request it makes is recorded."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect, sync_playwright
from tests.browser.pieces import Pieces, turn
from xdist.remote import Producer

from tongchou.web.people.demo import PASSWORD

SCREENSHOTS = Path(__file__).parent / "screenshots"
# Without these Chromium calls home, which a closed network refuses many times over.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The same browser without a window first: a context of it takes a third of the time.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SIZES = {"desk": (1366, 768), "phone": (375, 812)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ours = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        # A signal would not be heard inside Playwright's loop: a test that hangs is ended with its worker.
        item.add_marker(pytest.mark.timeout(method="thread"))
    items[:] = [item for item in items if item not in ours] + sorted(ours, key=lambda item: turn(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Pieces | None:
    """Deal out pieces where groups were asked for: marks of groups are lost with pytest 9.2 and xdist 3.8."""
    return Pieces(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if chromium is None:
        assert not os.environ.get("CI"), "Chromium must be installed on CI"
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@contextmanager
def served(home: Path, chosen: dict[str, str] | None = None) -> Iterator[str]:
    """Serve a demonstration of its own from ``home``; ``chosen`` names its database, SQLite where it does not."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment.pop("TONGCHOU_DATABASE_URL", None)
    environment |= {"TONGCHOU_HOME": str(home)} | (chosen or {})
    server = subprocess.Popen(
        [sys.executable, "-m", "tongchou", "demo", "--port", str(port), "--no-browser"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(3000):
            try:
                urllib.request.urlopen(f"{url}/healthz", timeout=1).close()  # noqa: S310
                break
            except OSError:
                assert server.poll() is None, "the workbench stopped while starting"
                time.sleep(0.05)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of a demonstration that has started once; whichever worker comes first prepares it for all."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / "prepared"
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            with served(shared / "preparing"):
                pass
            (shared / "preparing").rename(home)
    return home


@pytest.fixture(scope="session")
def address(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(shutil.copytree(prepared, tmp_path_factory.mktemp("own") / "home")) as url:
        yield url


# Milliseconds. A busy machine is no reason to fail, and none to wait for ever: a script is otherwise not limited.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
_AT_REST = """async (patience) => {
  const within = (promise, what) => new Promise((go_on, give_up) => {
    promise.then(go_on, give_up);
    setTimeout(() => give_up(new Error(`${document.URL} after ${patience} ms: ${what()}`)), patience);
  });
  const busy = () => document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling");
  const exchanged = async () => { while (busy()) await new Promise((go_on) => setTimeout(go_on, 10)); };
  const drawn = () => new Promise((go_on) => requestAnimationFrame(() => requestAnimationFrame(go_on)));
  await within(document.fonts.ready, () => "letters have not come");
  await within(exchanged(), () => `${busy()?.outerHTML.slice(0, 200)} is being exchanged`);
  await within(drawn(), () => "not drawn");
}"""


def settled(page: Page) -> Page:
    """Wait until a page has loaded, letters included, has exchanged what it exchanges by itself, and is drawn.

    Waiting for an idle network would take half a second of every page.
    """
    page.wait_for_load_state()
    page.evaluate(_AT_REST, PATIENCE)
    return page


def press(button: Locator) -> Page:
    """Click what leads to another page, and wait for that page: a click alone comes back when it begins to load."""
    with button.page.expect_navigation():
        button.click()
    return button.page


@dataclass
class Watched:
    """A page with what went over the wire and what its console said."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return settled(self.page)

    def screenshot(self, name: str, *, full: bool = False) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full)

    def close(self) -> None:
        self.page.context.close()

    def foreign(self) -> list[str]:
        return [r for r in self.requests if not r.startswith((self.address, "data:", "blob:"))]


def sign_in(page: Page, address: str, username: str, password: str = PASSWORD) -> None:
    """Sign in as a person would: name and password on the page, and the button."""
    page.goto(f"{address}/sign-in/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


_STATES: dict[tuple[str, str], StorageState] = {}


def state_of(browser: Browser, address: str, username: str) -> StorageState:
    """Return the cookies of a person of the demonstration, who signs in through the page once a run."""
    if (address, username) not in _STATES:
        context = browser.new_context()
        sign_in(context.new_page(), address, username)
        _STATES[address, username] = context.storage_state()
        context.close()
    return _STATES[address, username]


def watch(browser: Browser, address: str, size: str, language: str, username: str = "") -> Watched:
    """Open a browser window, signed in as ``username`` where one is given."""
    width, height = SIZES[size]
    state = state_of(browser, address, username) if username else None
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-US", storage_state=state)
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "tongchou_language", "value": language, "url": address}])
    watched = Watched(context.new_page(), address)
    watched.page.on("request", lambda r: watched.requests.append(r.url))
    watched.page.on("console", lambda m: watched.complaints.append(m.text) if m.type in ("error", "warning") else None)
    watched.page.on("pageerror", lambda e: watched.complaints.append(str(e)))
    return watched


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def seen(browser: Browser, address: str, size: str, language: str) -> Iterator[Watched]:
    """The coordinator, who may open every page the built-in policy has."""
    watched = watch(browser, address, size, language, "coordinator")
    yield watched
    watched.close()


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Watched]:
    watched = watch(browser, address, "desk", "zh", "coordinator")
    yield watched
    watched.close()


@pytest.fixture
def as_person(browser: Browser, address: str) -> Iterator[Callable[..., Watched]]:
    """Open windows of people of the demonstration: ``as_person("loufan-officer", "phone", "zh")``; "" is a stranger."""
    opened: list[Watched] = []

    def open_as(username: str, size: str = "desk", language: str = "zh") -> Watched:
        opened.append(watch(browser, address, size, language, username))
        return opened[-1]

    yield open_as
    for one in opened:
        one.close()


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A stranger whose browser runs no script."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
