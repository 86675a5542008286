"""The first page is light: what a browser without anything kept is sent, as counted by the browser itself."""

from __future__ import annotations

from playwright.sync_api import Browser

MOST = 400_000  # bytes over the wire, everything on the page


def test_the_first_page_over_the_wire(browser: Browser, address: str):
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{address}/")
    page.wait_for_load_state("networkidle")
    page.context.close()
    assert len(sizes) >= 3  # the page, the script and the style at least
    assert sum(sizes) <= MOST
