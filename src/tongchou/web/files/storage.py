"""Where files as received are kept: a file is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

UNFINISHED = ".unfinished-"  # begins the name of a file that is still being written


class WholeFiles(FileSystemStorage):
    """Writes beside the place, puts the bytes on the disk, and moves them there in one step.

    A process killed or a disk filled in the middle would otherwise leave a piece of a file under the name of the whole.
    """

    def _save(self, name: str, content: File[bytes]) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)  # whoever kept the same content at the same moment wrote the same bytes
        finally:
            beside.unlink(missing_ok=True)
        return name
