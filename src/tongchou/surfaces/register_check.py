"""Checking register files and their worked cases, all at once, before a city relies on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tongchou.catalogue import Catalogue
from tongchou.kernel import yaml_lines
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.registers import codes as register_codes
from tongchou.registers import worked
from tongchou.registers.references import References
from tongchou.registers.register import Register, load
from tongchou.surfaces import codes


@dataclass(slots=True)
class CheckedRegisters:
    """What was checked, and every problem of it."""

    registers: int = 0
    cases: int = 0
    problems: list[Problem] = field(default_factory=list)


def check_registers(files: Sequence[Path], catalogue: Catalogue, references: References) -> CheckedRegisters:
    """Check registers and worked cases; folders are searched. A file with ``register`` and ``rows`` is a case."""
    found = CheckedRegisters()
    known: dict[str, Register] = dict(catalogue.registers)
    cases: list[Path] = []
    for path in [p for given in files for p in (sorted(given.rglob("*.yaml")) if given.is_dir() else [given])]:
        if not path.is_file():
            found.problems.append(codes.NO_SUCH_FILE.at(str(path)))
            continue
        data, _ = yaml_lines.read(path.read_text(encoding="utf-8", errors="replace"), str(path), [])
        if isinstance(data, dict) and "register" in data and "rows" in data:
            cases.append(path)
            continue
        try:
            register = load(path, str(path))
        except ProblemsError as error:
            found.problems += error.problems
            continue
        known[register.id] = register
        found.registers += 1
    for path in cases:
        _case(path, known, references, found)
    return found


def _case(path: Path, known: dict[str, Register], references: References, found: CheckedRegisters) -> None:
    try:
        case = worked.load(path, str(path))
    except ProblemsError as error:
        found.problems += error.problems
        return
    register = known.get(case.register_)
    if register is None:
        found.problems.append(register_codes.NO_SUCH_REGISTER.at(str(path), id=case.register_, near="、".join(known)))
        return
    found.problems += worked.differences(case, register, references, str(path))
    found.cases += 1
