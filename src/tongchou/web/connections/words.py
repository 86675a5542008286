"""What ways of travel and kinds of nodes are called."""

from __future__ import annotations

from tongchou.kernel.text import Text

MODES: dict[str, Text] = {
    "expressway": Text("高速公路", "expressway"),
    "arterial": Text("城市干道", "main street"),
    "road": Text("公路", "road"),
    "mountain": Text("山区公路", "mountain road"),
    "street": Text("城市道路", "street"),
    "rail": Text("铁路", "railway"),
    "metro": Text("地铁", "metro"),
    "bus": Text("公交", "bus"),
    "air": Text("航空", "air"),
    "walk": Text("步行换乘", "walk"),
}
KINDS: dict[str, Text] = {
    "seat": Text("驻地", "seat"),
    "centre": Text("市中心", "centre"),
    "hub": Text("枢纽", "hub"),
    "station": Text("车站", "station"),
    "outside": Text("市外", "outside"),
}


def mode_word(mode: str) -> Text:
    """Return what a way of travel is called; its own id where the workbench has no word."""
    return MODES.get(mode, Text(mode, mode))


def kind_word(kind: str) -> Text:
    """Return what a kind of node is called."""
    return KINDS.get(kind, Text(kind, kind))
