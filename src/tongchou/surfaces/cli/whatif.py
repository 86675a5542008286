"""``tongchou whatif``: several values of parameters or figures at once, and who moves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from tongchou.surfaces.cli.read import Language


def whatif(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="规则编号。Id of a rule.")],
    vary: Annotated[
        list[str],
        typer.Option(
            "--vary",
            metavar="NAME=VALUES",
            help="试哪些值：coverage=0.4,0.5 或 0.4:0.8:0.1；数据写 population.清徐县=…；可重复。Values to try.",
        ),
    ],
    side_by_side: Annotated[
        bool, typer.Option("--list", help="各项逐一对应，不作全部组合。Side by side instead of all combinations.")
    ] = False,
    region: Annotated[str, typer.Option(help="地区包。Region package, a name or a folder.")] = "taiyuan",
    period: Annotated[str, typer.Option("--period", help="时期，不写取最近一期。Period; the latest by default.")] = "",
    base: Annotated[str, typer.Option(help="人口口径。Population base.")] = "",
    data: Annotated[list[Path] | None, typer.Option("--data", help="自带数据。Figures of your own.")] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="各方案共同的参数值。")
    ] = None,
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", help="按后缀写出。Write by suffix: .csv .json.")
    ] = None,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """设想：几个取值一起算，看金额和位次怎样变。What if: several values at once, amounts and ranks side by side."""
    from rich.console import Console

    from tongchou.kernel.problems import ProblemsError
    from tongchou.rules.whatif import sweep
    from tongchou.surfaces import codes
    from tongchou.surfaces.cli.compute import answer_of
    from tongchou.surfaces.cli.problems import show, stop
    from tongchou.surfaces.cli.writing import write
    from tongchou.surfaces.scenarios import Named, as_csv, as_json, screen, trials_of

    outputs = output or []
    known = (".csv", ".json")
    unfit = [p for p in outputs if p.suffix.lower() not in known]
    if unfit:
        raise stop([codes.UNKNOWN_SUFFIX.at(str(p), suffix=p.suffix, known=" ".join(known)) for p in unfit])
    how: Literal["grid", "list"] = "list" if side_by_side else "grid"
    try:
        answer = answer_of(rule, region, [period] if period else [], base or None, data or [], settings or [])
        held = answer.result
        trials = trials_of(vary, Named(held.rule, answer.names))
        found = sweep(held.rule, held.table, answer.parameters, trials, how=how)
    except ProblemsError as error:
        raise stop(error.problems) from None
    console = Console()
    console.print(screen(found, answer.names, language.value, console.width))
    told = list(dict.fromkeys(p for each in found.problems for p in each))
    if told:
        show(told[:12], Console(stderr=True))
    failed = []
    for path in outputs:
        json = path.suffix.lower() == ".json"
        failed.append(write(path, as_json(found) if json else as_csv(found, answer.names, language.value)))
    if problems := [p for p in failed if p is not None]:
        raise stop(problems)
    for path in outputs:
        console.print(f"→ {path}", markup=False, highlight=False)
