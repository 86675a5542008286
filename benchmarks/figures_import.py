"""Import of a workbook of 100,000 figures: read, tried, kept; a second time; and pages over a million figures.

Runs in a process and a database of its own: SQLite in a folder that is thrown away, or what ``TONGCHOU_BENCH_DATABASE``
names. ``FIGURES`` and ``HELD`` in the environment change how many.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice, product
from typing import Any

FIGURES = int(os.environ.get("FIGURES", "100000"))
HELD = int(os.environ.get("HELD", "1000000"))


def main() -> None:
    """Measure in a process of its own, for its memory is what is measured."""
    with tempfile.TemporaryDirectory(prefix="tongchou-bench-") as home:
        settings = {"DJANGO_SETTINGS_MODULE": "tongchou.web.settings", "TONGCHOU_HOME": home}
        if address := os.environ.get("TONGCHOU_BENCH_DATABASE"):
            settings["TONGCHOU_DATABASE_URL"] = address
        subprocess.run([sys.executable, "-m", "benchmarks.figures_import"], env={**os.environ, **settings}, check=True)


def rows(region: Any, count: int, first_year: int) -> Iterator[tuple[str, str, str, float, str, str]]:
    """Yield place, indicator, period, value, unit, source; every cell differs from the others."""
    indicators = [i for i in region.indicators.values() if i.base != "any"]
    places = [p for p in region.places if p.code in {*region.county_level(), region.centre}]
    periods = [f"{first_year + n // 12}-{n % 12 + 1:02d}" for n in range(1200)]
    cells = product(periods, indicators, places)
    for n, (period, indicator, place) in enumerate(islice(cells, count)):
        yield place.name, indicator.title.zh, period, float(n % 9973), indicator.unit, "统计报表"


def workbook(region: Any) -> bytes:
    """Return the workbook as a statistics office would send it: one figure a row."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, ("地方", "指标", "时期", "数值", "单位", "来源"))
        for i, row in enumerate(rows(region, FIGURES, 2030), 1):
            sheet.write_row(i, 0, row)
    return out.getvalue()


def measure() -> None:
    """Import, import again, fill up to ``HELD`` figures, and ask for pages."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tongchou.web.figures.importing import import_figures, try_table
    from tongchou.web.figures.regions import region_named
    from tongchou.web.people.actions import add_person, receive_organisations
    from tongchou.web.people.models import Organisation

    call_command("migrate", verbosity=0, interactive=False)
    region, now = region_named(settings.REGION), datetime.now(UTC)
    receive_organisations(region=region, now=now)
    body = Organisation.objects.get(pk="development-reform")
    by = add_person(username="bench", name="测速", password="not used here", by=None, now=now)  # noqa: S106
    data = workbook(region)
    print(f"a workbook of {FIGURES:,} figures, {len(data) / 1e6:.1f} MB; {settings.DATABASES['default']['ENGINE']}")
    for what in ("first import", "the same again"):
        started, worked = time.perf_counter(), time.process_time()
        tried = try_table("数据.xlsx", data)
        read = time.perf_counter() - started
        if tried.errors:
            raise SystemExit(tried.errors[0].problem.message.zh)
        kept = import_figures(proposed=tried.proposed, name="数据.xlsx", organisation=body, by=by, now=now)
        took, worked = time.perf_counter() - started, time.process_time() - worked
        done = f"new {kept.new:,}, same {kept.same:,}"
        print(f"  {what:<16} {took:6.2f} s, of it read and tried {read:5.2f} s; processor {worked:5.2f} s; {done}")
        print(f"  {'':<16} most memory ever held {peak():.0f} MB")
    pages(region, body, by, now)


def pages(region: Any, body: Any, by: Any, now: datetime) -> None:
    """Fill the database and ask for pages, in process, after the first time."""
    from django.test import Client

    from tongchou.web.figures.keeping import Proposed, keep_figures
    from tongchou.web.figures.models import FigureRecord

    ids = {i.title.zh: i.id for i in region.indicators.values()}
    codes = {p.name: p.code for p in region.places}
    left = max(0, HELD - FigureRecord.objects.count())
    coming = rows(region, left, 2200)
    while batch := list(islice(coming, 100_000)):
        proposed = [Proposed(ids[i], codes[p], at, v, unit, 4, source) for p, i, at, v, unit, source in batch]
        keep_figures(proposed=proposed, by=by, now=now, organisation=body)
    print(f"pages over {FigureRecord.objects.count():,} figures, milliseconds")
    print(f"  {'':<36} {'':3} {'first':>8} {'median':>8} {'its processor time':>20}")
    client = Client(HTTP_HOST="localhost")
    some = next(i for i in ids.values() if i == "gdp.total")
    for address in ("/", "/figures/", f"/figures/{some}/", f"/figures/{some}/140123/2030-01"):
        times, works = [], []
        for _ in range(10):
            started, worked = time.perf_counter(), time.process_time()
            status = client.get(address).status_code
            times.append(1000 * (time.perf_counter() - started))
            works.append(1000 * (time.process_time() - worked))
        print(f"  {address:<36} {status} {times[0]:8.0f} {sorted(times[1:])[4]:8.0f} {sorted(works[1:])[4]:20.0f}")


def peak() -> float:
    """Return the most memory the process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    measure()
