"""``tongchou networks times``: minutes from every origin to every target of one's own files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongchou.surfaces.cli.networks.own import Cutoff, Day, EdgeFiles, Hours, NodeFile, Output, TooFar, WalkSpeed

_CELLS = 1 << 20  # of the table held at a time


def times(
    edges: EdgeFiles,
    origins: Annotated[Path, typer.Option(help="起点：id 和 node 或经纬度。Origins: id and node, or lon and lat.")],
    targets: Annotated[Path, typer.Option(help="终点，同上。Targets.")],
    output: Output,
    nodes: NodeFile = None,
    cutoff: Cutoff = float("inf"),
    walk_speed: WalkSpeed = 5.0,
    too_far: TooFar = 1.0,
    day: Day = "",
    hours: Hours = "7-9",
) -> None:
    """行程时间表：每个起点到每个终点几分钟。Minutes from every origin to every target, one row a pair."""
    import numpy as np

    from tongchou.networks.search import cost_table
    from tongchou.networks.tables import growing_table
    from tongchou.surfaces.cli.networks.own import opened, prepared, stoppable

    with stoppable() as progress:
        wanted = [(origins, ()), (targets, ())]
        (begin, end), graph, (here, there) = opened(edges, wanted, nodes, day, hours, walk_speed, too_far, output)
        step = max(16, _CELLS // max(1, there.numbers.size))
        if here.numbers.size * graph.size > 1 << 24:
            prepared(graph, progress)
        missing = 0
        task = progress.add_task("行程时间 times", total=here.numbers.size)
        with growing_table(output) as add:
            for low in range(0, here.numbers.size, step):
                rows = slice(low, low + step)
                found = cost_table(graph, here.numbers[rows], there.numbers, cutoff)
                missing += int(np.isinf(found).sum())
                count = found.shape[0]
                add(
                    {
                        "origin": np.repeat(begin.ids[rows], there.numbers.size),
                        "target": np.tile(end.ids, count),
                        "minutes": np.where(np.isinf(found), np.nan, found).ravel(),
                        "origin_off_km": np.repeat(here.kilometres[rows], there.numbers.size).round(3),
                        "target_off_km": np.tile(there.kilometres, count).round(3),
                        "too_far": (here.is_far[rows, None] | there.is_far[None, :]).ravel(),
                    }
                )
                progress.update(task, advance=count)
    pairs = here.numbers.size * there.numbers.size
    typer.echo(f"{output}: {pairs:,} 对 pairs；{missing:,} 对到不了 without a way within the limit")
    if far := int(here.is_far.sum() + there.is_far.sum()):
        typer.echo(f"{far} 处离最近节点超过 {too_far} 公里，已标出。{far} places are farther than that from any node.")
