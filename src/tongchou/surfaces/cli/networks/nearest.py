"""``tongchou networks nearest``: the nearest facilities of every place of one's own files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongchou.surfaces.cli.networks.own import Cutoff, Day, EdgeFiles, Hours, NodeFile, Output, TooFar, WalkSpeed


def nearest(
    edges: EdgeFiles,
    places: Annotated[Path, typer.Option(help="地点：id 和 node 或经纬度。Places: id and node, or lon and lat.")],
    facilities: Annotated[Path, typer.Option(help="设施，同上。Facilities.")],
    output: Output,
    count: Annotated[int, typer.Option("-k", "--count", min=1, help="各取几处。How many each.")] = 1,
    nodes: NodeFile = None,
    cutoff: Cutoff = float("inf"),
    walk_speed: WalkSpeed = 5.0,
    too_far: TooFar = 1.0,
    day: Day = "",
    hours: Hours = "7-9",
) -> None:
    """最近设施：每个地点最近的几处和分钟数。The nearest facilities of every place, and the minutes to each."""
    import numpy as np

    from tongchou.networks.search import nearest as nearest_of
    from tongchou.networks.tables import growing_table
    from tongchou.surfaces.cli.networks.own import opened, prepared, stoppable

    with stoppable() as progress:
        wanted = [(places, ()), (facilities, ())]
        (begin, end), graph, (here, there) = opened(edges, wanted, nodes, day, hours, walk_speed, too_far, output)
        prepared(graph, progress)
        found = nearest_of(graph, there.numbers, count, cutoff)
        which, costs = found.which[here.numbers], found.costs[here.numbers]
        rows, ranks = np.nonzero((which >= 0) | (np.arange(count) == 0))  # a place without any keeps one empty row
        chosen = which[rows, ranks]
        names = np.where(chosen >= 0, end.ids[chosen].astype(np.str_), "")
        with growing_table(output) as add:
            add(
                {
                    "place": begin.ids[rows],
                    "rank": ranks + 1,
                    "facility": names,
                    "minutes": np.where(chosen >= 0, costs[rows, ranks], np.nan),
                    "off_km": here.kilometres[rows].round(3),
                    "too_far": here.is_far[rows],
                }
            )
    alone = int((which[:, 0] < 0).sum())
    typer.echo(f"{output}: {here.numbers.size:,} 个地点 places；{alone:,} 个一处也到不了 reach none")
