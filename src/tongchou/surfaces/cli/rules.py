"""``tongchou rules``: list, show, check and begin rules; their schemas for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongchou.surfaces.cli.read import Language

if TYPE_CHECKING:
    from tongchou.catalogue import Catalogue

app = typer.Typer(
    help="规则：列出、查看、检查、新写、接口定义。Rules: list, show, check, begin, schemas.", no_args_is_help=True
)
_REGION = typer.Option(help="地区包；它的规则和参数一并列出。Region package; its rules and parameters are listed too.")


@app.command("list")
def list_(
    region: Annotated[str, _REGION] = "taiyuan",
    as_json: Annotated[bool, typer.Option("--json", help="写成 JSON。As JSON.")] = False,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """列出规则：编号、名称、系统、条款、数据、参数。List rules: id, title, system, clauses, inputs, parameters."""
    import json

    from tongchou.surfaces.rule_pages import facts

    catalogue = _catalogue(region)
    if as_json:
        typer.echo(json.dumps([facts(rule) for rule in catalogue.rules.values()], ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    from tongchou.rules.keys import label

    zh = language is Language.ZH
    table = Table(box=None, pad_edge=False)
    for head in (
        ("编号", "名称", "系统", "条款", "按", "怎样算") if zh else ("id", "title", "system", "clauses", "per", "kind")
    ):
        table.add_column(head, overflow="fold")
    for rule in catalogue.rules.values():
        declared = rule.declared
        kind = ("公式", "formulas") if rule.algorithm is None else ("算法", "algorithm")
        per = " × ".join(label(key).in_(language.value) for key in declared.per)
        title = declared.title.text().in_(language.value)
        table.add_row(rule.id, title, declared.system, "、".join(declared.clauses), per, kind[0 if zh else 1])
    Console().print(table)


@app.command()
def show(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="规则编号。Id of a rule.")],
    region: Annotated[str, _REGION] = "taiyuan",
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """看一条规则：条款、办法、数据、参数及文号、公式。One rule: clauses, method, inputs, parameters, formulas."""
    from rich.console import Console
    from rich.markdown import Markdown

    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.rule_pages import page

    catalogue = _catalogue(region)
    try:
        found = catalogue.rule(rule)
    except ProblemsError as error:
        raise stop(error.problems) from None
    Console().print(Markdown(page(found, catalogue.parameters[found.id], language.value)))


@app.command()
def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="规则、参数、算例文件或文件夹。Rules, parameters, worked cases; or folders."
        ),
    ],
) -> None:
    """一次列出规则、参数和算例的全部问题；算例逐个复算。List every problem at once; worked cases are computed."""
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.rule_check import check_files

    found = check_files(files)
    if found.problems:
        raise stop(found.problems)
    zh = f"{found.rules} 条规则，{found.parameters} 份参数，{found.cases} 个算例，没有问题。"
    typer.echo(f"{zh}{found.rules} rules, {found.parameters} parameter files, {found.cases} cases: no problems.")


@app.command()
def new(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="编号，如 fiscal.school_grant。Id: module.name.")],
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="地区包文件夹。A region package's folder.")],
) -> None:
    """写出一条可算的规则、参数和算例，照着改。Write a rule that computes, its parameters and a worked case to edit."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.rule_stub import write_stub

    try:
        written = write_stub(rule, directory)
    except ProblemsError as error:
        raise stop(error.problems) from None
    for path in written:
        typer.echo(str(path))


@app.command()
def schema(
    rule: Annotated[str, typer.Argument(metavar="[RULE]", help="规则编号；不写为规则文件本身。Id of a rule.")] = "",
    region: Annotated[str, _REGION] = "taiyuan",
    openapi: Annotated[bool, typer.Option("--openapi", help="写成 OpenAPI 片段。As an OpenAPI fragment.")] = False,
) -> None:
    """JSON Schema：规则文件的，或某条规则输入的；或 OpenAPI 片段。JSON Schema, or an OpenAPI fragment."""
    import json

    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces import rule_schema
    from tongchou.surfaces.cli.problems import stop

    try:
        catalogue = _catalogue(region)
        if openapi:
            wanted = [catalogue.rule(rule)] if rule else list(catalogue.rules.values())
            found = rule_schema.openapi(wanted)
        else:
            found = rule_schema.inputs(catalogue.rule(rule)) if rule else rule_schema.rule_file()
    except ProblemsError as error:
        raise stop(error.problems) from None
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _catalogue(region: str) -> Catalogue:
    from tongchou.kernel.problems import ProblemsError
    from tongchou.region import load
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.computing import catalogue_of

    try:
        return catalogue_of(load(region))
    except ProblemsError as error:
        raise stop(error.problems) from None
