"""What other parts of the workbench hold for a clause of the built-in policy."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.registers.looking_up import registers


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Something that serves a clause, with its page."""

    title: Text
    address: str


def registers_of(clause: str) -> list[Neighbour]:
    """Return the registers declared for a clause, in the order of the systems they serve."""
    return [
        Neighbour(one.declared.title.text(), reverse("register", args=[one.id]))
        for one in registers().values()
        if clause in one.declared.clauses
    ]
