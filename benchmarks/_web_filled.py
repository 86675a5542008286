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


def document_text(commitments: int) -> str:
    """Return a made-up policy with one commitment an item."""
    lines = ["关于推进区域协调发展的实施方案（压力测试）", "", "一、重点任务"]
    lines += [
        f"（{n}）加强第{n}项工作。到2025年，建成示范点{n}个。（责任单位：市财政局、娄烦县）"
        for n in range(1, commitments + 1)
    ]
    return "\n".join(lines) + "\n"


def fill(figures: int) -> dict[str, object]:
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from tongchou.kernel.text import Text
    from tongchou.policy.reader import read_bytes
    from tongchou.region import Indicator
    from tongchou.web.figures.actions import add_indicator
    from tongchou.web.figures.keeping import Proposed, keep_figures
    from tongchou.web.figures.regions import region_named
    from tongchou.web.ledger.actions import receive_document
    from tongchou.web.people.models import User

    now = timezone.now()
    region = region_named(settings.REGION)
    for wanted in range(COMMITMENTS // 3, COMMITMENTS + 1):  # an item may be read as one commitment or as two
        if len(read_bytes(document_text(wanted).encode(), "load.txt").commitments) >= COMMITMENTS:
            break
    data = document_text(wanted).encode()
    document = receive_document(data=data, name="load.txt", region=region, now=now)
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
            Proposed(indicator.id, place, period, float((i * 7919 + j * 104729) % 99991), "person", 2, "示例 load")
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
