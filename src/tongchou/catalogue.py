"""The list of everything declared: so far the rules that stand in ``systems``, one YAML file each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import tongchou.systems
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules import codes
from tongchou.rules.rule import Rule, load


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Return every declared rule by id, in order; raise :class:`ProblemsError` with the problems of all files."""
    root = Path(tongchou.systems.__path__[0])
    found: dict[str, Rule] = {}
    problems: list[Problem] = []
    for path in sorted(root.glob("*/*.yaml")):
        file = path.relative_to(root).as_posix()
        try:
            rule = load(path, file)
        except ProblemsError as error:
            problems += error.problems
            continue
        if rule.id in found:
            problems.append(codes.REPEATED_NAME.at(file, name=rule.id))
        found[rule.id] = rule
    if problems:
        raise ProblemsError(problems)
    return dict(sorted(found.items()))
