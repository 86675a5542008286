"""Ways of an extract as segments between crossings: the largest part that hangs together, what is dropped counted."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from tongchou.kernel.problems import ProblemsError
from tongchou.networks import codes
from tongchou.networks.graph import Floats, Ints
from tongchou.networks.ids import numbered
from tongchou.networks.osm.chains import merged
from tongchou.networks.osm.speeds import WALK, known_kind

INSTALL = "pip install 'tongchou[osm]'"


class By(StrEnum):
    """Who travels: a car on what is open to cars, or a person on foot."""

    DRIVE = "drive"
    WALK = "walk"


_PYROSM = {By.DRIVE: "driving", By.WALK: "walking"}


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """Segments from ``tails`` to ``heads`` (rows of ``ids`` and ``at``), their kilometres, kind and direction.

    ``ids`` are OpenStreetMap's; ``at`` is longitude and latitude (rows, 2). ``kinds`` are values of ``highway``, on
    foot all ``walk``. ``dropped`` are the segments, nodes and kilometres off the largest part.
    """

    ids: Ints
    at: Floats
    tails: Ints
    heads: Ints
    kilometres: Floats
    kinds: NDArray[np.str_]
    one_way: NDArray[np.bool_]
    dropped: tuple[int, int, float]


def read_osm(path: Path | str, by: By = By.DRIVE) -> Roads:
    """Return the roads of an extract. Raises :class:`ProblemsError` where it cannot be read or holds none."""
    file = Path(path)
    if not file.is_file():
        raise ProblemsError([codes.NO_FILE.at(str(file))])
    if not file.name.lower().endswith(".osm.pbf"):
        raise ProblemsError([codes.UNKNOWN_FILE.at(file.name, kind=file.suffix)])
    try:
        from pyrosm import OSM
    except ImportError:
        raise ProblemsError([codes.NO_EXTRA.at(file.name, package="pyrosm", way=INSTALL)]) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of an extract with no ways, and of pandas to its users
        try:
            found = OSM(str(file)).get_network(_PYROSM[by], extra_attributes=["junction"], nodes=True)
        except Exception as error:  # pyrosm has no exception of its own for a file that is none
            raise ProblemsError([codes.NO_ROADS.at(file.name, reason=str(error)[:200])]) from None
    if found is None or found[1] is None or not len(found[1]):
        raise ProblemsError([codes.NO_ROADS.at(file.name, reason="no ways")])
    nodes, edges = found
    return _largest(*_segments(nodes, edges, by))


def _segments(nodes: Any, edges: Any, by: By) -> tuple[Any, ...]:
    ids, first = np.unique(nodes["id"].to_numpy(dtype=np.int64), return_index=True)
    at = nodes[["lon", "lat"]].to_numpy(dtype=np.float64)[first]
    tails, heads = (numbered(ids, edges[end].to_numpy(dtype=np.int64)) for end in ("u", "v"))
    kilometres = np.round(edges["length"].to_numpy(dtype=np.float64) / 1000.0, 6)
    if by is By.WALK:  # a one-way street is one for cars
        return ids, at, tails, heads, kilometres, np.full(tails.size, WALK), np.zeros(tails.size, dtype=np.bool_)
    highway = edges["highway"].fillna("").to_numpy(dtype=np.str_)
    told = _column(edges, "oneway")
    implied = np.isin(highway, ["motorway", "motorway_link"]) | np.isin(
        _column(edges, "junction"), ["roundabout", "circular"]
    )
    one_way = np.isin(told, ["yes", "true", "1", "-1", "reverse"]) | (implied & ~np.isin(told, ["no", "false", "0"]))
    back = np.isin(told, ["-1", "reverse"])
    tails, heads = np.where(back, heads, tails), np.where(back, tails, heads)
    return ids, at, tails, heads, kilometres, known_kind(highway), one_way


def _column(edges: Any, name: str) -> NDArray[np.str_]:
    return edges[name].fillna("").to_numpy(dtype=np.str_) if name in edges.columns else np.full(len(edges), "", np.str_)


def _largest(
    ids: Ints, at: Floats, tails: Ints, heads: Ints, km: Floats, kinds: NDArray[np.str_], one_way: NDArray[np.bool_]
) -> Roads:
    table = csr_array((np.ones(tails.size, dtype=np.int8), (tails, heads)), shape=(ids.size, ids.size))
    _, part = connected_components(table, directed=False)
    kept = part == np.bincount(part).argmax()
    inside = kept[tails]
    dropped = (int((~inside).sum()), int((~kept).sum()), float(km[~inside].sum()))
    tails, heads, km, kinds, one_way = merged(
        ids.size, tails[inside], heads[inside], km[inside], kinds[inside], one_way[inside]
    )
    used = np.unique(np.concatenate([tails, heads]))
    number = np.full(ids.size, -1, dtype=np.int64)
    number[used] = np.arange(used.size)
    return Roads(ids[used], at[used], number[tails], number[heads], km, kinds, one_way, dropped)
