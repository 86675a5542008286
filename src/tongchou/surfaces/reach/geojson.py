"""Points, facilities and new sites as GeoJSON (RFC 7946), each feature with its status and what it rests on."""

from __future__ import annotations

import json
from typing import Any

from tongchou.kernel.text import Text
from tongchou.networks.package import Node
from tongchou.surfaces.reach.answer import Answer, Placed
from tongchou.surfaces.reach.listings import note, title


def reach_geojson(answer: Answer, plan: Placed | None = None) -> bytes:
    """Return points with a position (people, cost to the nearest, within or not), facilities and new sites."""
    served = answer.served
    nodes = {n.id: n for n in served.network.nodes}
    features = []
    for i, point in enumerate(served.points):
        which = int(served.nearest[i])
        cost = float(served.least[i])
        told = {
            "layer": "point",
            "people": float(served.people[i]),
            served.measure: cost if cost != float("inf") else None,
            "within": cost <= answer.asked.limit,
            "nearest": served.facilities[which].id if which >= 0 else None,
        }
        features.append(_feature(point, told))
    for facility in served.facilities:
        told = {"layer": "facility", "id": facility.id, "name": facility.name.zh, "name_en": facility.name.en,
                "service": facility.service, "level": facility.level, "capacity": facility.capacity,
                "unit": facility.unit, "status": facility.status.word}  # fmt: skip
        features.append(_feature(nodes[facility.node], told))
    if plan is not None:
        features += [_feature(node, {"layer": "new_site", "order": i + 1}) for i, node in enumerate(plan.chosen)]
    what = title(answer, Text("各点", "Points"))
    whole = {
        "type": "FeatureCollection",
        "name": served.network.id,
        "title": {"zh": what.zh, "en": what.en},
        "note": {"zh": note(answer).zh, "en": note(answer).en},
        "features": [one for one in features if one["geometry"] is not None],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _feature(node: Node, properties: dict[str, Any]) -> dict[str, Any]:
    held = {"id": node.id, "name": node.name.zh, "name_en": node.name.en, "status": node.status.word, **properties}
    known = node.lon is not None and node.lat is not None
    point = {"type": "Point", "coordinates": [node.lon, node.lat]} if known else None
    return {"type": "Feature", "geometry": point, "properties": held}
