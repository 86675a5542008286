"""``tongchou networks reach | site``: coverage and plan on the screen, files by suffix, everything wrong at once."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from tongchou.surfaces.cli import app

HEALTH = ("taiyuan", "loufan_health", "--service", "health_beds", "--within", "10", "--on", "2026-11-27")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["networks", *words], env={"COLUMNS": "200"})
    return result.exit_code, result.output


def test_coverage_gaps_and_files(tmp_path: Path) -> None:
    files = [tmp_path / f"reach{suffix}" for suffix in (".xlsx", ".docx", ".csv", ".geojson")]
    code, told = run("reach", *HEALTH, "--gaps", "3", *(word for f in files for word in ("-o", str(f))))
    assert code == 0, told
    assert "【示例】" in told
    assert "91,208人中" in told
    assert "46 more" in told
    assert all(f.stat().st_size > 1000 for f in files)
    layers = [f["properties"]["layer"] for f in json.loads(files[3].read_text("utf-8"))["features"]]
    assert layers.count("point") == 68


def test_next_sites_with_their_proof(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    code, told = run("site", *HEALTH, "-p", "2", "--method", "p_centre", "--language", "en", "-o", str(book))
    assert code == 0, told
    assert "Proved" in told
    assert "Newly within" in told
    assert book.exists()


def test_what_is_wrong_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    code, told = run("reach", *HEALTH[:2], "--service", "school", "--within", "10", "-o", str(tmp_path / "a.csv"))
    assert (code, "N090" in told) == (2, True)
    code, told = run("reach", "taiyuan", "nowhere", "--service", "x", "--within", "10")
    assert (code, "N026" in told) == (2, True)
    code, told = run("reach", *HEALTH[:-1], "tomorrow")
    assert (code, "O070" in told) == (2, True)
    code, told = run("site", *HEALTH, "-o", "plan.pdf")
    assert (code, "O003" in told) == (2, True)
    code, told = run("site", *HEALTH, "-p", "500")
    assert (code, "N021" in told) == (2, True)
    assert list(tmp_path.iterdir()) == []
