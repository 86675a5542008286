"""Columns written once in one rule and used in others: ``uses`` copies them in before anything is checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tongchou.kernel import yaml_lines
from tongchou.kernel.problems import Problem
from tongchou.rules import codes

_NAME = re.compile(r"\$?[a-z][a-z0-9_]*")
#: id → (text, file) of a rule file, or ``None`` when there is none.
Find = Callable[[str], tuple[str, str] | None]


def expand(data: Any, at: str, find: Find | None, problems: list[Problem]) -> Any:
    """Return a declaration with what it ``uses`` copied in: the columns and parameters of another rule.

    ``uses: {rule: fiscal.grant, inputs: {score: claim}}`` gives each of that rule's inputs the name of an input or
    column here. Names keep; a column or parameter declared here too, or an input left out, is a problem.
    """
    if not isinstance(data, dict) or "uses" not in data:
        return data
    uses = data["uses"]
    rest = {key: value for key, value in data.items() if key != "uses"}
    if not isinstance(uses, dict) or set(uses) != {"rule", "inputs"} or not isinstance(uses["inputs"], dict):
        problems.append(codes.BAD_FIELD.at(at, field="uses", reason="{rule: …, inputs: {…}}"))
        return rest
    found = find(str(uses["rule"])) if find is not None else None
    if found is None:
        problems.append(codes.NO_SUCH_RULE.at(at, id=uses["rule"], near="—"))
        return rest
    other, lines = yaml_lines.read(found[0], found[1], problems)
    other = expand(other, yaml_lines.where(found[1], lines, ("uses",)), _not_again(find, str(uses["rule"])), problems)
    if not isinstance(other, dict):
        return rest
    inputs = {str(name): str(here) for name, here in uses["inputs"].items()}
    known = "、".join(other.get("inputs", {}))
    unlike = sorted(set(inputs) ^ set(other.get("inputs", {})))
    problems += [codes.UNDEFINED.at(at, name=name, known=known) for name in unlike]
    for section in ("columns", "parameters"):
        theirs, ours = other.get(section) or {}, rest.get(section) or {}
        problems += [codes.REPEATED_NAME.at(at, name=name) for name in sorted(set(theirs) & set(ours))]
        rest[section] = {**theirs, **ours} if section == "parameters" else {**ours, **_renamed(theirs, inputs)}
    return rest


def _not_again(find: Find | None, id_: str) -> Find | None:
    """Return ``find`` without the rule being copied, so that rules using each other come to an end."""
    return None if find is None else lambda other: None if other == id_ else find(other)


def _renamed(columns: dict[str, Any], inputs: dict[str, str]) -> dict[str, Any]:
    def here(text: str) -> str:
        return _NAME.sub(lambda found: inputs.get(found[0], found[0]), text)

    renamed = {}
    for name, column in columns.items():
        copied = dict(column)
        if isinstance(copied.get("formula"), str):
            copied["formula"] = here(copied["formula"])
        if isinstance(copied.get("closes"), dict):
            copied["closes"] = {**copied["closes"], "to": here(str(copied["closes"].get("to", "")))}
        renamed[name] = copied
    return renamed
