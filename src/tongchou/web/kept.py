"""Parts of pages that depend on nothing but what they are named by, kept ready in memory.

A part is named by everything it shows: the stamp of the document or of the figures, the filters, the page. There is
nothing to expire: changed content has another name. What is about the reader must not stand in such a part.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

CHARACTERS = 24_000_000  # of all parts together; at most some 50 MB a process

_lock = Lock()
_parts: OrderedDict[tuple[str, ...], str] = OrderedDict()
_held = 0


def part(name: tuple[str, ...]) -> str | None:
    """Return what is kept under a name, which makes it the last to be let go."""
    with _lock:
        found = _parts.get(name)
        if found is not None:
            _parts.move_to_end(name)
        return found


def keep(name: tuple[str, ...], text: str) -> None:
    """Keep a part; those not asked for the longest are let go where there are too many."""
    global _held
    if len(text) > CHARACTERS // 8:
        return
    with _lock:
        _held += len(text) - len(_parts.pop(name, ""))
        _parts[name] = text
        while _held > CHARACTERS:
            _, gone = _parts.popitem(last=False)
            _held -= len(gone)


def forget() -> None:
    """Let go of everything, for tests."""
    global _held
    with _lock:
        _parts.clear()
        _held = 0
