"""Every rule's workbooks, computed anew by LibreOffice, agree cell by cell with the engine."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from tests.catalogue.libreoffice import recalculated
from tests.worked.cases import CASES, compute

from tongchou.catalogue import rules
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.region import Region, load
from tongchou.rules.codes import SEVERAL_BASES
from tongchou.rules.result import Result
from tongchou.surfaces.computing import Asked
from tongchou.surfaces.computing import compute as asked_for
from tongchou.surfaces.workbook.workings import workings
from tongchou.surfaces.workbook.workings_layout import FIRST, lay_out
from tongchou.surfaces.workbook.workings_numbers import Held

RELATIVE = 1e-9
MONEY = {"元": 100, "万元": 1e6, "千元": 1e5, "亿元": 1e10}  # fen in one


# The worked cases, and every rule with the figures of the built-in region; the names of both are told apart by ≈.
REGION = [f"taiyuan ≈ {id_}" for id_ in rules()]
NAMES = [*CASES, *REGION]


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[Result, dict[str, Text]]]:
    found = {name: (compute(case, case["given"]), {}) for name, case in CASES.items()}
    region = load("taiyuan")
    return found | {name: of_region(name.rpartition(" ")[2], region) for name in REGION}


def of_region(id_: str, region: Region) -> tuple[Result, dict[str, Text]]:
    """Return a rule's result for a region, on the first population base there is for it, and the names of its rows."""
    for base in (None, *region.bases):
        try:
            answer = asked_for(Asked(id_, region, base=base))
        except ProblemsError as error:
            if {problem.code for problem in error.problems} != {SEVERAL_BASES.code}:
                raise
        else:
            return answer.result, answer.names
    raise AssertionError(f"{id_} cannot be computed on any population base")


@pytest.fixture(scope="module")
def books(
    results: dict[str, tuple[Result, dict[str, Text]]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, openpyxl.Workbook]:
    written = {name: workings(result, names=names) for name, (result, names) in results.items()}
    return recalculated(written, tmp_path_factory.mktemp("recalculated"))


def test_every_rule_has_a_case_to_recalculate() -> None:
    assert {case["rule"] for case in CASES.values()} == set(rules())


@pytest.mark.parametrize("name", NAMES)
def test_the_calculation_agrees_cell_by_cell(
    name: str, results: dict[str, tuple[Result, dict[str, Text]]], books: dict[str, openpyxl.Workbook]
) -> None:
    result, names = results[name]
    apart = list(_apart(result, books[name], named=bool(names)))
    assert not apart, "\n".join(f"{result.rule.id} {name}: {one}" for one in apart[:20])


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_an_error_and_every_check_agrees(name: str, books: dict[str, openpyxl.Workbook]) -> None:
    found = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in books[name]
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and (cell.value.startswith("#") or cell.value == "有出入")
    ]
    assert not found, (name, found[:20])
    assert books[name]["核对"]["A3"].value == "全部核对相符"


def test_libreoffice_computes_and_does_not_repeat(tmp_path: Path) -> None:
    """Whatever value a cell says it has: were it only copied, a wrong workbook would pass all of these tests."""
    case = CASES["fiscal/equalisation_two_gaps.yaml"]
    result = compute(case, case["given"])
    data, layout = workings(result), lay_out(result, "zh", named=False)
    cell = layout.cell("gap").replace("\x00", str(FIRST + 1))
    corrupted = _with_cached(data, layout.sheet("calculation"), cell, "987654")
    assert openpyxl.load_workbook(io.BytesIO(corrupted), data_only=True)["计算"][cell].value == 987654
    book = recalculated({"corrupted": corrupted}, tmp_path)["corrupted"]
    assert book["计算"][cell].value == 200


def _apart(result: Result, book: openpyxl.Workbook, *, named: bool) -> Iterator[str]:
    layout = lay_out(result, "zh", named=named)
    held, sheet = Held(layout), book["计算"]
    places = [held.arranged.places[i] for i in held.arranged.order.tolist()]
    units = result.rule.units()
    for number, col in enumerate(layout.columns, 1):
        if col.kind not in ("input", "given", "column", "part"):
            continue
        ours = held.column(col).tolist()
        scale = max((abs(v) for v in ours if not math.isnan(v)), default=0.0)
        fen = MONEY.get(units[col.of]) if col.kind == "column" and _closes(result, col.of) else None
        for at, value in enumerate(ours):
            theirs = sheet.cell(FIRST + at, number).value
            if not _agree(value, theirs, scale, fen):
                what = f"{col.of} {col.part}".strip()
                yield f"{what} of {places[at]} (计算!{sheet.cell(FIRST + at, number).coordinate}): {value} ≠ {theirs!r}"


def _closes(result: Result, name: str) -> bool:
    return result.rule.declared.columns[name].closes is not None


def _agree(ours: float, theirs: object, scale: float, fen: float | None) -> bool:
    if theirs is None or theirs == "":
        return math.isnan(ours)
    if math.isnan(ours) or not isinstance(theirs, int | float):
        return False
    if fen is not None:
        return round(ours * fen) == round(theirs * fen)
    # Where large numbers cancel, what is left is known to what they are known to.
    return abs(ours - theirs) <= RELATIVE * max(abs(ours), abs(theirs)) or abs(ours - theirs) <= 1e-14 * scale


def _with_cached(data: bytes, sheet: str, cell: str, value: str) -> bytes:
    """Return a workbook in which a formula's stored value is another one."""
    names = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    target, out = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for item in before.namelist():
            content = before.read(item)
            if item == target:
                text = content.decode("utf-8")
                start = text.index(f'<c r="{cell}"')
                begin, end = text.index("<v>", start) + 3, text.index("</v>", start)
                content = (text[:begin] + value + text[end:]).encode("utf-8")
            after.writestr(item, content)
    return out.getvalue()
