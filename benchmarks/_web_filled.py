"""A workbench of the demonstration filled up: 254 commitments, a million figures, and a coordinator signed in.

Run as a process of its own with the environment of the server; prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from pathlib import Path

COMMITMENTS = 254
MONTHS, COUNTIES = 240, 10


def document_text(builtin: str, missing: int) -> str:
    """Return the built-in policy with as many commitments more as are missing, in the middle of its text."""
    more = "".join(f"建成第{n}个示范点。" for n in range(1, missing + 1))
    at = builtin.index("。", len(builtin) // 2) + 1
    return builtin[:at] + more + builtin[at:]


def fill(figures: int) -> dict[str, object]:
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from tongchou.kernel.text import Text
    from tongchou.region import Indicator
    from tongchou.web.figures.actions import add_indicator
    from tongchou.web.figures.keeping import Proposed, keep_figures
    from tongchou.web.figures.regions import region_named
    from tongchou.web.ledger.actions import receive_document
    from tongchou.web.ledger.models import Document
    from tongchou.web.people.models import User

    now = timezone.now()
    region = region_named(settings.REGION)
    builtin = Document.objects.get(is_builtin=True)
    text = document_text(builtin.received_bytes().decode("utf-8"), COMMITMENTS - len(builtin.policy.commitments))
    document = receive_document(data=text.encode(), name="加长.txt", region=region, now=now)
    coordinator = User.objects.get(username="coordinator")
    counties = sorted(region.county_level())[:COUNTIES]
    periods = [f"{2003 + m // 12}-{m % 12 + 1:02d}" for m in range(MONTHS)]
    since, done = time.perf_counter(), 0
    while done < figures:
        n = done // (MONTHS * len(counties))
        indicator = Indicator(
            id=f"bench.{n:04d}", title=Text(f"月度指标{n}", f"monthly {n}"), unit="person",
            definition=Text(f"压力测试用的第{n}个指标", f"indicator {n} of the load test"), theme="population",
        )  # fmt: skip
        add_indicator(indicator=indicator, by=coordinator, now=now)
        proposed = [
            Proposed(indicator.id, place, period, float((i * 7919 + j * 104729) % 100000), "person", 2, "示例 load test")
            for i, place in enumerate(counties)
            for j, period in enumerate(periods)
        ][: figures - done]  # fmt: skip
        now += timedelta(milliseconds=1)
        keep_figures(proposed=proposed, by=coordinator, now=now)
        done += len(proposed)
    client = Client()
    client.force_login(coordinator, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return {
        "document": document.pk,
        "commitments": len(document.policy.commitments),
        "figures": done,
        "fill_seconds": time.perf_counter() - since,
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }


def main() -> None:
    from tongchou.web.operations.starting import bring_up_to_date, set_up

    set_up()
    bring_up_to_date()
    print(json.dumps(fill(int(sys.argv[1]))))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
