"""A supply network as GeoJSON (RFC 7946): nodes and links with what they carry, each with its status."""

from __future__ import annotations

import json
from typing import Any

from tongchou.networks.package import Node
from tongchou.surfaces.supply.view import View


def supply_geojson(view: View) -> bytes:
    """Return nodes and links whose ends have positions."""
    network = view.found.network
    nodes = {n.id: n for n in network.nodes}
    features = [
        _feature(_at(node), {"layer": "node", "id": node.id, "name": node.name.zh, "name_en": node.name.en,
                             "kind": node.kind, "status": node.status.word, "attention": node.id in view.lit})
        for node in network.nodes
    ]  # fmt: skip
    for link in view.links:
        ends = [at for end in (link.tail, link.head) if (at := _at(nodes[end])) is not None]
        told = {"layer": "link", "tail": link.tail, "head": link.head, "mode": link.mode, "state": link.state,
                "capacity": link.capacity, "carried": link.carried,
                "status": link.status.word if link.status is not None else None}  # fmt: skip
        features.append(_feature(ends if len(ends) == 2 else None, told))
    whole = {
        "type": "FeatureCollection",
        "name": network.id,
        "title": {"zh": network.title.zh, "en": network.title.en},
        "year": view.found.year,
        "month": view.month or None,
        "note": {"zh": network.note.zh, "en": network.note.en},
        "features": [one for one in features if one["geometry"] is not None],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def _at(node: Node) -> list[float] | None:
    return [node.lon, node.lat] if node.lon is not None and node.lat is not None else None


def _feature(at: Any, told: dict[str, Any]) -> dict[str, Any]:
    kind = "LineString" if at is not None and isinstance(at[0], list) else "Point"
    geometry = {"type": kind, "coordinates": at} if at is not None else None
    return {"type": "Feature", "geometry": geometry, "properties": told}
