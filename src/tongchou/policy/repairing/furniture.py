"""Lines of a web site around a document, by the patterns of ``furniture.csv``."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from tongchou.policy.vocabulary import rows

_BULLET = "[\\s•·●■◆▪►▶*|｜>＞»\\-–—_=]*"
_LONGEST = 140  # characters of a line that may be furniture


class Furniture(StrEnum):
    """What a line of furniture says about the lines behind it."""

    LINE = "line"
    REST = "rest"
    INTERPRETATION = "interpretation"


class Zone(StrEnum):
    """Where in a page a line stands: before the document's text or behind it."""

    HEAD = "head"
    TAIL = "tail"


@lru_cache(maxsize=2)
def _patterns(zone: Zone) -> re.Pattern[str]:
    """Return one expression with a named group for each scope."""
    groups = [
        f"(?P<{scope}>" + "|".join(f"(?:{r['pattern']})" for r in found) + ")"
        for scope in Furniture
        if (found := [r for r in rows("furniture") if r["scope"] == scope and r["zone"] in (zone, "both")])
    ]
    return re.compile(f"{_BULLET}(?:{'|'.join(groups)}){_BULLET}")


def kind(line: str, zone: Zone) -> Furniture | None:
    """Return what kind of furniture ``line`` is, ``None`` where it is none; a rule of dashes is furniture too."""
    line = line.strip()
    if not line or len(line) > _LONGEST:
        return None
    if re.fullmatch(_BULLET, line):
        return Furniture.LINE
    match = _patterns(zone).fullmatch(line)
    return Furniture(match.lastgroup) if match is not None and match.lastgroup else None
