"""Run every benchmark, or those named: ``python -m benchmarks [NAME ...]``. Each prints a table.

``--nodes 50000`` runs those of networks on a graph of that size alone: the quick way.
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path


def names() -> list[str]:
    """Return the benchmarks there are: every module here that has a ``main``."""
    return sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))


def run(wanted: list[str]) -> int:
    """Run the benchmarks named, or all; return an exit code."""
    if "--nodes" in wanted:
        at = wanted.index("--nodes")
        nodes = wanted[at + 1] if at + 1 < len(wanted) else ""
        if not nodes.isdigit():
            print("--nodes takes a number", file=sys.stderr)
            return 2
        os.environ.update(NODES=nodes, SIZES=nodes, EDGES=str(int(int(nodes) * 1.317)), PLACES="2000", ROWS="1000")
        wanted = wanted[:at] + wanted[at + 2 :]
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"no benchmark called {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {platform.system()}\n")
    for name in wanted or names():
        print(f"== {name}")
        importlib.import_module(f"benchmarks.{name}").main()
        print()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
