"""A file as received is there whole or not at all."""

from __future__ import annotations

import os
import stat

import pytest
from django.core.files.base import ContentFile

from tongchou.web.files.storage import WholeFiles


def test_a_file_is_kept_private_under_its_name(tmp_path):
    storage = WholeFiles(tmp_path)
    assert storage.save("files/ab/abc", ContentFile(b"one")) == "files/ab/abc"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["abc"]
    assert stat.S_IMODE((tmp_path / "files" / "ab" / "abc").stat().st_mode) == 0o600


def test_a_disk_that_fills_leaves_nothing(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        WholeFiles(tmp_path).save("files/ab/abc", ContentFile(b"one"))
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
