"""Where the workbench keeps its files: ``TONGCHOU_HOME``, by default a folder of the user's own."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def home() -> Path:
    """Return the folder, made with access for its owner only when it is not there yet."""
    given = os.environ.get("TONGCHOU_HOME")
    folder = Path(given).expanduser() if given else _default()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """Return the secret of this installation, drawn once and kept readable for its owner only."""
    path = folder / "secret-key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


def _default() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "tongchou"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "tongchou"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "tongchou"
