"""The settings of the reply clock, from dated parameter files beside this one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tongchou.kernel.text import Text

_FOLDER = Path(__file__).parent / "parameters"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value in force from a day on, with where it comes from."""

    start: date
    value: int
    source: Text
    assumed: bool


@lru_cache(maxsize=1)
def _settings() -> dict[str, tuple[Setting, ...]]:
    read: dict[str, list[dict[str, Any]]] = yaml.safe_load((_FOLDER / "reply.yaml").read_text("utf-8"))
    return {
        name: tuple(
            Setting(d["from"], int(d["value"]), Text(d["source"]["zh"], d["source"]["en"]), bool(d.get("assumed")))
            for d in sorted(dated, key=lambda d: d["from"])
        )
        for name, dated in read.items()
    }


def setting(name: str, on: date) -> Setting:
    """Return the value in force on a day; before the first the first."""
    dated = _settings()[name]
    return next((s for s in reversed(dated) if s.start <= on), dated[0])
