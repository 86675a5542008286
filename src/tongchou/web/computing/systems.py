"""What the modules of the policy's systems, and the systems themselves, are called on a page."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.systems.directory import MODULES, systems

#: The names of the systems by number.
SYSTEMS = {id_: one.title for id_, one in systems().items()}


def module(id_: str) -> Text:
    """Return what the module of a rule is called; a package's own modules are shown as they are written."""
    name = id_.partition(".")[0]
    return MODULES.get(name, Text(name, name))


def system(code: str) -> Text:
    """Return what a system is called; an unknown one is shown by its number."""
    return SYSTEMS.get(code, Text(code, code))
