"""What other parts of the workbench hold for a clause; a part that is not installed holds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tongchou.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Something that serves a clause, with its page."""

    title: Text
    address: str


def registers_of(clause: str) -> tuple[Neighbour, ...]:
    """Return the registers declared for a clause."""
    return _registers().get(clause, ())


@lru_cache(maxsize=1)
def _registers() -> dict[str, tuple[Neighbour, ...]]:
    return {}
