"""``tongchou whatif`` and ``tongchou breakeven``, on two places done by hand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tongchou.surfaces.cli import app


def run(*words: object) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, [str(w) for w in words])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package whose rule pays 100 yuan a head: A has 1,000 people, B 2,000."""
    folder = tmp_path / "datong"
    assert run("region", "new", folder, "--code", "140200", "--name", "大同市", "--name-en", "Datong").exit_code == 0
    assert run("rules", "new", "local.school_grant", folder).exit_code == 0
    return folder


def test_amounts_and_ranks_in_every_scenario(package: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    words = ("local.school_grant", "--region", package, "--vary", "rate=50,200", "--vary", "people.A=1000,3000")
    done = run("whatif", *words, "-o", out, "-o", tmp_path / "out.json")
    assert done.exit_code == 0, done.output
    # 1,000 × 50 is the least, 3,000 × 200 the most; 3,000 people overtake 2,000.
    assert "A金额在 50,000元 与 600,000元 之间，位次第 1 至第 2" in done.output
    assert "设想的结果，不是决定" in done.output and "示例" in done.output
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["方案", "标准", "人数（A）", "代码", "单位", "金额", "位次"]
    assert rows[1] == ["1", "50.0", "1000.0", "A", "A", "50000.0", "2"]
    assert rows[-2:] == [
        ["4", "200.0", "3000.0", "A", "A", "600000.0", "1"],
        ["4", "200.0", "3000.0", "B", "B", "400000.0", "2"],
    ]
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["schema"] == "tongchou.whatif/1"


def test_side_by_side_and_a_range_of_values(package: Path) -> None:
    words = ("local.school_grant", "--region", package, "--language", "en")
    listed = run("whatif", *words, "--list", "--vary", "rate=50,200", "--vary", "people.A=1000,3000")
    assert listed.exit_code == 0, listed.output
    assert "A: Amount between 50,000CNY and 600,000CNY" in listed.output.replace(" CNY", "CNY")
    ranged = run("whatif", *words, "--vary", "rate=100:300:100")
    assert ranged.exit_code == 0, ranged.output
    assert "Rate per head 300" in " ".join(ranged.output.split())


def test_where_a_conclusion_flips_and_where_it_does_not(package: Path) -> None:
    words = ("local.school_grant", "--region", package)
    passed = run("breakeven", *words, "--by", "people.A=500:3000", "--when", "A > B")
    assert passed.exit_code == 0, passed.output
    assert "达到 2,000" in passed.output and "A不多于B" in passed.output
    above = run("breakeven", *words, "--by", "rate=0:200", "--when", "A > 150000")
    assert "达到 150" in above.output  # 150,000 yuan for 1,000 people
    ranked = run("breakeven", *words, "--by", "people.B=500:3000", "--when", "rank A")
    assert "达到 1,000" in ranked.output
    never = run("breakeven", *words, "--by", "rate=50:200", "--when", "A > B")
    assert never.exit_code == 0
    assert "没有" in never.output or "不变" in never.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("whatif", "--vary", "rate"), "U056"),
        (("whatif", "--vary", "rate=1:2"), "U056"),
        (("whatif", "--vary", "rate=1:2:0"), "U056"),
        (("whatif", "--vary", "other=1"), "U062"),
        (("whatif", "--vary", "rate=1", "-o", "out.pdf"), "O003"),
        (("breakeven", "--by", "rate", "--when", "A > B"), "U056"),
        (("breakeven", "--by", "rate=0:1", "--when", "A = B"), "U056"),
        (("breakeven", "--by", "rate=0:1", "--when", "A > nothing"), "U056"),
        (("breakeven", "--by", "rate=1:0", "--when", "A > B"), "U063"),
    ],
)
def test_what_cannot_be_read_is_told_with_exit_code_two(package: Path, words: tuple[str, ...], code: str) -> None:
    command, *rest = words
    told = run(command, "local.school_grant", "--region", package, *rest)
    assert told.exit_code == 2, told.output
    assert code in told.output
