"""The first page is light: what a browser without anything kept is sent, as counted by the browser itself."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Route

MOST = 400_000  # bytes over the wire, everything on the page


def without_local_fonts(route: Route) -> None:
    """Answer a style sheet that names no font of the machine, so that all letters come over the wire."""
    answer = route.fetch()
    headers = {k: v for k, v in answer.headers.items() if k not in ("content-encoding", "content-length")}
    route.fulfill(status=200, headers=headers, body=re.sub(r"local\([^)]*\),?", "", answer.text()))


@pytest.mark.parametrize("has_a_chinese_font", [True, False])
def test_the_first_page_over_the_wire(browser: Browser, address: str, has_a_chinese_font: bool):
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    style = 0
    if not has_a_chinese_font:
        # The style sheet answered here is not compressed: what it weighs on the way is asked for beforehand.
        sheet = page.request.get(f"{address}/").text().split('rel="stylesheet" href="')[1].split('"')[0]
        style = int(page.request.head(address + sheet, headers={"Accept-Encoding": "br"}).headers["content-length"])
        page.route("**/*.css", without_local_fonts)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    fonts: list[str] = []
    sent: dict[str, str] = {}
    network.on("Network.requestWillBeSent", lambda event: sent.update({event["requestId"]: event["request"]["url"]}))
    network.on(
        "Network.loadingFinished",
        lambda event: sizes.append(
            style if style and sent[event["requestId"]].endswith(".css") else event["encodedDataLength"]
        ),
    )
    page.on("request", lambda request: fonts.append(request.url) if request.resource_type == "font" else None)
    page.goto(f"{address}/")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.context.close()
    assert len(sizes) >= 3  # the page, the script and the style at least
    assert bool(fonts) is not has_a_chinese_font
    assert sum(sizes) <= MOST, (sizes, fonts)
