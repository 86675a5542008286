"""Reading a YAML file and remembering on which line each thing stands."""

from __future__ import annotations

from typing import Any

import yaml

from tongchou.kernel import declaring_codes as codes
from tongchou.kernel.problems import Problem

Path = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(text: str, file: str, problems: list[Problem]) -> tuple[Any, dict[Path, int]]:
    """Return what ``text`` holds and the line (from 1) of every path in it; problems are added to the list.

    Repeated keys and aliases are refused: a second value would silently replace the first.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Path, int] = {}
        if node is None:
            return None, lines
        before = len(problems)
        _walk(node, (), lines, file, problems, set())
        data = None if len(problems) > before else loader.construct_document(node)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark is not None else file
        problems.append(codes.NOT_YAML.at(where, reason=getattr(error, "problem", None) or str(error)))
        return None, {}
    finally:
        loader.dispose()
    return data, lines


def where(file: str, lines: dict[Path, int], path: Path) -> str:
    """Return ``file:line`` of a path, or of the nearest thing around it that stands in the file."""
    while path and path not in lines:
        path = path[:-1]
    return f"{file}:{lines.get(path, 1)}"


def _walk(node: Any, path: Path, lines: dict[Path, int], file: str, problems: list[Problem], seen: set[int]) -> None:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if id(node) in seen:
        problems.append(codes.NO_ALIAS.at(f"{file}:{line}"))
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in keys:
                problems.append(codes.REPEATED_KEY.at(f"{file}:{key.start_mark.line + 1}", key=name))
            keys.add(name)
            lines[(*path, name)] = key.start_mark.line + 1
            _walk(value, (*path, name), lines, file, problems, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines, file, problems, seen)
