"""Networks of a region package: ``networks/<id>/`` of plain tables, read, checked, and put up as a graph on a day.

The format is in ``docs/networks.md`` (decision 0022).
"""

from __future__ import annotations

from tongchou.networks.package.model import Assumption, CityNetwork, Facility, Line, Link, Node, Stop
from tongchou.networks.package.naming import node_names
from tongchou.networks.package.reading import check, names, read
from tongchou.networks.package.standing import Reason, Standing

__all__ = [
    "Assumption",
    "CityNetwork",
    "Facility",
    "Line",
    "Link",
    "Node",
    "Reason",
    "Standing",
    "Stop",
    "check",
    "names",
    "node_names",
    "read",
]
