"""``tongchou networks allocate``: tables on the screen, files by suffix, what is made up says so."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from tongchou.region.load import package_folder
from tongchou.surfaces.cli import app


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["networks", "allocate", *words], env={"COLUMNS": "160"})
    return result.exit_code, result.output


def test_shortages_bottlenecks_and_small_links_are_told_and_the_rows_written(tmp_path: Path) -> None:
    code, told = run(
        "taiyuan", "water", "--year", "2021", "--rows", str(tmp_path / "rows.csv"), "-o", str(tmp_path / "run.json")
    )
    assert code == 0, told
    assert "全年缺水" in told and "瓶颈" in told and "小水网各线的作用" in told and "示例" in told
    held = package_folder("taiyuan") / "inputs" / "infrastructure.water_allocation.csv"
    assert (tmp_path / "rows.csv").read_bytes() == held.read_bytes()
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["rule"]["id"] == "infrastructure.water_allocation"


def test_what_is_no_water_network_or_no_network_is_refused() -> None:
    code, told = run("taiyuan", "intercounty")
    assert code == 2 and "N064" in told
    code, told = run("taiyuan", "nowhere", "--set", "priority.farm=2")
    assert code == 2 and "N026" in told
