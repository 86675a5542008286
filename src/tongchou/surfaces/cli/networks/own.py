"""What commands on one's own files have in common: the options, the graph of several files, and stopping cleanly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from tongchou.networks.edges import Edges
    from tongchou.networks.graph import Graph
    from tongchou.networks.places import OnGraph, Places

_T = TypeVar("_T")
STOPPED = 130  # what a shell calls a command stopped by Ctrl-C

EdgeFiles = Annotated[
    list[Path],
    typer.Argument(
        metavar="EDGES…",
        help="边表（CSV、Parquet、GeoPackage）、线路表（line, station, minutes, headway）或 GTFS 文件夹，可几种合成。"
        "Tables of edges or of lines, folders of GTFS; several are joined.",
    ),
]
NodeFile = Annotated[
    Path | None, typer.Option("--nodes", help="节点的 id、经纬度；地点有经纬度时要。Positions of nodes, for places.")
]
Output = Annotated[Path, typer.Option("-o", "--output", help="写到：.csv 或 .parquet。Write to .csv or .parquet.")]
WalkSpeed = Annotated[
    float,
    typer.Option(min=0.1, help="到节点的直线步行时速，公里（假定）。km/h straight to the node, assumed."),
]
TooFar = Annotated[float, typer.Option(min=0, help="离节点超过几公里就标出。Flag places farther off, km.")]
Day = Annotated[str, typer.Option("--day", metavar="DATE", help="线路哪一天在运行；GTFS 必填。Day of service.")]
Hours = Annotated[str, typer.Option(help="GTFS 取首站几点至几点发车。Departures between hours.")]
Cutoff = Annotated[float, typer.Option(min=0, help="最多几分钟；超出的留空。Minutes at most.")]


@contextmanager
def stoppable() -> Iterator[Progress]:
    """Show progress on standard error; Ctrl-C ends with code 130 and bad input with 2, and no half file is left."""
    import duckdb
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    try:
        with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
            yield progress
    except ProblemsError as error:
        raise stop(error.problems) from None
    except (KeyboardInterrupt, duckdb.InterruptException):
        console.print("已停止，没有写出。Stopped; nothing was written.")
        raise typer.Exit(STOPPED) from None


def opened(
    files: Sequence[Path],
    wanted: Sequence[tuple[Path, Sequence[str]]],
    nodes: Path | None,
    day: str,
    hours: str,
    speed: float,
    most: float,
    output: Path,
) -> tuple[list[Places], Graph, list[OnGraph]]:
    """Return the places of each file ``wanted`` (with the amounts it has to have), and the graph with them on it.

    Raises with all that is wrong in any of the files, and where ``output`` is one of them or cannot be written.
    """
    from tongchou.kernel.problems import Problem, ProblemsError
    from tongchou.networks import file_codes
    from tongchou.networks.places import put_on, read_places
    from tongchou.networks.tables import check_name
    from tongchou.networks.transit.modes import joined

    check_name(output)
    inputs = [*files, *(file for file, _ in wanted), *((nodes,) if nodes is not None else ())]
    written_over = output.exists() and any(file.exists() and output.samefile(file) for file in inputs)
    problems: list[Problem] = [file_codes.READ_FROM.at(str(output))] if written_over else []

    def tried(read: Callable[..., _T], *given: Any) -> list[_T]:
        try:
            return [read(*given)]
        except ProblemsError as error:
            problems.extend(error.problems)
            return []

    parts = [part for file in files for part in tried(_edges, file, day, hours)]
    tables = [table for file, amounts in wanted for table in tried(read_places, file, amounts)]
    stops = [stop for file in files if file.is_dir() for stop in tried(_stops, file)]
    positions = [table for file in (nodes,) if file is not None for table in tried(read_places, file)]
    if problems:
        raise ProblemsError(problems)
    edges = parts[0] if len(parts) == 1 else joined(*parts)
    held, found = put_on(
        edges, tables, positions[0] if positions else None, speed=speed, most=most, stops=_together(stops)
    )
    return tables, held, found


def _stops(folder: Path) -> Places:
    from tongchou.networks.places import Places
    from tongchou.networks.transit.stops import read_stops

    ids, at = read_stops(folder)
    return Places(folder.name, ids, ids, at, {})


def _together(stops: Sequence[Places]) -> Places | None:
    import numpy as np

    from tongchou.networks.places import Places

    held = [(stop.ids, stop.at) for stop in stops if stop.ids.size and stop.at is not None]
    if not held:
        return None
    ids = np.concatenate([ids for ids, _ in held])
    return Places("stops.txt", ids, ids, np.concatenate([at for _, at in held]), {})


def _edges(file: Path, day: str, hours: str) -> Edges:
    from tongchou.kernel.problems import ProblemsError
    from tongchou.networks import codes, file_codes
    from tongchou.networks.columns import column_names
    from tongchou.networks.edges import read_edges
    from tongchou.networks.transit.gtfs import read_gtfs
    from tongchou.networks.transit.lines import line_edges
    from tongchou.networks.transit.modes import joined
    from tongchou.networks.transit.stops import read_transfers
    from tongchou.networks.transit.tables import is_line_table, read_lines
    from tongchou.surfaces.cli.networks.given import day as day_of

    problems: list[Any] = []
    on = day_of(day, "--day", problems) if day or file.is_dir() else None
    if file.is_dir():
        low, _, high = hours.partition("-")
        if not (low.isdigit() and high.isdigit() and int(low) < int(high)):
            problems.append(codes.NO_TIME_OF_DAY.at("--hours", time=hours))
    if problems:
        raise ProblemsError(problems)
    if file.is_dir():
        assert on is not None  # noqa: S101 - told above
        lines = read_gtfs(file, on, (float(low), float(high)))
        if not lines:
            raise ProblemsError(
                [file_codes.NO_DEPARTURES.at(file.name, day=on.isoformat(), low=float(low), high=float(high))]
            )
        walks = read_transfers(file)
        return line_edges(lines) if walks is None else joined(line_edges(lines), walks)
    if file.suffix.lower() in (".csv", ".tsv", ".parquet") and file.is_file() and is_line_table(column_names(file)):
        return line_edges(read_lines(file), on=on)
    return read_edges(file)


def prepared(graph: Graph, progress: Progress) -> None:
    """Prepare the hierarchy of a graph and show how far it is."""
    from tongchou.networks.hierarchy import hierarchy

    task = progress.add_task("准备路网 preparing", total=graph.size)
    hierarchy(graph, progress=lambda done, _: progress.update(task, completed=done))
