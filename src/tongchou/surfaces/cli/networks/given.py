"""What commands on networks of region packages have in common: finding one, and printing a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rich.table import Table

    from tongchou.kernel.problems import Problem
    from tongchou.networks.package import CityNetwork
    from tongchou.region import Region
    from tongchou.surfaces.listing import Listing

RegionName = Annotated[
    str, typer.Argument(metavar="REGION", help="地区包名称或文件夹。Region package, name or folder.")
]
NetworkName = Annotated[
    str, typer.Argument(metavar="NETWORK", help="网络编号，networks/ 下的文件夹。Folder in networks/.")
]


def network_of(region: str, network: str, kind: str = "") -> tuple[Region, CityNetwork]:
    """Return a region and one of its networks; raise :class:`ProblemsError`, also where it is of another kind."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.networks import codes
    from tongchou.networks.package import read
    from tongchou.region import load

    held = load(region)
    found = read(held.folder, network)
    if kind and found.kind != kind:
        raise ProblemsError([codes.OTHER_KIND.at(network, network=network, kind=found.kind, wanted=kind)])
    return held, found


def day(text: str, where: str, problems: list[Problem]) -> date:
    """Return a date of an option; a problem is added where it is none, and 1 January 2000 stands in."""
    from datetime import date

    from tongchou.surfaces import codes

    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(codes.NOT_A_DAY.at(where, text=text))
        return date(2000, 1, 1)


def table(listing: Listing, rows: Sequence[Sequence[object]], language: str) -> Table:
    """Return some rows of a list as a table for the screen."""
    from rich.markup import escape
    from rich.table import Table

    from tongchou.surfaces.listing import printed

    made = Table(title=escape(listing.title.in_(language)), title_justify="left")
    least = {"left": 8, "right": 7}
    for column in listing.columns:
        side: Literal["left", "right"] = "right" if column.kind in ("number", "decimal") else "left"
        # On a narrow screen heads and words fold; names keep room for four characters, numbers are not cut.
        made.add_column(column.head.in_(language), justify=side, overflow="fold", min_width=least[side])
    for row in rows:
        made.add_row(*(escape(printed(cell, language)) for cell in row))  # type: ignore[arg-type]
    return made
