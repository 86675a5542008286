"""``tongchou region``: exit codes and what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tongchou.surfaces.cli import app


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "160", "NO_COLOR": "1"}).invoke(app, ["region", *arguments])


def test_new_writes_a_package_that_checks_clean_and_its_templates(tmp_path: Path) -> None:
    folder = tmp_path / "datong"
    result = run("new", str(folder), "--code", "140200", "--name", "大同市", "--name-en", "Datong City")
    assert result.exit_code == 0, result.output
    assert (folder / "templates.xlsx").is_file()
    checked = run("check", str(folder))
    assert checked.exit_code == 0
    assert "0 个错误 errors, 0 个提醒 warnings" in checked.output


def test_new_refuses_a_folder_in_use_with_exit_2(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    result = run("new", str(tmp_path))
    assert result.exit_code == 2
    assert "G018" in result.output


def test_check_lists_every_problem_and_exits_2(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    run("new", str(folder), "--code", "140200")
    (folder / "sources.csv").write_text("id,title\nBOOK,x\n", encoding="utf-8")
    (folder / "places.csv").unlink()
    result = run("check", str(folder))
    assert result.exit_code == 2
    assert "G003" in result.output
    assert result.output.count("G010") == 6
    assert "sources.csv:1" in result.output


@pytest.mark.parametrize("arguments", [("check", "no-such"), ("show", "no-such"), ("template", "no-such")])
def test_what_is_no_package_exits_2(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "G001" in result.output


def test_show_summarises_the_built_in_package() -> None:
    result = run("show")
    assert result.exit_code == 0
    for words in ("太原市 Taiyuan", "杏花岭区", "各县（市、区）人民政府", "population.resident", "OpenStreetMap"):
        assert words in result.output


def test_template_then_import_brings_the_same_rows_back(tmp_path: Path) -> None:
    folder, book = tmp_path / "a", tmp_path / "t.xlsx"
    run("new", str(folder), "--code", "140200", "--name", "大同市")
    assert run("template", str(folder), "-o", str(book)).exit_code == 0
    result = run("import", str(folder), str(book), "--dry-run")
    assert result.exit_code == 0, result.output
    assert "nothing written" in result.output


def test_import_of_no_workbook_exits_2(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    run("new", str(folder), "--code", "140200")
    (tmp_path / "t.xlsx").write_bytes(b"no")
    result = run("import", str(folder), str(tmp_path / "t.xlsx"))
    assert result.exit_code == 2
    assert "G070" in result.output
