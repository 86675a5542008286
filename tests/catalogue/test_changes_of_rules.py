"""A change of any rule, from a worked case to figures near it, is split without a rest, or the reason is told."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from tests.catalogue.libreoffice import recalculated
from tests.worked.cases import CASES, RULES, compute

from tongchou.kernel.problems import ProblemsError
from tongchou.rules.attribution import attribute
from tongchou.rules.attribution.record import record
from tongchou.rules.attribution.words import sentence
from tongchou.surfaces.changes import Compared, unit_names
from tongchou.surfaces.workbook.change import change_workbook

# Each number grows by a share of its own, so that no two factors act alike and none cancels.
_SHARES = (1.01, 1.07, 1.03, 1.13, 1.02, 1.05, 1.11)


def near(name: str) -> dict[str, dict[str, float | None]]:
    """Return the figures of a case, grown where they are plain numbers and not shared by several rows."""
    case, rule = CASES[name], RULES[CASES[name]["rule"]]
    rows: dict[str, dict[str, float | None]] = {}
    for i, (place, row) in enumerate(case["given"].items()):
        rows[place] = dict(row)
        for k, (input_, held) in enumerate(row.items()):
            declared = rule.declared.inputs[input_]
            if held is not None and declared.codes is None and declared.per is None:
                grown = held * _SHARES[(i + 3 * k) % len(_SHARES)]
                rows[place][input_] = grown if declared.at_most is None else min(grown, declared.at_most)
    return rows


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_change_is_split_without_a_rest(name: str) -> None:
    before = compute(CASES[name], CASES[name]["given"])
    try:
        after = compute(CASES[name], near(name))
    except ProblemsError as error:
        pytest.skip(f"such figures are refused: {error.problems[0].code}")
    change = attribute(before, after)
    size = max(float(np.nanmax(np.abs([change.before, change.after]), initial=0)), 1e-300)
    for i, place in enumerate(change.places):
        if np.isnan(change.total[i]):
            assert place in change.reasons
        elif np.isnan(change.parts[:, i]).any():
            assert "不能分解" in change.reasons[place].zh
        else:
            assert abs(change.parts[:, i].sum() - change.total[i]) <= 1e-9 * size
            assert abs(change.total[i] - (change.after[i] - change.before[i])) <= 1e-9 * size
        assert sentence(change, i).zh
    assert len(record(change)["places"]) == len(change.places)


def test_libreoffice_adds_the_parts_up_to_the_same(tmp_path: Path) -> None:
    books = {}
    for rule, name in {case["rule"]: name for name, case in sorted(CASES.items())}.items():
        try:
            change = attribute(compute(CASES[name], CASES[name]["given"]), compute(CASES[name], near(name)))
        except ProblemsError:
            continue
        books[rule] = change_workbook(Compared(change, unit_names(change, None), ("a", "b")), "zh")
    assert len(books) > len(RULES) / 2
    for rule, book in recalculated(books, tmp_path).items():
        held = openpyxl.load_workbook(BytesIO(books[rule]), data_only=True)["变动"]
        heads = [cell.value for cell in held[3]]
        check = heads.index("核对")
        for ours, theirs in zip(held.iter_rows(min_row=4), book["变动"].iter_rows(min_row=4), strict=True):
            for cell, other in zip(ours, theirs, strict=True):
                if isinstance(cell.value, int | float):
                    assert other.value == pytest.approx(cell.value, rel=1e-9, abs=1e-9), (rule, cell.coordinate)
            assert theirs[check].value in (0, None), rule
