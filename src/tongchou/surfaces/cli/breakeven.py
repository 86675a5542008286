"""``tongchou breakeven``: the value of one parameter or figure at which a conclusion flips."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongchou.surfaces.cli.read import Language


def breakeven(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="规则编号。Id of a rule.")],
    by: Annotated[
        str, typer.Option("--by", metavar="NAME=FROM:TO", help="改哪一项、在什么范围，如 coverage=0:1。What to move.")
    ],
    when: Annotated[
        str,
        typer.Option(
            "--when",
            metavar="CONCLUSION",
            help="结论：'娄烦县 > 阳曲县'、'娄烦县 > 5000000' 或 'rank 娄烦县'。The conclusion that may flip.",
        ),
    ],
    column: Annotated[str, typer.Option(help="看哪一列，不写为结果。Column; the result by default.")] = "",
    region: Annotated[str, typer.Option(help="地区包。Region package, a name or a folder.")] = "taiyuan",
    period: Annotated[str, typer.Option("--period", help="时期，不写取最近一期。Period; the latest by default.")] = "",
    base: Annotated[str, typer.Option(help="人口口径。Population base.")] = "",
    data: Annotated[list[Path] | None, typer.Option("--data", help="自带数据。Figures of your own.")] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="本次改用的参数值。")
    ] = None,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """临界值：某个结论在什么取值上翻转。Break-even: every value at which a conclusion flips, or that there is none."""
    from dataclasses import replace

    from rich.console import Console

    from tongchou.kernel.problems import ProblemsError
    from tongchou.kernel.text import Text
    from tongchou.kernel.units import label
    from tongchou.rules.whatif.breakeven import breakeven as find
    from tongchou.surfaces.cli.compute import answer_of
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.scenarios import Named, conclusion_of, range_of, setting_name
    from tongchou.surfaces.standing import warning

    try:
        answer = answer_of(rule, region, [period] if period else [], base or None, data or [], settings or [])
        named = Named(answer.result.rule, answer.names)
        setting, low, high = range_of(by, named)
        asked = conclusion_of(when, named, column or None)
        found = find(answer.result.rule, answer.result.table, answer.parameters, setting, low, high, asked)
    except ProblemsError as error:
        raise stop(error.problems) from None
    rule_ = answer.result.rule
    found = replace(found, label=setting_name(found.setting, rule_, answer.names))
    console = Console(soft_wrap=True)
    about = rule_.declared.columns[column or rule_.declared.result]
    unit = label(about.unit)
    what = Text(
        f"{about.label.zh}（{unit.zh}）" if unit.zh else about.label.zh, f"{about.label.en}, {unit.en}".rstrip(", ")
    )
    console.print(what.in_(language.value), style="bold", markup=False, highlight=False)
    now = Text(
        f"现在{found.label.zh}为 {found.now:g}：{asked.words(found.answer).zh}。",
        f"Now {found.label.en} is {found.now:g}: {asked.words(found.answer).en}.",
    )
    for words in (now, *found.words()):
        console.print(words.in_(language.value), markup=False, highlight=False)
    looked = Text(f"按 {found.resolution:g} 的间隔查找。", f"Looked at every {found.resolution:g}.")
    console.print(looked.in_(language.value), markup=False, highlight=False)
    if told := warning(answer.result).in_(language.value):
        console.print(told, style="bold red", markup=False)
