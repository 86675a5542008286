"""Pages of the workbench under load, on SQLite and on PostgreSQL: milliseconds at ten people at once on loopback.

`tongchou serve` with one process a core, 78 systems, 254 commitments and a million figures (``FIGURES`` in the
environment changes that). The load comes from a process of its own on the same machine, so it takes its share of the
cores; each person keeps a connection and asks for the next page as soon as one has come.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks._rivals import load

FIGURES = int(os.environ.get("FIGURES", "1000000"))
PEOPLE, SECONDS = 10, float(os.environ.get("SECONDS", "6"))
POSTGRESQL = os.environ.get("TONGCHOU_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
PAGES = {
    "board (home)": "/",
    "ledger as printed": "/ledger/?document={document}",
    "ledger in motion": "/duties/",
    "policy text": "/policy/?document={document}",
    "missing elements": "/findings/?document={document}",
    "rule catalogue": "/rules/",
    "indicators": "/figures/",
    "one indicator": "/figures/bench.0003/",
    "public progress": "/public/",
}


def measure(port: int, path: str, cookie: str) -> tuple[list[float], int, int]:
    """Return the milliseconds of every answer, the bytes of one, and how many were not 200."""
    times: list[float] = []
    size, failed = [0], [0]
    until = time.perf_counter() + SECONDS

    def person() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Accept-Encoding": "gzip"} | ({"Cookie": cookie} if cookie else {})
        while time.perf_counter() < until:
            start = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            times.append((time.perf_counter() - start) * 1000)
            size[0] = len(body)
            failed[0] += answer.status != 200
        connection.close()

    people = [threading.Thread(target=person) for _ in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return times, size[0], failed[0]


def child(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.splitlines()[-1]


def run(name: str, environment: dict[str, str]) -> None:
    told: dict[str, Any] = json.loads(child(environment, "-m", "benchmarks._web_filled", str(FIGURES)))
    rate = told["figures"] / max(told["fill_seconds"], 1e-9)
    print(f"\n{name}: {told['commitments']} commitments, {told['figures']:,} figures (kept at {rate:,.0f}/s); {load()}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tongchou", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.2)
        print(f"  {'page':<20} {'reader':<12} {'median':>8} {'p95':>8} {'a second':>9} {'kB gzip':>8}")
        for cookie, reader in (("", "everybody"), (f"sessionid={told['session']}", "coordinator")):
            for page, path in PAGES.items():
                measured = path.format(document=told["document"]) if cookie else path.split("?")[0]
                _once(port, measured, cookie)
                times, size, failed = measure(port, measured, cookie)
                times.sort()
                print(
                    f"  {page:<20} {reader:<12} {statistics.median(times):8.1f} {times[int(len(times) * 0.95)]:8.1f}"
                    f" {len(times) / SECONDS:9.0f} {size / 1000:8.1f}" + (f"  {failed} FAILED" if failed else "")
                )
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)


def _once(port: int, path: str, cookie: str) -> None:
    """Let every process make the page before it is measured."""
    for _ in range(8):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        connection.getresponse().read()
        connection.close()


def main() -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TONGCHOU_", "DJANGO_"))}
    kept |= {"TONGCHOU_HTTPS": "0", "TONGCHOU_PRODUCTION": "0", "TONGCHOU_DEMO": "1"}
    with tempfile.TemporaryDirectory() as home:
        run("SQLite", {**kept, "TONGCHOU_HOME": home})
    try:
        import psycopg

        server = psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=3)
    except Exception as error:  # whatever the reason, it is skipped visibly
        print(f"\nPostgreSQL: skipped, {type(error).__name__}")
        return
    database = f"tongchou_bench_{os.getpid()}"
    with server, tempfile.TemporaryDirectory() as home:
        server.execute(f"CREATE DATABASE {database}")
        try:
            address = f"{POSTGRESQL.rpartition('/')[0]}/{database}"
            run("PostgreSQL", {**kept, "TONGCHOU_HOME": home, "TONGCHOU_DATABASE_URL": address})
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
