"""Places of a file put on a graph: at a node they name, or beside the nearest one with a straight walk to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.networks import codes
from tongchou.networks.cells import numbers_of
from tongchou.networks.columns import find, read_columns
from tongchou.networks.edges import DECIMALS, Edges
from tongchou.networks.graph import Floats, Graph, Ints, graph
from tongchou.networks.ids import numbered, sorted_ids
from tongchou.networks.transit.modes import snapped

#: What a column may be called.
NAMES = {
    "id": ("id", "code", "place", "station", "编号", "代码", "地点"),
    "node": ("node", "节点"),
    "lon": ("lon", "longitude", "lng", "stop_lon", "经度"),
    "lat": ("lat", "latitude", "stop_lat", "纬度"),
    "people": ("people", "population", "人数", "人口"),
    "capacity": ("capacity", "supply", "规模", "床位"),
}
_MOST = 20


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Rows of a file: ids, the node each names (itself where no column says), position (rows, 2) or none, amounts."""

    file: str
    ids: NDArray[Any]
    nodes: NDArray[Any]
    at: Floats | None
    amounts: dict[str, Floats]


def read_places(path: Path | str, amounts: Sequence[str] = ()) -> Places:
    """Return the places of a table with a column id and a column node, or lon and lat, or ids that are nodes.

    ``amounts`` are the columns (people, capacity) it has to have. Raises with everything missing or wrong.
    """
    file = Path(path)
    held = read_columns(file, ids=(*NAMES["id"], *NAMES["node"]))
    named = {what: find(names, held) for what, names in NAMES.items()}
    missing = [what for what in ("id", *amounts) if named[what] is None]
    if named["node"] is None and (named["lon"] is None) != (named["lat"] is None):
        missing.append("lon" if named["lon"] is None else "lat")
    if missing:
        raise ProblemsError(codes.NO_COLUMN.at(file.name, what=w, names="、".join(NAMES[w])) for w in missing)
    problems: list[Problem] = []

    def text(what: str) -> NDArray[Any]:
        values = np.ma.asarray(held[named[what] or ""])
        gaps = np.flatnonzero(np.ma.getmaskarray(values))[:_MOST]
        problems.extend(codes.NO_VALUE.at(f"{file.name} row {i + 1}", what=what) for i in gaps)
        filled = np.ma.getdata(values)
        return filled.astype(np.int64) if filled.dtype.kind in "iu" else filled.astype(np.str_)

    def number(what: str) -> Floats:
        return numbers_of(held[named[what] or ""])

    ids = text("id")
    if np.unique(ids).size != ids.size:
        problems.append(codes.TWICE.at(file.name, what=named["id"]))
    nodes = ids if named["node"] is None else text("node")
    at = np.column_stack([number("lon"), number("lat")]) if named["node"] is None and named["lon"] else None
    if at is not None:
        inside = np.isfinite(at).all(axis=1) & (np.abs(at[:, 0]) <= 180) & (np.abs(at[:, 1]) <= 90)
        wrong = np.flatnonzero(~inside)[:_MOST]
        problems += [codes.NO_POSITION.at(f"{file.name} row {i + 1}", at=at[i].tolist()) for i in wrong]
    found = {what: number(what) for what in amounts}
    for what, values in found.items():
        bad = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))[:_MOST]
        problems += [codes.NO_SUPPLY.at(f"{file.name} row {i + 1}", what=what) for i in bad]
    if not ids.size:
        problems.append(codes.NO_VALUE.at(file.name, what="id"))
    if problems:
        raise ProblemsError(problems)
    return Places(file.name, ids, nodes, at, found)


@dataclass(frozen=True, slots=True, eq=False)
class OnGraph:
    """The number of each place in a graph, the kilometres off its node (0 at one), and whether that is too far."""

    numbers: Ints
    kilometres: Floats
    is_far: NDArray[np.bool_]


def put_on(
    edges: Edges,
    tables: Sequence[Places],
    positions: Places | None,
    *,
    speed: float,
    most: float,
    stops: Places | None = None,
) -> tuple[Graph, list[OnGraph]]:
    """Return the graph of ``edges`` with the places of every table on it.

    A place with a position becomes a node of its own, joined both ways to the nearest node of ``positions`` by a
    straight walk at ``speed`` (km/h); farther than ``most`` kilometres it is flagged and still joined. ``stops`` of
    lines that have a position are joined to the streets in the same way; without ``positions`` places are joined to
    them. Raises with every node there is not.
    """
    ids = sorted_ids(edges.tails, edges.heads)
    problems: list[Problem] = []
    known = np.zeros(0, dtype=np.int64)
    if positions is None:
        positions, stops = stops, None
    if positions is not None:
        known = numbered(ids, positions.ids)
        if positions.at is None or not (known >= 0).any():
            problems.append(codes.NO_POSITIONS.at(positions.file))
    elif any(table.at is not None for table in tables):
        problems += [codes.NO_POSITIONS.at(table.file) for table in tables if table.at is not None]
    for table in tables:
        if table.at is None:
            unknown = table.nodes[numbered(ids, table.nodes) < 0]
            problems += [codes.UNKNOWN_NODE.at(table.file, node=n, count=len(ids)) for n in unknown[:_MOST].tolist()]
    if problems:
        raise ProblemsError(problems)
    total, found = len(ids), []
    tails, heads = [numbered(ids, edges.tails)], [numbered(ids, edges.heads)]
    minutes = [edges.minutes]
    if stops is not None and stops.at is not None and positions is not None and positions.at is not None:
        served = numbered(ids, stops.ids)
        here, usable = served >= 0, known >= 0
        if here.any():
            walk = snapped(stops.at[here], positions.at[usable])
            tails.append(served[here])
            heads.append(known[usable][walk.nodes])
            minutes.append(60.0 * walk.kilometres / speed)
    for table in tables:
        count = table.ids.size
        if table.at is None or positions is None or positions.at is None:
            none = np.zeros(count, dtype=np.bool_)
            found.append(OnGraph(numbered(ids, table.nodes), np.zeros(count), none))
            continue
        usable = known >= 0
        near = snapped(table.at, positions.at[usable], most)
        own = np.arange(total, total + count)
        tails.append(own)
        heads.append(known[usable][near.nodes])
        minutes.append(60.0 * near.kilometres / speed)
        found.append(OnGraph(own, near.kilometres, near.is_far))
        total += count
    added = sum(t.size for t in tails[1:])
    held = graph(
        np.concatenate(tails), np.concatenate(heads), np.concatenate(minutes),
        one_way=np.concatenate([edges.one_way, np.zeros(added, dtype=np.bool_)]), nodes=np.arange(total),
        decimals=DECIMALS,
    )  # fmt: skip
    return held, found
