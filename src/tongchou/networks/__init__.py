"""Networks: graphs of roads and lines, travel times over them, and who can reach what.

A first step: graphs from edge tables, exact searches, catchments and their fairness. Timetables, hierarchies, changes,
siting and flow are not here yet.
"""

from __future__ import annotations

from tongchou.networks.graph import Graph, graph

__all__ = ["Graph", "graph"]
