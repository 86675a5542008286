"""Reading a workbook somebody sends: one that unpacks to far more than it weighs, or is damaged, is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tongchou.kernel.problems import ProblemsError
from tongchou.region import codes

_MAX_UNPACKED = 256 * 1024 * 1024
_MAX_RATIO = 200


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Yield the workbook, values only; raise :class:`ProblemsError` (G070) for what is no honest workbook."""
    import openpyxl

    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MAX_UNPACKED or unpacked > _MAX_RATIO * max(path.stat().st_size, 1):
            raise ProblemsError([codes.BAD_WORKBOOK.at(path.name, reason=f"unpacks to {unpacked} bytes")])
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except ProblemsError:
        raise
    except Exception as error:
        # A damaged archive fails in zipfile, in the XML parser or in openpyxl, each with classes of its own.
        raise ProblemsError([codes.BAD_WORKBOOK.at(path.name, reason=str(error) or type(error).__name__)]) from error
    try:
        yield book
    finally:
        book.close()
