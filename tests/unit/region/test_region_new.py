"""A new package is empty and valid, and never lands on another."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.region import check, load
from tongchou.region.descriptor import NAME
from tongchou.region.new import new
from tongchou.region.tables import STANDARD

TODAY = date(2026, 11, 23)


def test_a_new_package_with_its_city_has_no_problem(tmp_path: Path) -> None:
    folder = new(tmp_path / "datong", today=TODAY, centre="140200", name="大同市", name_en="Datong City")
    assert check(folder) == []
    region = load(folder)
    assert (region.id, region.title.en, region.centre, region.updated) == ("datong", "Datong City", "140200", TODAY)
    assert [p.name for p in region.places] == ["大同市"]
    assert not region.figures


def test_a_new_package_without_a_city_only_reminds_of_it(tmp_path: Path) -> None:
    folder = new(tmp_path / "某市", today=TODAY)
    assert [(p.code, p.severity) for p in check(folder)] == [("G017", "warning")]
    assert load(folder).id == "region"


def test_every_standard_table_is_declared_and_there(tmp_path: Path) -> None:
    folder = new(tmp_path / "a", today=TODAY)
    described = json.loads((folder / NAME).read_text(encoding="utf-8"))
    assert [r["name"] for r in described["resources"]] == [t.name for t in STANDARD]
    for table, resource in zip(STANDARD, described["resources"], strict=True):
        header = (folder / resource["path"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert header == [c.name for c in table.columns] == [f["name"] for f in resource["schema"]["fields"]]


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(ProblemsError, match="G018"):
        new(tmp_path, today=TODAY)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(ProblemsError, match="G018"):
        new(tmp_path / "mine.txt", today=TODAY)


@pytest.mark.parametrize("code", ["1402", "14020０", "Z14020", "1402000"])
def test_a_code_that_is_no_division_is_refused(tmp_path: Path, code: str) -> None:
    with pytest.raises(ProblemsError, match="G034"):
        new(tmp_path / "a", today=TODAY, centre=code)
    assert not (tmp_path / "a").exists()
