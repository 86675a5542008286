"""``python -m tongchou.surfaces.manual [--check] DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tongchou.surfaces.manual.pages import stale, write


def main() -> int:
    """Write the generated pages, or with ``--check`` report those that are stale; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tongchou.surfaces.manual", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    options = parser.parse_args()
    if not options.check:
        write(options.folder)
        return 0
    names = stale(options.folder)
    for name in names:
        sys.stderr.write(f"{options.folder / name} is stale: run `make docs` and commit the result\n")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
