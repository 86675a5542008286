"""``tongchou compare``: why a result changed from one run to another, on the screen and in files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongchou.surfaces.cli.read import Language

if TYPE_CHECKING:
    from tongchou.kernel.problems import Problem
    from tongchou.surfaces.changes import Compared


def compare(
    before: Annotated[
        Path, typer.Argument(metavar="RUN_A", help="先前的计算记录（.json）。The earlier run, a .json from compute.")
    ],
    after: Annotated[
        Path | None,
        typer.Argument(
            metavar="[RUN_B]", help="后来的记录；不写则比较 RUN_A 的最近两期。The later run; else A's last two periods."
        ),
    ] = None,
    periods: Annotated[
        list[str] | None,
        typer.Option("--period", help="两次各取哪一期，写两遍。The two periods compared, given twice."),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option(help="比较哪一列，不写为规则的结果。The column compared; the rule's result by default."),
    ] = None,
    region: Annotated[
        str, typer.Option(help="单位名称取自哪个地区包，none 为不用。Region package that names the places, or none.")
    ] = "taiyuan",
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help="按后缀写出，可重复。Write by suffix: .xlsx .csv .json."),
    ] = None,
    language: Annotated[Language, typer.Option("--language", "--lang", help="标签语言。Language.")] = Language.ZH,
) -> None:
    """变动归因：两次计算为什么不同，逐单位分解到分。Why two runs differ, split for each place to the fen."""
    from rich.console import Console

    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.changes import CHANGE_EXPORTS, screen
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.cli.writing import write

    outputs = output or []
    problems = _unfit([before] if after is None else [before, after], outputs)
    if problems:
        raise stop(problems)
    try:
        # An algorithm is called for every combination of changes, which can take a while.
        with Console(stderr=True).status("正在分解变动… splitting the change"):
            compared = _compared(before, after, periods or [], column, region)
    except ProblemsError as error:
        raise stop(error.problems) from None
    console = Console()
    console.print(screen(compared, language.value, console.width))
    written = [write(path, CHANGE_EXPORTS[path.suffix.lower()](compared, language.value)) for path in outputs]
    if failed := [p for p in written if p is not None]:
        raise stop(failed)
    for path in outputs:
        console.print(f"→ {path}", markup=False, highlight=False)


def _compared(before: Path, after: Path | None, periods: list[str], column: str | None, region: str) -> Compared:
    from tongchou.kernel.problems import ProblemsError
    from tongchou.region import load
    from tongchou.rules import codes
    from tongchou.rules.attribution import attribute
    from tongchou.rules.run import result_of
    from tongchou.surfaces.changes import Compared, unit_names, warning_of
    from tongchou.surfaces.row_names import row_names

    problems: list[Problem] = []
    if periods and len(periods) != 2:
        problems.append(codes.BAD_FIELD.at("--period", field="--period", reason=f"{len(periods)} ≠ 2"))
    runs = [_run(path, problems) for path in ([before] if after is None else [before, after])]
    if problems:
        raise ProblemsError(problems)
    try:
        results = [result_of(run) for run in runs]
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        # The hash fits, so somebody wrote it on purpose; it still is no run.
        raise ProblemsError([codes.NOT_A_RUN.at(str(before), found=repr(error), expected="tongchou.run/1")]) from None
    used = None if region == "none" else load(region)
    names = {k: v for r in results for k, v in row_names(r.rule, r.keys, used).items()}
    chosen = (periods[0], periods[1]) if periods else None
    if len(results) == 1 and chosen is not None:
        results.append(results[0])
    other = results[1] if len(results) > 1 else None
    change = attribute(results[0], other, periods=chosen, column=column, names=names)
    return Compared(change, unit_names(change, used), (runs[0]["hash"], runs[-1]["hash"]), warning_of(results))


def _run(path: Path, problems: list[Problem]) -> dict[str, Any]:
    """Return what a file holds as a run; a problem is added where it cannot be one."""
    import json

    from tongchou.rules import codes
    from tongchou.surfaces import codes as surface_codes

    try:
        run = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        problems.append(surface_codes.NOT_READABLE.at(str(path), reason=error.strerror or str(error)))
        return {}
    except (ValueError, RecursionError):
        problems.append(codes.NOT_A_RUN.at(str(path), found="JSON ?", expected="tongchou.run/1"))
        return {}
    if not isinstance(run, dict):
        problems.append(codes.NOT_A_RUN.at(str(path), found=type(run).__name__, expected="tongchou.run/1"))
        return {}
    return run


def _unfit(files: list[Path], outputs: list[Path]) -> list[Problem]:
    from tongchou.surfaces import codes
    from tongchou.surfaces.changes import CHANGE_EXPORTS

    problems = []
    for file in files:
        if file.is_dir():
            problems.append(codes.IS_A_FOLDER.at(str(file)))
        elif not file.is_file():
            problems.append(codes.NO_SUCH_FILE.at(str(file)))
    for path in outputs:
        if path.suffix.lower() not in CHANGE_EXPORTS:
            known = " ".join(CHANGE_EXPORTS)
            problems.append(codes.UNKNOWN_SUFFIX.at(str(path), suffix=path.suffix, known=known))
        if any(path.exists() and file.exists() and path.samefile(file) for file in files):
            problems.append(codes.WOULD_OVERWRITE.at(str(path)))
    return problems
