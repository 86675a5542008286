"""Reading a workbook somebody sends: one that unpacks to far more than it weighs, or is damaged, is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tongchou.kernel.problems import ProblemsError
from tongchou.region import codes

_MAX_UNPACKED = 256 * 1024 * 1024
_MAX_RATIO = 200


def guard_archive(file: Path | IO[bytes], size: int) -> None:
    """Raise ``ValueError`` when an archive of ``size`` bytes unpacks to far more than it weighs."""
    with zipfile.ZipFile(file) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _MAX_UNPACKED or unpacked > _MAX_RATIO * max(size, 1):
        raise ValueError(f"unpacks to {unpacked} bytes")


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Yield the workbook, values only; raise :class:`ProblemsError` (G070) for what is no honest workbook."""
    import openpyxl

    try:
        guard_archive(path, path.stat().st_size)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        # A damaged archive fails in zipfile, in the XML parser or in openpyxl, each with classes of its own.
        raise ProblemsError([codes.BAD_WORKBOOK.at(path.name, reason=str(error) or type(error).__name__)]) from error
    try:
        yield book
    finally:
        book.close()
