"""A supply network as a picture: links by what they carry and hold back, places that are short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tongchou.kernel.text import Text
from tongchou.surfaces.supply.view import View
from tongchou.web.schematic.picture import Dot, Drawn, Map, drawn_map, position
from tongchou.web.supply.words import kind_word

_RANKS = {"idle": 0, "carries": 1, "full": 2, "binds": 3}
_THICKEST = 5


def map_of(view: View, width: float, size: float, language: str) -> Map | None:
    """Return the map in drawings of this width with words of this size; ``None`` where no node has a position."""
    return drawn_map(list(_dots(view)), list(_lines(view)), width, size, language)


def _dots(view: View) -> Iterator[Dot]:
    nodes = view.found.network.nodes
    # Words are placed in this order: of those that want attention first, of sources last.
    for node in sorted(nodes, key=lambda n: (n.id not in view.lit, n.kind == "source")):
        if (at := position(node)) is not None:
            kind, is_lit = kind_word(node.kind), node.id in view.lit
            says = Text(f"{node.name.zh}（{kind.zh}）", f"{node.name.en} ({kind.en})")
            yield Dot(at, node.kind, says, node.name, node.kind == "outside", is_lit)


def _lines(view: View) -> Iterator[Drawn]:
    at = {n.id: position(n) for n in view.found.network.nodes}
    most = max((link.carried if link.carried is not None else link.capacity for link in view.links), default=0.0)
    beside: dict[tuple[str, ...], int] = defaultdict(int)
    rows = [tuple(sorted((link.tail, link.head))) for link in view.links]
    for link, ends in zip(view.links, rows, strict=True):
        tail, head = at[link.tail], at[link.head]
        row, beside[ends] = beside[ends], beside[ends] + 1
        if tail is None or head is None or tail == head:
            continue
        size = link.carried if link.carried is not None else link.capacity
        thick = 1 + round((_THICKEST - 1) * (size / most) ** 0.5) if size > 0 and most > 0 else 1
        yield Drawn(
            (tail, head), link.mode, link.state, link.says, row, rows.count(ends), _RANKS[link.state], thick,
            link.state == "binds", view.found.network.kind == "water" and link.state != "idle",
        )  # fmt: skip
