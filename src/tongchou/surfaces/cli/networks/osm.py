"""``tongchou networks osm``: an OpenStreetMap extract made a network of a region package, or tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tongchou.kernel.problems import Problem
    from tongchou.networks.osm.reading import Roads


class Travel(StrEnum):
    """By car or on foot."""

    DRIVE = "drive"
    WALK = "walk"


def osm(
    extract: Annotated[Path, typer.Argument(metavar="FILE.osm.pbf", help="OpenStreetMap 摘录。Extract.")],
    package: Annotated[
        Path | None, typer.Option(help="地区包文件夹；写进它的 networks/。A region package to write into.")
    ] = None,
    name: Annotated[str, typer.Option("--as", help="网络编号。Id of the network.")] = "roads",
    by: Annotated[Travel, typer.Option(help="机动车或步行。By car or on foot.")] = Travel.DRIVE,
    speed: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND=KM/H", help="改一类道路的时速，如 primary=40；可重复。Another speed; repeatable."),
    ] = None,
    edges: Annotated[Path | None, typer.Option(help="另写边表 .csv .parquet。Write a table of edges.")] = None,
    nodes: Annotated[Path | None, typer.Option(help="另写节点经纬度。Write the positions of nodes.")] = None,
) -> None:
    """由 OpenStreetMap 摘录得路网。Roads of an OpenStreetMap extract; © OpenStreetMap contributors, ODbL."""
    from datetime import date

    from tongchou.kernel.problems import ProblemsError
    from tongchou.networks import codes
    from tongchou.networks.osm.packaging import ATTRIBUTION, LICENCE, write_network
    from tongchou.networks.osm.reading import By, read_osm
    from tongchou.networks.tables import check_name
    from tongchou.surfaces.cli.networks.own import stoppable

    way = By(by.value)
    with stoppable() as progress:
        problems: list[Problem] = []
        speeds = dict(_speed(text, problems) for text in speed or ())
        if package is None and edges is None and nodes is None:
            problems.append(codes.NO_VALUE.at("osm", what="--package / --edges / --nodes"))
        for path in (edges, nodes):
            try:
                if path is not None:
                    check_name(path)
            except ProblemsError as error:
                problems += error.problems
        if problems:
            raise ProblemsError(problems)
        progress.add_task("读取 reading", total=None)
        roads = read_osm(extract, way)
        if package is not None:
            typer.echo(write_network(roads, package, name, way, speeds, today=date.today(), extract=extract.name))
        _tables(roads, speeds, edges, nodes)
    segments, points, km = roads.dropped
    typer.echo(
        f"{roads.ids.size:,} 个节点 nodes，{roads.tails.size:,} 段 segments，{roads.kilometres.sum():,.1f} km；"
        f"不连通而略去 left out as not connected: {points:,}、{segments:,}、{km:,.1f} km"
    )
    typer.echo(f"{ATTRIBUTION}, {LICENCE}")


def _speed(text: str, problems: list[Problem]) -> tuple[str, float]:
    from tongchou.networks import codes
    from tongchou.networks.osm.speeds import SPEEDS

    kind, _, value = text.partition("=")
    try:
        found = float(value)
    except ValueError:
        found = 0.0
    if kind not in SPEEDS:
        problems.append(codes.NO_COLUMN.at("--speed", what=kind, names="、".join(SPEEDS)))
    elif not 0 < found < 1000:
        problems.append(codes.NO_SPEED.at("--speed", speed=value))
    return kind, found


def _tables(roads: Roads, speeds: dict[str, float], edges: Path | None, nodes: Path | None) -> None:
    import numpy as np

    from tongchou.networks.osm.speeds import SPEEDS
    from tongchou.networks.tables import write_table

    if edges is not None:
        kmh = np.array([speeds.get(k, SPEEDS[k]) for k in roads.kinds.tolist()])
        ends = {"from": roads.ids[roads.tails], "to": roads.ids[roads.heads]}
        write_table(
            edges,
            {
                **ends,
                "km": roads.kilometres.round(6),
                "speed": kmh,
                "one_way": roads.one_way.astype(int),
                "mode": roads.kinds,
            },
        )
    if nodes is not None:
        write_table(nodes, {"id": roads.ids, "lon": roads.at[:, 0], "lat": roads.at[:, 1]})
