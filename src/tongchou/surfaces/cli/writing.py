"""How the command line writes a file: beside it first and then moved, so that no half file is ever left."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tongchou.kernel.problems import Problem


def write(path: Path, data: bytes) -> Problem | None:
    """Write ``data`` to ``path``; return the problem when it cannot be written."""
    from tongchou.surfaces import codes

    try:
        if path.exists() and not path.is_file():  # a device or a pipe is written to, not replaced
            path.write_bytes(data)
            return None
        # Written beside and then moved, so that a full disk never leaves half a file where a whole one was.
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as beside:
            whole = Path(beside.name)
            try:
                beside.write(data)
                beside.close()
                whole.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
                whole.replace(path)
            except OSError:
                whole.unlink(missing_ok=True)
                raise
    except OSError as error:
        return codes.NOT_WRITABLE.at(str(path), reason=error.strerror or str(error))
    return None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
