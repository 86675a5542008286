"""What belongs to one unit, asked for by another: every address with a number or name in it that its owner can open."""

from __future__ import annotations

import pytest
from django.urls import resolve

# Pages of one record that everybody with an account sees, and why. A new one is refused until it stands here, so that
# somebody has thought about it.
SHARED = {
    "duties:commitment": "confirmed commitments are common; what others have only drafted is left out (duties.seeing)",
    "duties:commitment-export": "the same as a file",
    "duties:history": "the same, as it came about",
    "duties:plan": "a plan once filed is filed with the whole city",
    "money:entry": "an entry is opened by who has a line in it, and shows those lines alone (money.queries)",
    "register-add": "a form of the declaration, not of a record; writing asks for the permission again",
    "register-template": "an empty template of the declaration",
    "register-upload": "a form of the declaration; importing asks for the permission again",
    "runs:run": "an approved run is what units are told and may contest; drafts are their makers' (runs.queries)",
    "runs:verify": "anybody who sees a run may recompute it",
    "runs:try": "a county recomputes an approved run in a scenario of its own",
    "runs:object": "and contests it",
    "collection:round": "a round asked of several units; each sees its own answers",
}
# Arguments of an address that choose a form, not a record.
FORMS = {"suffix", "language"}


@pytest.mark.slow
def test_another_units_records_are_refused(walked, enter):
    other, stranger = enter("loufan-officer"), enter("")
    theirs = {
        p for p, r in walked("qingxu-head", raises=True, most=250, per_view=3).pages.items() if r.status_code == 200
    }
    open_to_other: dict[str, str] = {}
    asked = 0
    for path in sorted(theirs):
        match = resolve(path.partition("?")[0])
        if not set(match.kwargs) - FORMS or match.view_name in SHARED:
            continue
        asked += 1
        if other.get(path).status_code == 200 and stranger.get(path).status_code != 200:
            open_to_other[match.view_name] = path
    assert asked > 10
    assert open_to_other == {}


@pytest.mark.slow
def test_another_units_forms_are_refused(walked, enter):
    """Every form an owner is shown on a page the other cannot open, sent by the other."""
    forms = walked("qingxu-head", raises=True, most=250, per_view=3).forms
    other = enter("loufan-officer", raise_request_exception=False)
    taken = []
    for form in forms.values():
        if form.method != "post" or not resolve(form.action.partition("?")[0]).kwargs:
            continue
        if other.get(form.page).status_code == 200:
            continue
        response = other.post(form.action, form.filled("试"))
        if response.status_code not in (302, 403, 404, 405) or "/sign-in/" in response.headers.get("Location", ""):
            taken.append((form.action, response.status_code))
        elif response.status_code == 302:
            taken.append((form.action, response.headers["Location"]))
    assert taken == []
