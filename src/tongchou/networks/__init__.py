"""Networks: graphs of roads and lines, travel costs over them, and who can reach what.

Arrays in, arrays out: ``graph`` makes a graph of edges; ``search`` finds costs, ``reach`` sums what is within reach,
``catchments`` shares supply among people. ``docs/networks.md`` is the manual.
"""

from __future__ import annotations

from tongchou.networks.graph import Graph, graph

__all__ = ["Graph", "graph"]
