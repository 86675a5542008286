"""A backup is consistent, whole, and restores into either kind of database, or into nothing at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from tests.web.operations.databases import database
from tests.web.operations.running import environment, free_port, tongchou

from tongchou.web.operations.archive import Kept
from tongchou.web.operations.snapshot import columns_of, models_of

pytestmark = pytest.mark.processes

_PREPARE = """
from tongchou.web.operations.starting import bring_up_to_date, set_up
set_up(); bring_up_to_date()
"""
_EVERY_KIND = (
    _PREPARE
    + """
from django.utils import timezone
from tongchou.web.files.actions import keep
from tongchou.web.people.demo import prepare
prepare(timezone.now())
keep(name="回函.pdf", data=b"%PDF-1.7 as received", organisation=None, by=None, now=timezone.now())
"""
)


def python(code: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(home, **more), timeout=600
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A home folder with the region, the policy, people and a file in it."""
    home = tmp_path_factory.mktemp("filled")
    done = python(_EVERY_KIND, home)
    assert done.returncode == 0, done.stderr
    return home


def _saved(home: Path, file: Path) -> Path:
    done = tongchou("backup", str(file), home=home)
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture(scope="module")
def saved(filled, tmp_path_factory):
    return _saved(filled, tmp_path_factory.mktemp("saved") / "a.zip")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    """A backup of the whole demonstration: rows of every app."""
    home = tmp_path_factory.mktemp("demonstration")
    done = python(_PREPARE, home, TONGCHOU_DEMO="1")
    assert done.returncode == 0, done.stderr
    return _saved(home, tmp_path_factory.mktemp("saved") / "demonstration.zip")


def manifest(file: Path) -> dict:
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("manifest.json"))


def content(file: Path) -> tuple:
    """What two backups of the same rows and files have in common."""
    told = manifest(file)
    with zipfile.ZipFile(file) as archive:
        return told["tables"], archive.read("files.jsonl")


def test_a_backup_holds_every_row_and_file_and_no_secret(filled, saved):
    told = manifest(saved)
    rows = {t["name"]: t["rows"] for t in told["tables"]}
    assert rows["people.user"] >= 17 and rows["events.event"] > 17 and rows["ledger.document"] == 1
    assert not [name for name in rows if name.startswith("sessions.")]
    assert (told["engine"], told["files"]) == (
        "sqlite",
        len([p for p in (filled / "received").rglob("*") if p.is_file()]),
    )
    assert saved.stat().st_mode & 0o077 == 0
    secret = (filled / "secret-key").read_bytes()
    with zipfile.ZipFile(saved) as archive:
        assert not [n for n in archive.namelist() if secret in archive.read(n)]
        assert b"%PDF-1.7 as received" in [archive.read(n) for n in archive.namelist() if n.startswith("home/")]


def test_no_row_kept_points_to_a_row_left_out():
    kept = set(models_of(apps))
    targets = {f.related_model for m in kept for f in columns_of(m) if f.related_model}
    assert targets <= kept


@pytest.mark.slow
def test_round_trip_across_all_databases(demonstration, tmp_path):
    """SQLite → PostgreSQL → PostgreSQL → SQLite: the rows and files are the same at every stop."""
    file = demonstration
    assert sum(t["rows"] > 0 for t in manifest(file)["tables"]) > 25
    for step, engine in enumerate(("postgresql", "postgresql", "sqlite")):
        home = tmp_path / f"home-{step}"
        with database(engine) as chosen:
            done = tongchou("restore", str(file), home=home, **chosen)
            assert done.returncode == 0, done.stderr
            assert "✔ 事件链" in done.stdout
            if step == 0:  # the database is not empty any more, though the folder is
                assert tongchou("restore", str(file), home=tmp_path / "other", **chosen).returncode == 2
            # New rows get new numbers: the sequences go on after the rows that came.
            more = python(_PREPARE + _NEW_PERSON, home, **chosen)
            assert more.returncode == 0, more.stderr
            again = tmp_path / f"{step}.zip"
            assert tongchou("backup", str(again), home=home, **chosen).returncode == 0
        assert content(again) == content(file)
        file = again


_NEW_PERSON = """
from django.db import transaction
from django.utils import timezone
from tongchou.web.people.actions import add_person
try:
    with transaction.atomic():
        add_person(username="later", name="后来", password="correct horse", by=None, now=timezone.now())
        raise KeyboardInterrupt
except KeyboardInterrupt:
    pass
"""


def test_everything_in_the_way_is_told_at_once_and_nothing_changes(filled, saved):
    before = (filled / "tongchou.sqlite3").read_bytes()
    done = tongchou("restore", str(saved), home=filled)
    assert done.returncode == 2
    assert "W814" in done.stderr and "W815" in done.stderr
    assert (filled / "tongchou.sqlite3").read_bytes() == before
    assert tongchou("backup", str(saved), home=filled).returncode == 2  # an earlier backup is not overwritten


