"""Run as a process with the environment of a workbench: people who have signed in, or what its database says."""

from __future__ import annotations

import json
import sys


def sign_in(counties: int, officers: int) -> dict[str, str]:
    """Add people and sign them in; return their session keys: coordinator, and officers of each county in turn."""
    from datetime import date

    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from tongchou.web.figures.regions import region_named
    from tongchou.web.people.actions import add_person, give_role
    from tongchou.web.people.models import Organisation
    from tongchou.web.people.roles import Role

    now = timezone.now()
    places = sorted(region_named(settings.REGION).county_level())[:counties]
    governs = dict(Organisation.objects.filter(kind="county_government").values_list("place", "pk"))
    wanted = [("coordinator", "development-reform", Role.COORDINATOR)]
    wanted += [(f"officer-{n}", governs[places[n % len(places)]], Role.OFFICER) for n in range(officers)]
    keys = {}
    for username, organisation, role in wanted:
        user = add_person(username=username, name="测试", password="-", by=None, now=now, must_change=False)
        unit = Organisation.objects.get(pk=organisation)
        give_role(user=user, organisation=unit, role=role, on=date(2019, 1, 1), by=None, now=now)
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        keys[username] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"places": places, **keys}  # type: ignore[dict-item]


def told() -> dict[str, object]:
    """Return what the database holds of the figures entered, the events about them, and of documents."""
    from collections import Counter

    from tongchou.web.events.models import Event
    from tongchou.web.figures.models import FigureRecord
    from tongchou.web.ledger.models import Document

    rows = FigureRecord.objects.values_list("place", "period", "value", "state")
    return {
        "figures": [list(row) for row in rows],
        "events": Counter(Event.objects.values_list("kind", flat=True)),
        "documents": list(Document.objects.values_list("name", flat=True)),
    }


def main() -> None:
    from tongchou.web.operations.starting import bring_up_to_date, set_up

    set_up()
    if sys.argv[1] == "sign-in":
        bring_up_to_date()
        sys.stdout.write(json.dumps(sign_in(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        sys.stdout.write(json.dumps(told()))


if __name__ == "__main__":
    main()
