"""Lines with stations, from a table of headways or a GTFS folder, as edges of a graph with expected waiting."""

from __future__ import annotations

from tongchou.networks.transit.gtfs import read_gtfs
from tongchou.networks.transit.lines import Line, line_edges
from tongchou.networks.transit.modes import Snapped, joined, snapped

__all__ = ["Line", "Snapped", "joined", "line_edges", "read_gtfs", "snapped"]
