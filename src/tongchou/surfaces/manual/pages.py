"""Which pages are generated, and whether the committed ones are stale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def pages() -> dict[str, str]:
    """Return every generated page by file name."""
    from tongchou.policy.contract import json_schema
    from tongchou.surfaces import register_schema, rule_schema
    from tongchou.surfaces.manual import codes, commands, registers, rules

    return {
        "codes.md": codes.page(),
        "commands.md": commands.page(),
        "policy-1.schema.json": _json(json_schema()),
        "register-1.schema.json": _json(register_schema.register_file()),
        "rule-1.schema.json": _json(rule_schema.rule_file()),
        "run-1.schema.json": _json({"$id": "tongchou.run/1", **rule_schema.run()}),
        **{f"registers/{name}": text for name, text in registers.pages().items()},
        **{f"rules/{name}": text for name, text in rules.pages().items()},
    }


def _json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> None:
    """Write every generated page into ``folder`` and remove files there that are no longer generated."""
    folder.mkdir(parents=True, exist_ok=True)
    generated = pages()
    for name in _there(folder) - set(generated):
        (folder / name).unlink()
    for name, text in generated.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _there(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def stale(folder: Path) -> list[str]:
    """Return the names of pages that are missing from ``folder``, differ, or are no longer generated."""
    generated = pages()
    there = _there(folder) if folder.is_dir() else set()
    return sorted(
        {name for name, text in generated.items() if name not in there or (folder / name).read_text("utf-8") != text}
        | (there - set(generated))
    )
