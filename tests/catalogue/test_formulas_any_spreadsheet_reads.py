"""Formulas of workings keep within what Excel 2010, WPS and LibreOffice all read; without LibreOffice CI fails."""

from __future__ import annotations

import html
import io
import re
import zipfile

import pytest
from tests.catalogue import libreoffice
from tests.worked.cases import CASES, compute

from tongchou.surfaces.workbook.workings import workings

# All of them older than Excel 2010.
FUNCTIONS = {
    "ABS",
    "AND",
    "AVERAGE",
    "AVERAGEIFS",
    "COUNT",
    "COUNTIF",
    "COUNTIFS",
    "EXP",
    "IF",
    "IFERROR",
    "INDEX",
    "INT",
    "ISNUMBER",
    "LN",
    "LOG",
    "MATCH",
    "MAX",
    "MIN",
    "NA",
    "NOT",
    "OR",
    "POWER",
    "RANK",
    "ROUND",
    "ROW",
    "ROWS",
    "SQRT",
    "STDEVP",
    "SUM",
    "SUMIFS",
    "SUMPRODUCT",
}
LONGEST, DEEPEST = 8192, 64  # what Excel takes
_TEXT = re.compile(r'"[^"]*"')


def formulas(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = [book.read(n).decode("utf-8") for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
    return {html.unescape(f) for sheet in sheets for f in re.findall(r"<f[^>]*>([^<]*)</f>", sheet)}


def depth(formula: str) -> int:
    deepest = here = 0
    for character in formula:
        here += (character == "(") - (character == ")")
        deepest = max(deepest, here)
    return deepest


@pytest.mark.parametrize("name", CASES)
def test_formulas_are_ones_every_spreadsheet_reads(name: str) -> None:
    found = formulas(workings(compute(CASES[name], CASES[name]["given"])))
    assert found
    bare = [_TEXT.sub("", formula) for formula in found]
    used = {function for formula in bare for function in re.findall(r"([A-Z][A-Z0-9.]*)\(", formula)}
    assert used <= FUNCTIONS
    assert max(map(len, found)) <= LONGEST
    assert max(map(depth, bare)) <= DEEPEST
    assert all(formula.count("(") == formula.count(")") for formula in bare)


def test_without_libreoffice_ci_fails_and_others_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice.shutil, "which", lambda _: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="soffice is not installed"):
        libreoffice.soffice()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="soffice is not installed"):
        libreoffice.soffice()
