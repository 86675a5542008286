"""``tongchou backup FILE``: everything the workbench holds, in one file, while it goes on running."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tongchou.web.operations.archive import Manifest, Told


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件，.zip。The file to write, a zip.")],
) -> None:
    """备份数据库和收到的文件，不含密钥。Back up the database and the files received; the secret key is not in it."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop
    from tongchou.web.operations.progress import counting
    from tongchou.web.operations.starting import set_up

    try:
        set_up()
        with counting("备份 backup") as told:
            manifest = write(file, told)
    except ProblemsError as error:
        raise stop(error.problems) from None
    rows = sum(t.rows for t in manifest.tables)
    typer.echo(
        f"→ {file}  {rows} 行 rows · {manifest.files} 个文件 files\n"
        "其中有个人信息和口令摘要，请妥善保管；不含密钥和设置。"
        "It holds personal data and hashes of passwords: keep it safe. The secret key and the settings are not in it."
    )


def write(file: Path, told: Told) -> Manifest:
    """Write the backup beside its place and move it there whole; return its manifest.

    Raises :class:`~tongchou.kernel.problems.ProblemsError`; nothing is left then.
    """
    from django.conf import settings
    from django.utils import timezone

    from tongchou.kernel.problems import ProblemsError
    from tongchou.web.operations import codes
    from tongchou.web.operations.restore import check

    if file.exists():
        raise ProblemsError([codes.FILE_IN_THE_WAY.at(str(file))])
    beside = file.with_name(f"{file.name}.unfinished")
    try:
        with os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                manifest = _fill(archive, settings.HOME, timezone.now().isoformat(), told)
            out.flush()
            os.fsync(out.fileno())
        # A backup nobody has read again is a hope; reading it costs less than writing it did.
        check(beside, told)
        os.link(beside, file) if hasattr(os, "link") else beside.rename(file)
    except FileExistsError:
        raise ProblemsError([codes.FILE_IN_THE_WAY.at(str(file))]) from None
    except OSError as error:
        raise ProblemsError([codes.CANNOT_WRITE.at(str(file), reason=error.strerror or str(error))]) from None
    finally:
        beside.unlink(missing_ok=True)
    return manifest


def _fill(archive: zipfile.ZipFile, home: Path, made_at: str, told: Told) -> Manifest:
    from django.apps import apps
    from django.db import connection, models
    from django.db.migrations.recorder import MigrationRecorder

    from tongchou import __version__
    from tongchou.kernel.problems import ProblemsError
    from tongchou.web.operations import codes
    from tongchou.web.operations.archive import (
        FILES,
        FORMAT,
        MANIFEST,
        Manifest,
        Table,
        paths_below,
        write_file,
        write_lines,
    )
    from tongchou.web.operations.snapshot import columns_of, models_of, snapshot

    tables = []
    with snapshot():
        applied = sorted(MigrationRecorder(connection).applied_migrations())
        if not applied:
            raise ProblemsError([codes.NO_WORK.at("TONGCHOU_DATABASE_URL")])
        for model in models_of(apps):
            name, columns = model._meta.label_lower, [f.attname for f in columns_of(model)]
            rows = models.QuerySet(model).order_by("pk").values_list(*columns).iterator(chunk_size=2000)
            number, digest = write_lines(archive, f"data/{name}.jsonl", rows, told)
            tables.append(Table(name=name, columns=columns, rows=number, sha256=digest))
    # Files are written before the rows that name them and never change: every row of the snapshot finds its own.
    files = [write_file(archive, home, path).model_dump() for path in paths_below(home)]
    number, digest = write_lines(archive, FILES, files, told)
    manifest = Manifest(
        format=FORMAT,
        version=__version__,
        made_at=made_at,
        engine=connection.vendor,
        migrations=applied,
        tables=tables,
        files=number,
        files_sha256=digest,
    )
    archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
    return manifest
