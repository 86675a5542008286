"""The backup file: a zip with a manifest, the rows of every table as JSON lines, and the files of the home
folder.

``manifest.json`` says format, version, time, database engine, migrations, and for each table its columns, rows and
hash; ``files.jsonl`` lists path, size and hash of each file. The secret key and the settings are not in it.
"""

from __future__ import annotations

import base64
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.utils.duration import duration_iso_string
from pydantic import BaseModel, ConfigDict, ValidationError

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.operations import codes

FORMAT = "tongchou.backup/1"
MANIFEST, FILES = "manifest.json", "files.jsonl"
# Of the home folder: files as received, and boundaries somebody attached. Drawn layouts are made again.
FOLDERS = ("received", "boundaries")
_CHUNK = 1 << 20
Told = Callable[[int], None]  # called with the number of rows or bytes done since the last call


class Table(BaseModel):
    """One table: ``name`` is the model's label, ``columns`` in the order of each row."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    name: str
    columns: list[str]
    rows: int
    sha256: str

    @property
    def entry(self) -> str:
        """Its name inside the zip."""
        return f"data/{self.name}.jsonl"


class Manifest(BaseModel):
    """What the backup holds."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    format: str
    version: str
    made_at: str
    engine: str
    migrations: list[tuple[str, str]]
    tables: list[Table]
    files: int
    files_sha256: str


class Kept(BaseModel):
    """One file; ``path`` is relative to the home folder."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    path: str
    size: int
    sha256: str

    @property
    def entry(self) -> str:
        """Its name inside the zip."""
        return f"home/{self.path}"

    @property
    def is_safe(self) -> bool:
        """Whether the path stays below one of the folders a backup may hold."""
        parts = self.path.split("/")
        return (
            parts[0] in FOLDERS
            and len(parts) > 1
            and not any(p in ("", ".", "..") for p in parts)
            and "\\" not in self.path
            and ":" not in self.path
        )


def plain(value: object) -> object:
    """Return what JSON does not know as text that a field reads back; times to the microsecond."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    raise TypeError(type(value).__name__)


# Keys in order: PostgreSQL keeps another order than SQLite, and the same rows are to have the same hash.
_dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain).encode


def write_lines(archive: zipfile.ZipFile, entry: str, rows: Iterable[object], told: Told) -> tuple[int, str]:
    """Write one line a row; return how many there are and the hash of them."""
    digest, number = sha256(), 0
    with archive.open(entry, "w", force_zip64=True) as out:
        for number, row in enumerate(rows, 1):  # noqa: B007 — counted
            line = _dumps(row).encode() + b"\n"
            digest.update(line)
            out.write(line)
            told(1)
    return number, digest.hexdigest()


def read_lines(archive: zipfile.ZipFile, entry: str, expected: str) -> Iterator[Any]:
    """Yield what each line holds; raise :class:`ProblemsError` at the end when the hash is another."""
    digest = sha256()
    with archive.open(entry) as file:
        for line in file:
            digest.update(line)
            yield json.loads(line)
    if digest.hexdigest() != expected:
        raise ProblemsError([codes.CONTENT_ALTERED.at(entry)])


def copy(source: IO[bytes], target: IO[bytes]) -> tuple[int, str]:
    """Copy bytes; return how many and their hash."""
    digest, size = sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def paths_below(home: Path) -> list[Path]:
    """Return the files a backup holds; those still being written begin with a dot and are none."""
    found = (p for folder in FOLDERS for p in (home / folder).rglob("*"))
    return sorted(p for p in found if p.is_file() and not p.name.startswith("."))


def write_file(archive: zipfile.ZipFile, home: Path, path: Path) -> Kept:
    """Write one file of the home folder."""
    name = path.relative_to(home).as_posix()
    with path.open("rb") as source, archive.open(f"home/{name}", "w", force_zip64=True) as target:
        size, digest = copy(source, target)
    return Kept(path=name, size=size, sha256=digest)


def read_file(archive: zipfile.ZipFile, kept: Kept, folder: Path) -> None:
    """Write a file of the backup below ``folder``, for its owner only; raise when it is not what was backed up."""
    path = folder / kept.path
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (
        archive.open(kept.entry) as source,
        os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target,
    ):
        found = copy(source, target)
        target.flush()
        os.fsync(target.fileno())
    if found != (kept.size, kept.sha256):
        raise ProblemsError([codes.CONTENT_ALTERED.at(kept.entry)])


@contextmanager
def whole(where: str) -> Iterator[None]:
    """Turn what reading a damaged backup, or writing to a full disk, raises into problems."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError) as error:
        raise ProblemsError([codes.NOT_A_BACKUP.at(where, reason=type(error).__name__)]) from None
    except OSError as error:
        raise ProblemsError([codes.CANNOT_WRITE.at(where, reason=error.strerror or str(error))]) from None


def opened(path: Path) -> tuple[zipfile.ZipFile, Manifest]:
    """Return the file and its manifest; raise :class:`ProblemsError` when it is not a whole backup."""
    try:
        archive = zipfile.ZipFile(path)
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (OSError, zipfile.BadZipFile, KeyError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise ProblemsError([codes.NOT_A_BACKUP.at(str(path), reason=reason)]) from None
    missing = _missing(manifest, archive.namelist())
    if manifest.format != FORMAT or missing:
        raise ProblemsError(missing or [codes.NOT_A_BACKUP.at(str(path), reason=manifest.format)])
    return archive, manifest


def _missing(manifest: Manifest, names: Sequence[str]) -> list[Problem]:
    wanted = {FILES, *(t.entry for t in manifest.tables)}
    return [codes.NOT_A_BACKUP.at(name, reason="missing") for name in sorted(wanted - set(names))]


def files_in(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[Kept]:
    """Yield the files as received; raise :class:`ProblemsError` for a path that leaves the folder."""
    for line in read_lines(archive, FILES, manifest.files_sha256):
        kept = Kept.model_validate(line)
        if not kept.is_safe:
            raise ProblemsError([codes.NOT_A_BACKUP.at(kept.path, reason="path")])
        yield kept
