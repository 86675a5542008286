"""Networks against pandana, PySAL access, routingkit-cch, networkit, igraph and SciPy: one table of one run.

Every library runs in a process of its own, so that peak memory is its own; answers are compared. A rival that is not
installed, or does not end within ``LIMIT`` seconds, is said so. ``--nodes 50000`` is the quick way (a minute or two).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks import networks_catchments, networks_growth, networks_table
from benchmarks._networks_measures import FEW_COLUMNS, FEW_ROWS, WHO
from benchmarks._networks_rows import Row, printed
from benchmarks._rivals import load

NODES = tuple(int(n) for n in os.environ.get("NODES", "200000,1000000").split(","))
LIMIT = float(os.environ.get("LIMIT", "420"))

#: Measure of ours, of the rival, what it is, the least ratio asked.
ASKED = {
    ("pandana", "sum"): ("sum", "sum within 30 min for all nodes, 1,000 facilities: `aggregate`", 150.0),
    ("pandana", "in_range"): ("sum", "… `nodes_in_range`, without the sums", 12.0),
    ("scipy", "sum_few"): ("sum", "… a loop of `dijkstra` (100 facilities, times ten)", 5.0),
    ("pandana", "table"): ("table", "1,000 × 1,000 table: `shortest_path_lengths` (50 columns, times 20)", 100.0),
    ("routingkit", "table"): ("table", "… one to many (50 rows, times 20)", 5.0),
    ("scipy", "one"): ("one", "one to all, of 32 together: `dijkstra`", 20.0),
    ("networkit", "one"): ("one", "… `Dijkstra`", 40.0),
    ("igraph", "one"): ("one", "… `distances`", 60.0),
    ("pandana", "nearest"): ("nearest", "3 nearest of 1,000: `nearest_pois`", 3.0),
}


def main() -> None:
    print(load(), flush=True)
    rows: list[Row] = []
    try:
        for nodes in NODES:
            rows += _measured(nodes)
        for part in (networks_growth, networks_catchments, networks_table):
            print(f"{part.__name__} …", flush=True)
            rows += part.rows()
    finally:  # what was measured is told whatever comes after
        print(f"\n{load()}\n\n{printed(rows)}", flush=True)


def _measured(nodes: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        told = {}
        for who in WHO:
            out = Path(folder) / f"{who}.npz"
            found = _run(who, nodes, out)
            if found is not None:
                told[who] = found
                spent = ", ".join(f"{k} {v:.3f}" for k, v in found["seconds"].items())
                print(f"{nodes:,} {who} {found['version']}: {spent}; {found['peak']} MiB; {load()}", flush=True)
        answers = {who: dict(np.load(Path(folder) / f"{who}.npz")) for who in told}
    mine = told["ours"]
    size = answers["ours"]["sum"].size
    each = mine["seconds"]["one"] / size * 1e9
    rows = [
        Row("hierarchy prepared", size, mine["seconds"]["prepare"], peaks=(mine["peak"], None)),
        Row("one to all, batched, a node", size, each, most=7.0, unit="ns", peaks=(mine["peak"], None)),
    ]
    for (who, theirs), (measure, what, asked) in ASKED.items():
        if who not in told:
            continue
        if theirs in answers[who]:
            _compare(who, theirs, answers["ours"], answers[who][theirs])
        name = f"{WHO[who][0]} {told[who]['version']}"
        rows.append(
            Row(what, size, mine["seconds"][measure], name, told[who]["seconds"][theirs], asked,
                peaks=(mine["peak"], told[who]["peak"]))
        )  # fmt: skip
    return rows


def _run(who: str, nodes: int, out: Path) -> dict[str, dict[str, float]] | None:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks._networks_measures", who, str(nodes), str(out)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        print(f"{nodes:,} {who}: did not end within {LIMIT:.0f} s, left out", flush=True)
        return None
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        if who == "ours" or "ModuleNotFoundError" not in "".join(last):
            raise RuntimeError(done.stderr)
        print(f"{WHO[who][0]}: not installed, skipped (it is in the dependency group bench)", flush=True)
        return None
    with np.load(out) as answers:
        found: dict[str, dict[str, float]] = json.loads(str(answers["told"]))
    return found


def _compare(who: str, measure: str, ours: dict[str, np.ndarray], theirs: np.ndarray) -> None:
    mine = ours[measure]
    if measure.startswith("sum"):
        off = int((np.abs(mine - theirs) > 1e-6).sum())
        print(f"  sums differ from {who} at {off} nodes of {mine.size:,} (costs at the very cutoff, rounded)")
        assert off < 1e-3 * mine.size
        return
    if measure == "table":
        mine = mine[:, :FEW_COLUMNS] if who == "pandana" else mine[:FEW_ROWS]
    reached = np.isfinite(mine)
    if measure == "nearest":
        reached &= theirs < 1e6  # what pandana says for none
    within = {"rtol": 1e-5, "atol": 0.6} if who == "pandana" else {"rtol": 1e-9}
    np.testing.assert_allclose(theirs[reached], mine[reached], **within)


if __name__ == "__main__":
    main()
