"""``tongchou restore FILE``: a backup into an empty database and home folder, of either kind of database."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tongchou.web.operations.archive import Manifest, Told


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="tongchou backup 生成的文件。A file backup wrote.")],
) -> None:
    """把备份恢复到空的数据库和文件夹。Restore a backup into an empty database and folder, then verify it."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop
    from tongchou.web.operations.progress import counting
    from tongchou.web.operations.starting import one_at_a_time, set_up
    from tongchou.web.operations.verify import report

    try:
        set_up()
        with one_at_a_time(), counting("恢复 restore") as told:
            manifest = read(file, told)
    except ProblemsError as error:
        raise stop(error.problems) from None
    typer.echo(f"← {file}  {sum(t.rows for t in manifest.tables)} 行 rows · {manifest.files} 个文件 files")
    report()


def check(file: Path, told: Told) -> Manifest:
    """Read a whole backup and compare every hash; raise :class:`~tongchou.kernel.problems.ProblemsError`."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.web.operations import codes
    from tongchou.web.operations.archive import files_in, opened, read_lines, whole

    archive, manifest = opened(file)
    with archive, whole(str(file)):
        for table in manifest.tables:
            rows = sum(1 for _ in _counted(read_lines(archive, table.entry, table.sha256), told))
            if rows != table.rows:
                raise ProblemsError([codes.CONTENT_ALTERED.at(table.entry)])
        for kept in files_in(archive, manifest):
            with archive.open(kept.entry) as source:
                while source.read(1 << 20):  # the zip compares its checksum at the end
                    pass
    return manifest


def _counted(rows: Iterable[object], told: Told) -> Iterable[object]:
    for row in rows:
        told(1)
        yield row


def read(file: Path, told: Told) -> Manifest:
    """Restore a backup; all that stands against it is raised at once, and nothing is changed then.

    Rows come in one transaction; a marker in the home folder says that a restore is on its way, so that one that was
    interrupted is begun, or finished, by running it again.
    """
    from django.conf import settings

    from tongchou.kernel.problems import ProblemsError
    from tongchou.web.operations import codes
    from tongchou.web.operations.archive import FOLDERS, opened, paths_below
    from tongchou.web.operations.loading import arrived_before, load, obstacles, prepared
    from tongchou.web.operations.starting import RESTORING

    home: Path = settings.HOME
    marker, beside = home / RESTORING, home / "restoring"
    archive, manifest = opened(file)
    with archive:
        if marker.exists() and arrived_before():
            _finish(marker)
            return manifest
        problems = obstacles(manifest, is_resumed=marker.exists())
        if not marker.exists():
            problems += [codes.HOME_NOT_EMPTY.at(str(home)) for _ in paths_below(home)[:1]]
        if problems:
            raise ProblemsError(problems)
        folders = [beside, *(home / name for name in FOLDERS)]
        marker.touch()
        try:
            _clear(folders)
            load(archive, manifest, prepared(manifest), told, beside=beside, home=home)
        except BaseException:
            _clear(folders)
            marker.unlink(missing_ok=True)
            raise
        _clear([beside])
    _finish(marker)
    return manifest


def _clear(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _finish(marker: Path) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    marker.unlink(missing_ok=True)
