"""``tongchou networks access``: how much of facilities the people of each place have within reach."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongchou.surfaces.cli.networks.own import Day, EdgeFiles, Hours, NodeFile, Output, TooFar, WalkSpeed

if TYPE_CHECKING:
    from tongchou.networks.decay import Decay

_TOGETHER = 64  # facilities searched at a time: so often one sees progress and may stop


class Method(StrEnum):
    """How access is counted."""

    TWO = "2sfca"
    THREE = "3sfca"
    SUM = "sum"


class Shape(StrEnum):
    """How a facility counts by the minutes to it."""

    STEP = "step"
    ZONES = "zones"
    GAUSSIAN = "gaussian"
    EXPONENTIAL = "exponential"
    POWER = "power"


def access(
    edges: EdgeFiles,
    places: Annotated[
        Path, typer.Option(help="地点：id、people，node 或经纬度。Places: id, people, node or lon, lat.")
    ],
    facilities: Annotated[Path, typer.Option(help="设施：id、capacity，同上。Facilities: id, capacity.")],
    output: Output,
    within: Annotated[float, typer.Option(min=0, help="几分钟之内。Minutes at most.")] = 30.0,
    method: Annotated[Method, typer.Option(help="两步、三步移动搜寻，或合计。2SFCA, 3SFCA or the sum.")] = Method.TWO,
    decay: Annotated[Shape, typer.Option(help="随时间衰减。Decay with minutes.")] = Shape.STEP,
    rate: Annotated[float, typer.Option(help="高斯宽度、指数率、幂次。Width, rate or exponent.")] = 0.0,
    zones: Annotated[str, typer.Option(help="分级：10:1,20:0.68,30:0.22（E2SFCA）。Minutes:weight, …")] = "",
    nodes: NodeFile = None,
    walk_speed: WalkSpeed = 5.0,
    too_far: TooFar = 1.0,
    day: Day = "",
    hours: Hours = "7-9",
) -> None:
    """可达：各地每人摊到多少、够得着几处、谁够不着。Supply per head within reach, and who reaches none."""
    import numpy as np

    from tongchou.networks.fairness import gini
    from tongchou.networks.floating import pairs_within, three_step_pairs, two_step_pairs
    from tongchou.networks.tables import growing_table
    from tongchou.surfaces.cli.networks.own import opened, stoppable

    with stoppable() as progress:
        shape = _decay(decay, rate, zones, within)
        wanted = [(places, ("people",)), (facilities, ("capacity",))]
        (homes, sites), graph, (here, there) = opened(edges, wanted, nodes, day, hours, walk_speed, too_far, output)
        task = progress.add_task("服务范围 catchments", total=there.numbers.size)
        parts = []
        for low in range(0, there.numbers.size, _TOGETHER):
            who, which, paid = pairs_within(graph, here.numbers, there.numbers[low : low + _TOGETHER], shape.limit)
            parts.append((who, which + low, paid))
            progress.update(task, advance=_TOGETHER)
        near, far, minutes = (np.concatenate([p[i] for p in parts]) for i in range(3))
        people, stock = homes.amounts["people"], sites.amounts["capacity"]
        if method is Method.SUM:
            found = np.asarray(np.bincount(near, shape(minutes) * stock[far], people.size), dtype=np.float64)
        else:
            ways = two_step_pairs if method is Method.TWO else three_step_pairs
            found = ways(near, far, minutes, people, stock, shape)
        least = np.full(people.size, np.inf)
        np.minimum.at(least, near, minutes)
        reached = np.bincount(near, minlength=people.size)
        with growing_table(output) as add:
            add(
                {
                    "place": homes.ids,
                    "people": people,
                    "access": found,
                    "facilities": reached,
                    "nearest_minutes": np.where(np.isinf(least), np.nan, least),
                    "off_km": here.kilometres.round(3),
                    "too_far": here.is_far,
                }
            )
    left, total = float(people[reached == 0].sum()), float(people.sum())
    typer.echo(
        f"{output}: {people.size:,} 个地点 places；"
        f"{left:,.0f} 人（{left / total if total else 0:.1%}）够不着一处 people reach none；"
        f"基尼 Gini {gini(found, people):.3f}"
    )


def _decay(shape: Shape, rate: float, zones: str, limit: float) -> Decay:
    from tongchou.kernel.problems import ProblemsError
    from tongchou.networks import codes, decay

    if shape is Shape.STEP:
        return decay.step(limit)
    if shape is Shape.ZONES:
        pairs = [part.split(":") for part in zones.split(",")]
        try:
            return decay.zones([float(p[0]) for p in pairs], [float(p[1]) for p in pairs])
        except (ValueError, IndexError):
            raise ProblemsError([codes.NO_VALUE.at("--zones", what="zones")]) from None
    if not rate > 0:
        raise ProblemsError([codes.OUT_OF_RANGE.at("--rate", what="rate", low=0, found=rate)])
    made = {Shape.GAUSSIAN: decay.gaussian, Shape.EXPONENTIAL: decay.exponential, Shape.POWER: decay.power}
    return decay.within(made[shape](rate), limit)
