"""What ``tongchou networks reach`` and ``site`` both ask for, and how both compute, print and write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from tongchou.surfaces.listing import Listing
    from tongchou.surfaces.reach.answer import Answer, Asked, Placed

Region = Annotated[str, typer.Argument(metavar="REGION", help="地区包名称或文件夹。Region package, name or folder.")]
Network = Annotated[
    str, typer.Argument(metavar="NETWORK", help="网络编号，networks/ 下的文件夹。Folder in networks/ of the package.")
]
Service = Annotated[str, typer.Option(help="服务，如 health。Service of facilities.csv.")]
Within = Annotated[
    float, typer.Option(min=0.001, help="标准：分钟，或用 --metres 时为米。Standard in minutes or metres.")
]
Levels = Annotated[list[str] | None, typer.Option("--level", help="等级，可重复；不写为全部。Level; all by default.")]
Metres = Annotated[bool, typer.Option("--metres", help="沿路的米数，不是分钟。Metres along the links, not minutes.")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="哪一天，不写为今天。On which day; today by default.")]
Output = Annotated[
    list[Path] | None,
    typer.Option("-o", "--output", help="按后缀写出，可重复。Write by suffix: .xlsx .docx .csv .geojson."),
]


def unfit(outputs: Sequence[Path]) -> None:
    """Stop where a file has a suffix that is not written."""
    from tongchou.surfaces import codes
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.reach.exports import REACH_EXPORTS

    known = "、".join(REACH_EXPORTS)
    wrong = [p for p in outputs if p.suffix.lower() not in REACH_EXPORTS]
    if wrong:
        raise stop([codes.UNKNOWN_SUFFIX.at(str(p), suffix=p.suffix, known=known) for p in wrong])


def answer_of(region: str, asked: dict[str, object], day: str) -> Answer:
    """Return the answer; raise ``ProblemsError`` with everything wrong. ``asked`` are fields of ``Asked``."""
    from datetime import date

    from tongchou.kernel.problems import ProblemsError
    from tongchou.networks.package import read
    from tongchou.region import load
    from tongchou.surfaces import codes
    from tongchou.surfaces.reach.answer import Asked, answered

    try:
        on = date.fromisoformat(day) if day else date.today()
    except ValueError:
        raise ProblemsError([codes.NOT_A_DAY.at("--on", text=day)]) from None
    held = load(region)
    question: Asked = Asked(day=on, **asked)  # type: ignore[arg-type]
    return answered(read(held.folder, question.network), question, held.places)


def table_of(listing: Listing, language: str) -> Table:
    """Return a list as a table of the terminal."""
    from rich.markup import escape
    from rich.table import Table

    from tongchou.surfaces.listing import printed

    table = Table(title=escape(listing.title.in_(language)))
    least = {"left": 8, "right": 7}
    for column in listing.columns:
        side: Literal["left", "right"] = "right" if column.kind in ("number", "decimal") else "left"
        # On a narrow screen heads and words fold; names keep room for four characters, numbers are not cut.
        table.add_column(column.head.in_(language), justify=side, overflow="fold", min_width=least[side])
    for row in listing.rows:
        table.add_row(*(escape(printed(cell, language)) for cell in row))
    return table


def write_all(outputs: Sequence[Path], answer: Answer, plan: Placed | None, language: str) -> None:
    """Write the files asked for; stop where one cannot be written."""
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.cli.writing import write
    from tongchou.surfaces.reach.exports import REACH_EXPORTS

    for path in outputs:
        if problem := write(path, REACH_EXPORTS[path.suffix.lower()](answer, plan, language)):
            raise stop([problem])
        typer.echo(path)
