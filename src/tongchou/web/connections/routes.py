"""The quickest ways from the centre, thinned: what is drawn of a map of streets in place of every street."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.networks.package import Standing
from tongchou.networks.ways import ways
from tongchou.web.connections.held import Held
from tongchou.web.schematic.frames import Position

_POINTS = 80  # of one way; more would not be seen


def routes(whole: Held, stands: Standing) -> list[tuple[tuple[Position, ...], Text]]:
    """Return the way from the centre to every other target, as positions of the nodes that have one."""
    centre = whole.centre
    if centre is None:
        return []
    ends = [n for n in whole.targets if n is not centre]
    found = []
    for end, nodes in zip(
        ends, ways(stands.graph, whole.number[centre.id], [whole.number[n.id] for n in ends]), strict=True
    ):
        passed = [whole.network.nodes[i] for i in nodes.tolist() if i < len(whole.network.nodes)]
        at = [(n.lon, n.lat) for n in passed if n.lon is not None and n.lat is not None]
        step = max(1, len(at) // _POINTS)
        thinned = tuple(dict.fromkeys([*at[::step], *at[-1:]]))
        if len(thinned) > 1:
            says = Text(
                f"{centre.name.zh}到{end.name.zh}的最快走法", f"the quickest way from {centre.name.en} to {end.name.en}"
            )
            found.append((thinned, says))
    return found
