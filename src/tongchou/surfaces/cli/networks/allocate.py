"""``tongchou networks allocate``: the water network of a region package, allocated month by month."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongchou.surfaces.cli.networks.given import NetworkName, RegionName, network_of
from tongchou.surfaces.cli.read import Language

if TYPE_CHECKING:
    from tongchou.surfaces.computing import Answer
    from tongchou.surfaces.network_water import Rows


def allocate(
    region: RegionName,
    network: NetworkName,
    year: Annotated[
        int | None,
        typer.Option(
            min=1900, max=2200, help="哪一年的管线，不写取今年。Links as they stand in this year; now by default."
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="本次改用的参数值，可重复。Parameter value for this run."),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help="按后缀写出，可重复。Write by suffix: .xlsx .docx .json .csv."),
    ] = None,
    rows: Annotated[
        Path | None,
        typer.Option(help="写出规则的数据行（.csv）。Write the rule's rows, as a package's inputs/ holds them."),
    ] = None,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """按次序配置水网的水：哪县哪项缺多少、卡在哪、小水网的作用。Allocate water: shortages, bottlenecks, small links."""
    from rich.console import Console

    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.compute import unfit
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.cli.writing import write
    from tongchou.surfaces.computed import RUN_EXPORTS
    from tongchou.surfaces.network_water import bottlenecks, shortages, small_links, trust

    outputs = output or []
    if problems := unfit(outputs):
        raise stop(problems)
    try:
        answer, text = _answer(region, network, year or date.today().year, settings or [])
    except ProblemsError as error:
        raise stop(error.problems) from None
    console = Console()
    for told in (
        shortages(answer, language.value),
        bottlenecks(answer, language.value),
        small_links(answer, language.value),
    ):
        console.print(_table(told))
    console.print(trust(answer, language.value))
    written = [
        write(path, RUN_EXPORTS[path.suffix.lower()].render(answer.result, answer.names, language.value))
        for path in outputs
    ]
    if rows is not None:
        written.append(write(rows, text.encode()))
    if failed := [p for p in written if p is not None]:
        raise stop(failed)
    for path in (*outputs, *([rows] if rows is not None else [])):
        console.print(f"→ {path}", markup=False, highlight=False)


def _answer(region: str, network: str, year: int, settings: list[str]) -> tuple[Answer, str]:
    from tongchou.kernel.problems import Problem, ProblemsError
    from tongchou.surfaces.cli.compute import read_settings
    from tongchou.surfaces.computing import catalogue_of
    from tongchou.surfaces.supply.answering import supplied
    from tongchou.systems.infrastructure import water_rows

    held, water = network_of(region, network, "water")
    problems: list[Problem] = []
    given = read_settings(settings, problems)
    if problems:
        raise ProblemsError(problems)
    return supplied(held, water, year, catalogue_of(held), settings=given).answer, water_rows.table(water, year)


def _table(told: Rows) -> object:
    from rich.table import Table

    table = Table(title=told.title, title_justify="left")
    for i, head in enumerate(told.header):
        table.add_column(head, justify="left" if i < told.words else "right")
    for row in told.rows:
        table.add_row(*row)
    return table
