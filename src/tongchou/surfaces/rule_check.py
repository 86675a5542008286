"""Checking rule files, their parameters and their worked cases, all at once, before a city relies on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tongchou.catalogue import built_in
from tongchou.kernel import yaml_lines
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules import codes as rule_codes
from tongchou.rules import parameters, worked
from tongchou.rules.rule import Rule, load
from tongchou.surfaces import codes


@dataclass(slots=True)
class Checked:
    """What was checked, and every problem of it."""

    rules: int = 0
    parameters: int = 0
    cases: int = 0
    problems: list[Problem] = field(default_factory=list)


def check_files(files: Sequence[Path]) -> Checked:
    """Check rules, parameter files and worked cases; folders are searched. What a file is, its own keys say."""
    found = Checked()
    kinds: dict[str, list[Path]] = {"id": [], "values": [], "given": []}
    for path in [p for given in files for p in (sorted(given.rglob("*.yaml")) if given.is_dir() else [given])]:
        if not path.is_file():
            found.problems.append(codes.NO_SUCH_FILE.at(str(path)))
            continue
        problems: list[Problem] = []
        data, _ = yaml_lines.read(path.read_text(encoding="utf-8", errors="replace"), str(path), problems)
        kind = next((key for key in kinds if isinstance(data, dict) and key in data), "id")
        kinds[kind].append(path)
    known: dict[str, Rule] = {}
    for path in kinds["id"]:
        try:
            rule = load(path, str(path))
        except ProblemsError as error:
            found.problems += error.problems
            continue
        known[rule.id] = rule
    found.rules = len(known)
    for kind in ("values", "given"):
        for path in kinds[kind]:
            _check(kind, path, known, found)
    return found


def _check(kind: str, path: Path, known: dict[str, Rule], found: Checked) -> None:
    data, _ = yaml_lines.read(path.read_text(encoding="utf-8"), str(path), found.problems)
    id_ = str(data.get("rule", ""))
    rule = known.get(id_) or built_in().rules.get(id_)
    if rule is None:
        found.problems.append(rule_codes.NO_SUCH_RULE.at(str(path), id=id_, near="、".join(known) or "—"))
        return
    try:
        if kind == "values":
            parameters.load(path, rule, str(path))
            found.parameters += 1
        else:
            found.problems += worked.differences(worked.load(path, str(path)), rule, str(path))
            found.cases += 1
    except ProblemsError as error:
        found.problems += error.problems
