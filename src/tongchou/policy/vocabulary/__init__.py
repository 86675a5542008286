"""The words the reader knows, in files an officer can read and correct; each file's first line names its columns."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``<name>.csv``: a header line, then the rows; lines beginning with ``#`` are notes."""
    lines = _read(f"{name}.csv").splitlines()
    return tuple(
        {key: (value or "").strip() for key, value in row.items() if key}
        for row in csv.DictReader(line for line in lines if line.strip() and not line.startswith("#"))
    )


@lru_cache(maxsize=32)
def words(name: str) -> frozenset[str]:
    """Return the words of ``<name>.txt``, separated by white space; ``#`` begins a note."""
    return frozenset(word for line in _read(f"{name}.txt").splitlines() for word in line.partition("#")[0].split())


def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
