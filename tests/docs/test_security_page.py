"""The table of security points names tests that exist, and says something honest where it names none."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"(tests/[\w/]+\.py)::(\w+)", TEXT)))
ROWS = [line for line in TEXT.splitlines() if re.match(r"\| [(\d]", line)]


def test_there_are_points():
    assert len(ROWS) > 80
    assert len(NAMED) > 50


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_named_test_exists(file, name):
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}


def test_every_point_says_whether_it_is_met():
    for row in ROWS:
        cells = [c.strip() for c in row.strip("|").split("|")]
        assert len(cells) == 5, row
        assert cells[3].startswith(("met", "partly", "no")), row


def test_every_chapter_is_there():
    assert all(re.search(rf"\bV{n}\b", TEXT) for n in range(1, 15))
