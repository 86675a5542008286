"""Which pages are generated, and whether the committed ones are stale."""

from __future__ import annotations

import json
from pathlib import Path


def pages() -> dict[str, str]:
    """Return every generated page by file name."""
    from tongchou.policy.contract import json_schema
    from tongchou.surfaces.manual import codes, commands

    return {
        "codes.md": codes.page(),
        "commands.md": commands.page(),
        "policy-1.schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n",
    }


def write(folder: Path) -> None:
    """Write every generated page into ``folder`` and remove files there that are no longer generated."""
    folder.mkdir(parents=True, exist_ok=True)
    generated = pages()
    for old in folder.iterdir():
        if old.name not in generated:
            old.unlink()
    for name, text in generated.items():
        (folder / name).write_text(text, encoding="utf-8")


def stale(folder: Path) -> list[str]:
    """Return the names of pages that are missing from ``folder``, differ, or are no longer generated."""
    generated = pages()
    there = {p.name for p in folder.iterdir()} if folder.is_dir() else set()
    return sorted(
        {name for name, text in generated.items() if name not in there or (folder / name).read_text("utf-8") != text}
        | (there - set(generated))
    )
