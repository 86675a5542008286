"""Where each commitment stands, as far as it has been approved for everybody to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from tongchou.kernel.text import Text
from tongchou.web.ledger.models import Document


class Lamp(Enum):
    """The five lamps: colour, icon, word."""

    GREEN = ("green", "●", Text("正常", "on time"))
    YELLOW = ("yellow", "▲", Text("临期", "due soon"))
    RED = ("red", "■", Text("逾期", "overdue"))
    BLUE = ("blue", "✔", Text("办结", "closed"))
    GREY = ("grey", "◌", Text("未报", "not reported"))

    def __init__(self, colour: str, icon: str, label: Text) -> None:
        self.colour = colour
        self.icon = icon
        self.label = label


@dataclass(frozen=True, slots=True)
class Standing:
    """The lamp of one commitment."""

    commitment: str
    lamp: Lamp


def standings(document: Document) -> Mapping[str, Standing]:
    """Return the standing of every commitment of a document that anything approved is known about, by its id."""
    return {}
