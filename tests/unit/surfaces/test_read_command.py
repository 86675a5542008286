"""``tongchou read``: files by suffix, the region by issuer, and bad input as problems with exit code 2."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from tongchou.policy.contract import to_dict
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.cli import app
from tongchou.surfaces.exports import EXPORTS

PAPER = "临河市人民政府关于治水的意见\n一、主要任务\n（一）建设管网。2026年底前建成泵站。（市水务局负责）\n"


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "paper.txt"
    path.write_text(PAPER, "utf-8")
    return path


def run(*words: object):
    return CliRunner().invoke(app, [str(w) for w in words])


def test_summary_names_what_was_read(paper):
    result = run("read", paper)
    assert result.exit_code == 0
    assert "建设管网" in result.stdout
    assert "没有用地区名录" in result.stdout


def test_english_labels(paper):
    assert "1 duties" in run("read", paper, "--language", "en").stdout


def test_every_suffix_is_written(paper, tmp_path):
    outputs = [tmp_path / f"out{suffix}" for suffix in EXPORTS]
    result = run("read", paper, *(w for o in outputs for w in ("-o", o)))
    assert result.exit_code == 0, result.output
    assert all(o.stat().st_size > 100 for o in outputs)


def test_the_issuers_region_is_used(tmp_path):
    path = tmp_path / "ty.txt"
    path.write_text(
        "太原市人民政府关于治水的意见\n一、任务\n（一）治水。建设管网。（各县（市、区）人民政府负责）\n", "utf-8"
    )
    out = tmp_path / "out.json"
    run("read", path, "-o", out)
    duty = next(c["duty"] for c in json.loads(out.read_text("utf-8"))["clauses"] if c["duty"])
    assert len(duty["parties"][0]["expands_to"]) == 10
    run("read", path, "-o", out, "--region", "none")
    duty = next(c["duty"] for c in json.loads(out.read_text("utf-8"))["clauses"] if c["duty"])
    assert duty["parties"][0]["expands_to"] == []


def test_all_problems_at_once_and_nothing_written(tmp_path):
    result = run("read", tmp_path / "nothing.txt", "-o", tmp_path / "a.pptx", "-o", tmp_path / "b")
    assert result.exit_code == 2
    assert result.output.count("O003") == 2
    assert "O001" in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_input_is_never_overwritten(tmp_path):
    path = tmp_path / "same.json"
    path.write_text(PAPER, "utf-8")
    result = run("read", path, "-o", path)
    assert result.exit_code == 2
    assert "O005" in result.output
    assert path.read_text("utf-8") == PAPER


def test_unreadable_input_is_one_problem(tmp_path):
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    result = run("read", path)
    assert result.exit_code == 2
    assert "R0" in result.output


def test_an_output_that_cannot_be_written(paper, tmp_path):
    result = run("read", paper, "-o", tmp_path / "no" / "such" / "folder.csv")
    assert result.exit_code == 2
    assert "O004" in result.output


def test_a_folder_is_no_file(tmp_path):
    result = run("read", tmp_path)
    assert result.exit_code == 2
    assert "O006" in result.output


def test_a_file_that_was_there_is_replaced_whole_and_nothing_else_is_left(paper, tmp_path):
    out = tmp_path / "out.json"
    out.write_text("old", "utf-8")
    out.chmod(0o640)
    assert run("read", paper, "-o", out).exit_code == 0
    assert json.loads(out.read_text("utf-8"))["title"] == "临河市人民政府关于治水的意见"
    assert out.stat().st_mode & 0o777 == 0o640
    assert {p.name for p in tmp_path.iterdir()} == {"paper.txt", "out.json"}


def test_a_folder_in_the_outputs_place_is_one_problem(paper, tmp_path):
    (tmp_path / "taken.csv").mkdir()
    result = run("read", paper, "-o", tmp_path / "taken.csv")
    assert result.exit_code == 2
    assert "O004" in result.output


def test_no_colours_where_the_output_is_no_terminal(paper):
    assert "\x1b[" not in run("read", paper).output


def test_unknown_region(paper):
    result = run("read", paper, "--region", "nowhere")
    assert result.exit_code == 2
    assert "G001" in result.output


def test_csv_is_read_by_spreadsheets_and_neutral(policy):
    data = EXPORTS[".csv"].render(policy, None)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["时限日期"] == "2026-12-31"
    assert rows[1]["任务"] == "'=1+1是公式"
    assert [r["备注"] for r in rows] == ["“泵站”疑为衍文，待核定", ""]


def test_json_is_the_contract(policy):
    assert json.loads(EXPORTS[".json"].render(policy, None)) == json.loads(json.dumps(to_dict(policy)))


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
def test_active_text_is_quoted(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("value", ["1", "文字", 3, None, -1.5])
def test_other_values_stay(value):
    assert neutral(value) == value
