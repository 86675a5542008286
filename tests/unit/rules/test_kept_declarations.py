"""What was checked is kept for exactly the files it was checked from, and for nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tongchou.rules.kept import kept


@pytest.fixture(autouse=True)
def writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


class Counted:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> dict[str, int]:
        self.calls += 1
        return {"calls": self.calls}


def test_it_is_made_once_and_again_when_a_file_changes_appears_or_moves(tmp_path: Path) -> None:
    rules, make = tmp_path / "rules", Counted()
    rules.mkdir()
    (rules / "a.yaml").write_text("a: 1", encoding="utf-8")
    assert [kept("k", tmp_path, [rules], make)["calls"] for _ in range(3)] == [1, 1, 1]
    (rules / "a.yaml").write_text("a: 2", encoding="utf-8")
    assert kept("k", tmp_path, [rules], make)["calls"] == 2
    (rules / "b.py").write_text("", encoding="utf-8")
    assert kept("k", tmp_path, [rules], make)["calls"] == 3
    (rules / "b.py").rename(rules / "c.py")
    assert kept("k", tmp_path, [rules], make)["calls"] == 4
    (rules / "notes.txt").write_text("no declaration", encoding="utf-8")
    assert kept("k", tmp_path, [rules], make)["calls"] == 4


def test_what_is_damaged_or_cannot_be_written_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = Counted()
    kept("k", tmp_path, [], make)
    (file,) = (tmp_path / "__pycache__").iterdir()
    data = file.read_bytes()
    for damaged in (data[:-1], data[:40], b"", data[:70] + b"x" + data[71:]):
        file.write_bytes(damaged)
        before = make.calls
        assert kept("k", tmp_path, [], make) == {"calls": before + 1}
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    file.unlink()
    kept("k", tmp_path, [], make)
    assert not file.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "taken").write_text("a file where the folder would be", encoding="utf-8")
    assert kept("k", tmp_path / "taken", [], make)["calls"] == make.calls


def test_nothing_is_kept_of_what_fails(tmp_path: Path) -> None:
    def fail() -> int:
        raise ValueError("wrong")

    for _ in range(2):
        with pytest.raises(ValueError, match="wrong"):
            kept("k", tmp_path, [], fail)
    assert not (tmp_path / "__pycache__").exists()


def test_the_kept_catalogue_is_the_checked_one() -> None:
    import pickle

    from tongchou.catalogue import checked

    found = checked()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - what kept does
    assert again == found
    assert list(again.rules) == sorted(again.rules)
