"""``tongchou registers``: list, show and check registers; Excel templates; their schemas for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongchou.surfaces.cli.read import Language

if TYPE_CHECKING:
    from tongchou.catalogue import Catalogue
    from tongchou.region import Region
    from tongchou.registers.register import Register

app = typer.Typer(
    help="登记簿：列出、查看、检查、Excel 模板、接口定义。Registers: list, show, check, Excel templates, schemas.",
    no_args_is_help=True,
)
_REGION = typer.Option(help="地区包；它的登记簿一并列出。Region package; its registers are listed too.")
_REGISTER = typer.Argument(metavar="REGISTER", help="登记簿编号。Id of a register.")


@app.command("list")
def list_(
    region: Annotated[str, _REGION] = "taiyuan",
    as_json: Annotated[bool, typer.Option("--json", help="写成 JSON。As JSON.")] = False,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """列出登记簿：编号、名称、系统、条款。List registers: id, title, system, clauses."""
    import json

    from tongchou.surfaces.register_pages import facts

    catalogue, _ = _loaded(region)
    if as_json:
        typer.echo(json.dumps([facts(r) for r in catalogue.registers.values()], ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    zh = language is Language.ZH
    table = Table(box=None, pad_edge=False)
    for head in ("编号", "名称", "系统", "条款", "状态") if zh else ("id", "title", "system", "clauses", "states"):
        table.add_column(head, overflow="fold")
    for register in catalogue.registers.values():
        declared = register.declared
        states = " → ".join(s.label.text().in_(language.value) for s in declared.states.values())
        title = declared.title.text().in_(language.value)
        table.add_row(register.id, title, declared.system, "、".join(declared.clauses), states)
    Console().print(table)


@app.command()
def show(
    register: Annotated[str, _REGISTER],
    region: Annotated[str, _REGION] = "taiyuan",
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """看一个登记簿：谁填、字段、状态与走法、汇总、预警。One register: fields, states, moves, roll-ups, warnings."""
    from rich.console import Console
    from rich.markdown import Markdown

    from tongchou.surfaces.register_pages import page

    Console().print(Markdown(page(_found(register, region), language.value)))


@app.command()
def check(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="登记簿、算例或文件夹。Registers, cases; folders."),
    ],
    region: Annotated[str, _REGION] = "taiyuan",
) -> None:
    """一次列出登记簿和算例的全部问题；算例逐个复算。List every problem at once; worked cases are computed."""
    from tongchou.registers.references import of_region
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.register_check import check_registers

    catalogue, loaded = _loaded(region)
    found = check_registers(files, catalogue, of_region(loaded))
    if found.problems:
        raise stop(found.problems)
    typer.echo(
        f"{found.registers} 个登记簿，{found.cases} 个算例，没有问题。"
        f"{found.registers} registers, {found.cases} cases: no problems."
    )


@app.command()
def template(
    register: Annotated[str, _REGISTER],
    out: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="写到哪里。Where to write it.")],
    region: Annotated[str, _REGION] = "taiyuan",
) -> None:
    """写出填报用的 Excel 模板，地区包已有的条目填好。Write the Excel template, the region's rows filled in."""
    from tongchou.registers.references import of_region
    from tongchou.registers.seeds import seeds
    from tongchou.surfaces import codes
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.workbook.register_template import GivenRow, register_workbook

    if out.suffix.lower() != ".xlsx":
        raise stop([codes.UNKNOWN_SUFFIX.at(str(out), suffix=out.suffix, known=".xlsx")])
    found = _found(register, region)
    _, loaded = _loaded(region)
    references = of_region(loaded)
    held, _ = seeds(found, loaded, references)
    states = found.declared.states
    rows = [GivenRow(s.row.values, s.row.place, "", states[s.row.state].label.zh) for s in held]
    try:
        out.write_bytes(register_workbook(found, references, rows))
    except OSError as error:
        raise stop([codes.NOT_WRITABLE.at(str(out), reason=error.strerror or str(error))]) from None
    typer.echo(str(out))


@app.command()
def schema(
    register: Annotated[str, typer.Argument(metavar="[REGISTER]", help="登记簿编号；不写为登记簿文件本身。Id.")] = "",
    region: Annotated[str, _REGION] = "taiyuan",
) -> None:
    """JSON Schema：登记簿文件的，或某个登记簿一行的。JSON Schema of a register file, or of one row of a register."""
    import json

    from tongchou.surfaces import register_schema

    found = register_schema.row(_found(register, region)) if register else register_schema.register_file()
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _found(register: str, region: str) -> Register:
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop

    try:
        return _loaded(region)[0].register(register)
    except ProblemsError as error:
        raise stop(error.problems) from None


def _loaded(region: str) -> tuple[Catalogue, Region]:
    from tongchou.kernel.problems import ProblemsError
    from tongchou.region import load
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.computing import catalogue_of

    try:
        loaded = load(region)
        return catalogue_of(loaded), loaded
    except ProblemsError as error:
        raise stop(error.problems) from None
