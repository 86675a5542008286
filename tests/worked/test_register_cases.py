"""Every worked case of a register comes out as done by hand, and every move, roll-up and warning has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongchou.catalogue import registers
from tongchou.region import load as region
from tongchou.registers import worked
from tongchou.registers.references import of_region

CASES = sorted((Path(__file__).parent / "registers").glob("*.yaml"))


@pytest.fixture(scope="module")
def references():
    return of_region(region("taiyuan"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_the_case_comes_out_as_done_by_hand(path, references):
    case = worked.load(path)
    found = worked.differences(case, registers()[case.register_], references, path.name)
    assert [f"{p.where}: {p.message.zh}" for p in found] == []


@pytest.mark.parametrize("id_", list(registers()))
def test_every_move_rollup_warning_and_derived_field_has_a_case(id_):
    declared = registers()[id_].declared
    wanted = {f"moves.{n}" for n in declared.moves} | {f"rollups.{n}" for n in declared.rollups}
    wanted |= {f"warnings.{n}" for n in declared.warnings}
    wanted |= {f"fields.{n}" for n, f in declared.fields.items() if f.formula is not None}
    cases = [case for case in map(worked.load, CASES) if case.register_ == id_]
    assert cases
    assert wanted - set().union(*map(worked.covered, cases)) == set()
