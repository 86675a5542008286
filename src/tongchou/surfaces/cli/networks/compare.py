"""``tongchou networks compare``: a network of travel on two days, and what each project between them saves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongchou.surfaces.cli.networks.given import NetworkName, RegionName
from tongchou.surfaces.cli.read import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongchou.surfaces.listing import Listing

_MOST = 20  # changed pairs that are printed; files have all


def compare(
    region: RegionName,
    network: NetworkName,
    before: Annotated[str, typer.Option("--before", metavar="DATE", help="先一日，如 2011-12-31。The first day.")],
    after: Annotated[str, typer.Option("--after", metavar="DATE", help="后一日。The second day.")],
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="PROJECT", help="不计的项目，可重复。Left out; repeatable.")
    ] = None,
    trips: Annotated[
        float, typer.Option(min=0, help="每人每日去别县的次数（假定）。Trips to other counties, assumed.")
    ] = 0.1,
    hub_trips: Annotated[
        float, typer.Option(min=0, help="每人每日去枢纽的次数（假定）。Trips to hubs, assumed.")
    ] = 0.02,
    assume: Annotated[
        list[str] | None,
        typer.Option("--assume", metavar="NAME=VALUE", help="改用的假定，如 speed_street=25，可重复。Another value."),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help="写出：.xlsx 各表一页，.csv 各对时间。Write all: .xlsx or .csv."),
    ] = None,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """两日之间：分钟、项目、断路。Minutes before and after, what projects save, what closing a link does."""
    from rich.console import Console

    from tongchou.kernel.problems import Problem, ProblemsError
    from tongchou.surfaces import codes
    from tongchou.surfaces.cli.compute import read_settings
    from tongchou.surfaces.cli.networks.given import day, network_of, table
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.cli.writing import write
    from tongchou.surfaces.network_travel import Asked, compared

    problems: list[Problem] = []
    days = day(before, "--before", problems), day(after, "--after", problems)
    outputs = output or []
    known = ".xlsx .csv"
    problems += [
        codes.UNKNOWN_SUFFIX.at(str(p), suffix=p.suffix, known=known)
        for p in outputs
        if p.suffix.lower() not in known.split()
    ]
    given = read_settings(assume or [], problems)
    if problems:
        raise stop(problems)
    try:
        held, found = network_of(region, network, "travel")
        lists = compared(held, found, Asked(*days, tuple(without or ()), trips, hub_trips, given))
    except ProblemsError as error:
        raise stop(error.problems) from None
    console, tongue = Console(), language.value
    for listing in lists:
        rows: list[Sequence[object]] = _shown(listing) if listing in lists[:2] else list(listing.rows)
        console.print(table(listing, rows, tongue))
        left = len(listing.rows) - len(rows)
        if left:
            console.print(f"另有 {left} 行（未变的不列，写成文件可见全部）。{left} more rows, all of them in files.")
    for listing in (lists[0], lists[2], lists[3]):
        console.print(listing.note.in_(tongue), markup=False, highlight=False)
    failed = [p for path in outputs if (p := write(path, _file(lists, path.suffix.lower(), tongue))) is not None]
    if failed:
        raise stop(failed)
    for path in outputs:
        console.print(f"→ {path}", markup=False, highlight=False)


def _shown(listing: Listing) -> list[Sequence[object]]:
    """Return the pairs that changed most, at most twenty; what is cut off or joined comes first."""

    def change(row: Sequence[object]) -> float:
        before, after, saved = row[2:5]
        if (before is None) != (after is None):
            return float("inf")
        return abs(saved) if isinstance(saved, float) else 0.0

    changed: list[Sequence[object]] = [row for row in listing.rows if change(row) >= 0.005]
    return sorted(changed, key=change, reverse=True)[:_MOST]


def _file(lists: tuple[Listing, ...], suffix: str, language: str) -> bytes:
    from dataclasses import replace

    from tongchou.surfaces.listing import listing_csv, listings_workbook

    if suffix == ".xlsx":
        return listings_workbook(lists, language)
    return listing_csv(replace(lists[0], rows=[*lists[0].rows, *lists[1].rows]), language)
