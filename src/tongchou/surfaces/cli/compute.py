"""``tongchou compute``: a rule for a region and a period, on the screen and in files anyone can recompute."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongchou.surfaces.cli.read import Language

if TYPE_CHECKING:
    from tongchou.kernel.problems import Problem
    from tongchou.surfaces.computing import Answer


def compute(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="规则编号，见 tongchou rules list。Id of a rule.")],
    region: Annotated[str, typer.Option(help="地区包名称或文件夹。Region package, a name or a folder.")] = "taiyuan",
    period: Annotated[
        list[str] | None,
        typer.Option("--period", help="时期，可重复；不写取最近有数的一期。Period, repeatable; the latest by default."),
    ] = None,
    base: Annotated[
        str, typer.Option(help="人口口径，见 tongchou region show。Population base, where there are several.")
    ] = "",
    data: Annotated[
        list[Path] | None,
        typer.Option("--data", help="自带数据：.csv 或 .xlsx，一行一个单位。Figures of your own, one row a place."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="本次改用的参数值，可重复。Parameter value for this run."),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help="按后缀写出，可重复。Write by suffix: .xlsx .docx .json .csv."),
    ] = None,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """按规则计算，写出带活公式的工作底稿。Compute a rule; write workings with live formulas."""
    from rich.console import Console

    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import show, stop
    from tongchou.surfaces.cli.writing import write
    from tongchou.surfaces.computed import RUN_EXPORTS
    from tongchou.surfaces.run_summary import summary

    outputs = output or []
    problems = unfit(outputs)
    if problems:
        raise stop(problems)
    try:
        answer = answer_of(rule, region, period or [], base or None, data or [], settings or [])
    except ProblemsError as error:
        raise stop(error.problems) from None
    console = Console()
    console.print(summary(answer.result, answer.names, language.value, console.width))
    if answer.result.problems:
        show(answer.result.problems[:_SHOWN], Console(stderr=True))
        if (more := len(answer.result.problems) - _SHOWN) > 0:
            typer.echo(f"另有 {more} 条，见底稿。{more} more are in the workings.", err=True)
    written = [
        write(path, RUN_EXPORTS[path.suffix.lower()].render(answer.result, answer.names, language.value))
        for path in outputs
    ]
    if failed := [p for p in written if p is not None]:
        raise stop(failed)
    for path in outputs:
        console.print(f"→ {path}", markup=False, highlight=False)


_SHOWN = 12


def unfit(outputs: list[Path]) -> list[Problem]:
    """Return a problem for every file whose suffix nothing is written for."""
    from tongchou.surfaces import codes
    from tongchou.surfaces.computed import RUN_EXPORTS

    known = " ".join(RUN_EXPORTS)
    return [
        codes.UNKNOWN_SUFFIX.at(str(path), suffix=path.suffix, known=known)
        for path in outputs
        if path.suffix.lower() not in RUN_EXPORTS
    ]


def answer_of(
    rule: str, region: str, periods: list[str], base: str | None, data: list[Path], settings: list[str]
) -> Answer:
    """Return what the options of a command ask for; raise ``ProblemsError`` with everything wrong with them."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.region import load
    from tongchou.surfaces.computing import Asked, catalogue_of, compute
    from tongchou.surfaces.data_file import read_data

    used = load(region)
    catalogue = catalogue_of(used)
    declared = catalogue.rule(rule)
    problems: list[Problem] = []
    own = []
    for path in data:
        try:
            own.append(read_data(path, declared))
        except ProblemsError as error:
            problems += error.problems
    set_to = read_settings(settings, problems)
    problems += _unreadable(periods)
    if problems:
        raise ProblemsError(problems)
    return compute(Asked(rule, used, periods, base, own, set_to), catalogue)


def read_settings(settings: list[str], problems: list[Problem]) -> dict[str, float]:
    """Return ``name=number`` pairs; a problem is added for each that cannot be read."""
    from tongchou.rules import codes

    found: dict[str, float] = {}
    for text in settings:
        name, equals, value = text.partition("=")
        try:
            if not equals or not name.strip():
                raise ValueError
            found[name.strip().removeprefix("$")] = float(value)
        except ValueError:
            problems.append(codes.NOT_A_SETTING.at(f"--set {text}", text=text, example="coverage=0.6"))
    return found


def _unreadable(periods: list[str]) -> list[Problem]:
    from tongchou.kernel.periods import Period
    from tongchou.rules import codes

    problems = []
    for code in periods:
        try:
            Period.parse(code)
        except ValueError as error:
            problems.append(codes.BAD_FIELD.at("--period", field="period", reason=str(error)))
    return problems