def changed(saved: Path, folder: Path, change) -> Path:
    """Copy a backup with the bytes of each entry changed by ``change(name, bytes)``; None leaves the entry out."""
    copy = folder / "changed.zip"
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    return copy


def _altered_row(name, data):
    return data.replace(b"coordinator", b"coordinatrr") if name == "data/people.user.jsonl" else data


def _file_left_out(name, data):
    return None if name.startswith("home/") else data


def _table_left_out(name, data):
    return None if name == "data/events.event.jsonl" else data


def _newer(name, data):
    return data.replace(b'"0001_initial"', b'"9999_later"') if name == "manifest.json" else data


def _other(name, data):
    return b'{"format": "something"}' if name == "manifest.json" else data


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_altered_row, "W816"),
        (_file_left_out, "W812"),
        (_table_left_out, "W812"),
        (_newer, "W813"),
        (_other, "W812"),
    ],
)
def test_a_backup_that_is_not_whole_leaves_nothing(saved, tmp_path, change, code):
    home = tmp_path / "home"
    done = tongchou("restore", str(changed(saved, tmp_path, change)), home=home)
    assert done.returncode == 2 and code in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert {p.name for p in home.iterdir()} <= {"secret-key", "starting.lock", "tongchou.sqlite3"}
    if (home / "tongchou.sqlite3").stat().st_size:
        database = sqlite3.connect(home / "tongchou.sqlite3")
        tables = [n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        if "people_user" in tables:
            assert database.execute("SELECT count(*) FROM people_user").fetchone() == (0,)
        database.close()
    done = tongchou("restore", str(saved), home=home)
    assert done.returncode == 0, done.stderr


def test_a_cut_file_is_no_backup(saved, tmp_path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(saved.read_bytes()[:-2000])
    done = tongchou("restore", str(cut), home=tmp_path / "home")
    assert done.returncode == 2 and "W812" in done.stderr


@pytest.mark.parametrize("path", ["../x", "received/../../x", "/etc/x", "received//x", "received/a\\b", "secret-key"])
def test_a_path_that_leaves_the_folder_is_refused(path):
    assert not Kept(path=path, size=1, sha256="").is_safe


_KILLED = """
import os, signal, sys
from pathlib import Path
from tongchou.web.operations.starting import set_up
set_up()
from tongchou.web.operations import loading, restore
die = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
point, file = sys.argv[1:]
if point == "rows":
    usual, seen = loading._insert, []
    loading._insert = lambda *a: (seen.append(1), len(seen) > 4 and die(), usual(*a))
elif point == "files":
    loading.read_file = die
elif point == "moved":
    usual_rename = Path.rename
    Path.rename = lambda self, target: (usual_rename(self, target), die())
else:
    restore._finish = die
restore.read(Path(file), lambda n: None)
"""


@pytest.mark.parametrize("point", ["files", "rows", "moved", "committed"])
def test_a_restore_that_was_killed_is_done_by_running_it_again(saved, tmp_path, point):
    home = tmp_path / "home"
    died = subprocess.run([sys.executable, "-c", _KILLED, point, str(saved)], env=environment(home), timeout=600)
    assert died.returncode == -9
    refused = tongchou("serve", "--port", str(free_port()), home=home)
    assert refused.returncode == 2 and "W807" in refused.stderr
    done = tongchou("restore", str(saved), home=home)
    assert done.returncode == 0, done.stderr
    assert {p.name for p in home.iterdir()} & {"restoring", "restore-unfinished"} == set()
    again = tmp_path / "again.zip"
    assert tongchou("backup", str(again), home=home).returncode == 0
    assert content(again) == content(saved)


def test_a_disk_that_fills_leaves_no_backup(filled, tmp_path):
    done = python(
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from tongchou.surfaces.cli import app; app(sys.argv[1:] or ['backup', '" + str(tmp_path / "b.zip") + "'])",
        filled,
    )
    assert done.returncode == 2 and "W811" in done.stderr, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_verify_finds_an_altered_row_and_a_lost_file(filled, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(filled, home)
    assert tongchou("verify", home=home).returncode == 0
    database = sqlite3.connect(home / "tongchou.sqlite3")
    database.execute("UPDATE events_event SET kind = 'people.other' WHERE number = 3")
    database.commit()
    database.close()
    next((home / "received" / "files").rglob("*/*")).unlink()
    next(p for p in (home / "received").rglob("*") if p.is_file()).write_bytes(b"other")
    done = tongchou("verify", home=home)
    assert done.returncode == 2
    assert all(code in done.stderr for code in ("W022", "W820", "W821"))


def test_verify_without_a_database(tmp_path):
    done = tongchou("verify", home=tmp_path / "new")
    assert done.returncode == 2 and "W823" in done.stderr
