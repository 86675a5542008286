"""Checked declarations kept between processes, as Python keeps compiled modules: in ``__pycache__``, by content.

What is kept counts only for exactly these files, code and Python; otherwise it is made anew. Whoever can write there
can write the code beside it, so that it is trusted as far as that.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
# What checks declarations beside our own code: another version of these may find otherwise.
_CHECKERS = ("pint", "pydantic", "sqlglot", "yaml")


def kept(name: str, beside: Path, folders: Iterable[Path], make: Callable[[], T]) -> T:
    """Return what ``make`` returns: read from ``beside/__pycache__``, or made and kept there if Python may write there.

    It is made anew when a ``.py`` or ``.yaml`` file under ``folders``, Python or a package that checks has changed.
    What ``make`` raises is raised and nothing kept.
    """
    digest = _digest(folders)
    path = Path(cache_from_source(str(beside / f"{name}.py"))).with_suffix(".kept")
    with contextlib.suppress(Exception):  # whatever is wrong with it, it can be made again
        held = path.read_bytes()
        if held[:32] == digest and held[32:64] == hashlib.sha256(held[64:]).digest():
            found: T = pickle.loads(held[64:])  # noqa: S301 - our own, kept where our code is
            return found
    made = make()
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError):
            _write(path, digest, made)
    return made


def _write(path: Path, digest: bytes, made: Any) -> None:
    data = pickle.dumps(made, protocol=5)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(digest + hashlib.sha256(data).digest() + data)
        Path(scratch).replace(path)
    except BaseException:
        Path(scratch).unlink()
        raise


def _digest(folders: Iterable[Path]) -> bytes:
    found = hashlib.sha256(sys.version.encode())
    for checker in _CHECKERS:
        spec = find_spec(checker)
        at = Path(spec.origin).stat() if spec is not None and spec.origin else None
        found.update(f"{checker} {at and (at.st_size, at.st_mtime_ns)}".encode())
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".yaml")):
            content = path.read_bytes()
            found.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            found.update(content)
    return found.digest()
