"""Probes in every field of every form a person can reach: nothing fails, nothing comes back unescaped."""

from __future__ import annotations

import pytest
from tests.web.security.crawl import STARTS, walk

# Forms that end what the walk walks with: one's session, one's password.
_ENDS = ("/sign-out/", "/people/account/password", "/people/account/sessions", "/language/")
SCRIPT = "\"'><script>probe()</script><img src=x onerror=probe()>"
PROBES = {
    "script": SCRIPT,
    "quote": "' OR '1'='1' --",
    "union": "1) UNION SELECT password FROM people_user --",
    "nul": "a\x00b",
    "template": "{{ 7|add:7 }}{% debug %}",
    "line breaks": "a\r\nSet-Cookie: planted=1",
    "number": "99999999999999999999999999",
    "long": "长" * 20_000,
    "surrogate": "\ud83d",
}


def _comes_back(response) -> bool:
    """Whether the probe stands in an answer as it was sent; files for download and JSON are not pages."""
    if response.headers.get("Content-Type", "").startswith("application/json"):
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        return False
    if response.streaming or "attachment" in response.headers.get("Content-Disposition", ""):
        return False
    return b"<script>probe" in response.content or b"x onerror=probe()>" in response.content


@pytest.mark.slow
@pytest.mark.parametrize("username", ["", "coordinator", "loufan-officer", "admin"])
def test_no_page_a_person_reaches_fails(walked, username):
    pages = walked(username).pages
    assert [(p, r.status_code) for p, r in pages.items() if r.status_code >= 500] == []
    # A file of another unit answers as if it were not there.
    gone = [p for p, r in pages.items() if r.status_code == 404 and not p.startswith("/files/")]
    assert gone == [], "a link leads nowhere"
    assert len(pages) > 15


@pytest.mark.slow
@pytest.mark.parametrize("username", ["", "coordinator", "loufan-officer", "loufan-head", "admin"])
def test_probes_in_every_field_neither_fail_nor_come_back(walked, enter, username):
    forms = walked(username).forms
    client = enter(username, raise_request_exception=False)
    failed, returned, tried = [], [], 0
    for form in forms.values():
        if not form.writes or form.action.startswith(_ENDS):
            continue
        for name, text in PROBES.items():
            send = client.post if form.method == "post" else client.get
            try:
                response = send(form.action, form.filled(text))
            except UnicodeEncodeError:  # the test client's own; no browser can send it either
                continue
            tried += 1
            if response.status_code >= 500:
                failed.append((form.action, name))
            if "planted" in response.cookies:
                failed.append((form.action, "header"))
            if _comes_back(response):
                returned.append((form.action, name))
    assert failed == []
    assert returned == []
    assert tried > 10
    # What was kept is shown on other pages too.
    again = walk(client, STARTS)
    assert [p for p, r in again.pages.items() if _comes_back(r)] == []
    assert [(p, r.status_code) for p, r in again.pages.items() if r.status_code >= 500] == []


@pytest.mark.slow
def test_probes_in_the_parameters_of_every_list(walked, enter):
    client = enter("coordinator", raise_request_exception=False)
    met = walked("coordinator")
    names = {n for f in met.forms.values() if f.method == "get" for _, n, _ in f.fields} | {"page", "by", "document"}
    names |= {part.partition("=")[0] for path in met.pages for part in path.partition("?")[2].split("&") if part}
    paths = {p.partition("?")[0] for p in met.pages}
    failed = []
    for path in sorted(paths):
        for probe in (SCRIPT, "' OR '1'='1' --", "a\x00b", "99999999999999999999999999", "-1"):
            response = client.get(path, dict.fromkeys(names - {"language"}, probe))
            if response.status_code >= 500:
                failed.append((path, probe))
            elif _comes_back(response):
                failed.append((path, "comes back"))
    assert failed == []
