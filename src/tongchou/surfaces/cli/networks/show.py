"""``tongchou networks show``: the networks of a region package, and one of them as it stands on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tongchou.surfaces.cli.networks.given import RegionName
from tongchou.surfaces.cli.read import Language

if TYPE_CHECKING:
    from tongchou.surfaces.listing import Listing


def show(
    region: RegionName,
    network: Annotated[
        str, typer.Argument(metavar="[NETWORK]", help="网络编号；不写则列出全部。Without one all are listed.")
    ] = "",
    on: Annotated[str, typer.Option(metavar="DATE", help="哪一日；默认今日。The day; today without one.")] = "",
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="PROJECT", help="不计的项目，可重复。Left out; repeatable.")
    ] = None,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """列出网络，或某日的连线、线路、开通和假定。List networks, or links, lines, openings and assumptions of one."""
    from datetime import date

    from rich.console import Console

    from tongchou.kernel.problems import Problem, ProblemsError
    from tongchou.surfaces.cli.networks.given import day, network_of, table
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.network_shown import every, shown

    problems: list[Problem] = []
    asked = day(on, "--on", problems) if on else date.today()
    if problems:
        raise stop(problems)
    console, tongue = Console(), language.value
    try:
        if network:
            held, found = network_of(region, network)
            lists: tuple[Listing, ...] = shown(held, found, asked, tuple(without or ()))
        else:
            lists = (every(region),)
    except ProblemsError as error:
        raise stop(error.problems) from None
    for listing in lists:
        console.print(table(listing, list(listing.rows), tongue))
        if note := listing.note.in_(tongue):
            console.print(note, markup=False, highlight=False)
