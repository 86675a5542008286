"""What the nodes and facilities of a package's networks are called, for whoever meets their ids elsewhere."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tongchou.kernel.text import Text
from tongchou.networks.package.reading import FOLDER


def node_names(folder: Path | str) -> Mapping[str, Text]:
    """Return id → name of the nodes of every network of a package, then of facilities; empty without networks.

    Faulty tables are left out. Of an id held twice the first counts: nodes before facilities, networks by name.
    """
    files = tuple(
        path for table in ("nodes", "facilities") for path in sorted((Path(folder) / FOLDER).glob(f"*/{table}.csv"))
    )
    return _read(files, tuple(path.stat().st_mtime_ns for path in files))


@lru_cache(maxsize=8)
def _read(files: tuple[Path, ...], _changed: tuple[int, ...]) -> Mapping[str, Text]:
    found: dict[str, Text] = {}
    for path in files:
        try:
            rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
        except (OSError, UnicodeDecodeError, csv.Error):
            continue  # told where the network is read
        for row in rows:
            id_, name = row.get("id"), row.get("name")
            if id_ and name:
                found.setdefault(id_, Text(name, row.get("name_en") or name))
    return found
