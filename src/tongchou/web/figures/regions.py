"""Region packages as the workbench holds them: loaded once a process."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from tongchou.region import Region, load


@lru_cache(maxsize=8)
def region_named(name: str) -> Region:
    """Return a region package, loaded once a process."""
    return load(name)


@lru_cache(maxsize=8)
def check_code(folder: str) -> str:
    """Return the short code printed on paper, to match it with the files of a region package: of names and bytes."""
    digest = sha256()
    root = Path(folder)
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()[:12]
