"""What ``tongchou networks reach`` and ``site`` both ask for, and how both compute and write."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongchou.surfaces.cli.networks.given import day as day_of
from tongchou.surfaces.cli.networks.given import network_of

if TYPE_CHECKING:
    from tongchou.surfaces.reach.answer import Answer, Asked, Placed

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

    from tongchou.kernel.problems import Problem, ProblemsError
    from tongchou.surfaces.reach.answer import Asked, answered

    problems: list[Problem] = []
    on = day_of(day, "--on", problems) if day else date.today()
    if problems:
        raise ProblemsError(problems)
    question: Asked = Asked(day=on, **asked)  # type: ignore[arg-type]
    held, network = network_of(region, question.network)
    return answered(network, question, held.places)


def write_all(outputs: Sequence[Path], answer: Answer, plan: Placed | None, language: str) -> None:
    """Write the files asked for; stop where one cannot be written."""
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.cli.writing import write
    from tongchou.surfaces.reach.exports import REACH_EXPORTS

    for path in outputs:
        if problem := write(path, REACH_EXPORTS[path.suffix.lower()](answer, plan, language)):
            raise stop([problem])
        typer.echo(path)
