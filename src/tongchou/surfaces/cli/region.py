"""``tongchou region``: begin, check, show and fill a region package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from tongchou.kernel.problems import Problem
    from tongchou.region.model import Region

app = typer.Typer(
    help="地区包：新建、检查、查看、填报。Region packages: begin, check, show, fill.", no_args_is_help=True
)
TEMPLATES = "templates.xlsx"


@app.command()
def new(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="新文件夹。A folder that does not exist yet.")],
    code: Annotated[str, typer.Option(help="城市的 GB/T 2260 代码。Code of the city.")] = "",
    name: Annotated[str, typer.Option(help="城市名称。Name of the city.")] = "",
    name_en: Annotated[str, typer.Option(help="英文名称。English name.")] = "",
) -> None:
    """写出一个空的、合格的地区包和 Excel 模板。Write an empty, valid package and its Excel templates."""
    from datetime import date

    from tongchou.kernel.problems import ProblemsError
    from tongchou.region.new import new as write
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.workbook.region_templates import write_templates

    try:
        folder = write(directory, today=date.today(), centre=code, name=name, name_en=name_en)
    except ProblemsError as error:
        raise stop(error.problems) from None
    rows = [{"code": code, "name": name or folder.name, "name_en": name_en or name, "kind": "prefecture"}]
    write_templates(folder / TEMPLATES, rows={"places": rows} if code else None)
    typer.echo(f"{folder}\n{folder / TEMPLATES}")


@app.command()
def check(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="地区包文件夹。The package's folder.")],
) -> None:
    """一次列出全部问题；有错误时退出码为 2。List every problem at once; exit code 2 where one is an error."""
    from tongchou.region import check as find
    from tongchou.surfaces.cli.problems import show

    problems = [*find(directory), *_of_networks(directory)]
    errors = sum(problem.severity == "error" for problem in problems)
    if problems:
        show(problems)
    typer.echo(f"{directory}: {errors} 个错误 errors, {len(problems) - errors} 个提醒 warnings")
    if errors:
        raise typer.Exit(2)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="[NAME|DIR]", help="内置名或文件夹。A name or a folder.")] = "taiyuan",
) -> None:
    """概览：地方、单位、指标及覆盖、来源。A summary: places, parties, indicators with coverage, sources."""
    from rich.console import Console

    from tongchou.kernel.problems import ProblemsError
    from tongchou.region import load
    from tongchou.surfaces.cli.problems import stop

    try:
        region = load(name)
    except ProblemsError as error:
        raise stop(error.problems) from None
    console = Console()
    console.print(f"[bold]{region.title.zh} {region.title.en}[/]  {region.id} {region.version}  {region.updated or ''}")
    console.print(_counts(region))
    for table in (_places(region), _parties(region), _indicators(region), _sources(region)):
        console.print(table)
    for notice in region.notices:
        console.print(f"[dim]{notice}[/]")


@app.command()
def template(
    output: Annotated[Path, typer.Option("-o", "--output", help="写到哪里。Where to write.")] = Path(TEMPLATES),
    name: Annotated[str, typer.Argument(metavar="[NAME|DIR]", help="内置名或文件夹。A name or a folder.")] = "taiyuan",
) -> None:
    """写出填报模板，地方、指标、来源等已填好。Write templates with the package's own lists filled in."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.region import read_tables
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.workbook.region_templates import write_templates

    try:
        held = read_tables(name)
    except ProblemsError as error:
        raise stop(error.problems) from None
    kept: tuple[str, ...] = ("places", "indicators", "sources")
    rows = {t: [row.cells for row in held[t].rows.good] for t in kept if t in held}
    write_templates(output, rows=rows)
    typer.echo(str(output))


@app.command("import")
def import_(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="地区包文件夹。The package's folder.")],
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK.xlsx", help="填好的模板。A filled template.")],
    dry_run: Annotated[bool, typer.Option(help="只检查，不写入。Check only, write nothing.")] = False,
) -> None:
    """把填好的模板并入地区包；有错误则什么也不写。Merge a filled template; on any error nothing is written."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import show, stop
    from tongchou.surfaces.workbook.region_import import import_workbook

    try:
        result = import_workbook(directory, workbook, dry_run=dry_run)
    except ProblemsError as error:
        raise stop(error.problems) from None
    if result.warnings:
        show(result.warnings)
    for table, (added, changed) in result.rows.items():
        typer.echo(f"{table}: +{added} ~{changed}")
    typer.echo("未写入（试运行）。Dry run, nothing written." if dry_run else str(directory))


def _of_networks(directory: Path) -> list[Problem]:
    from tongchou.kernel.problems import ProblemsError
    from tongchou.networks.package import check as find
    from tongchou.region.load import package_folder

    try:
        return find(package_folder(directory))
    except ProblemsError:
        return []  # no package: told already


def _places(region: Region) -> Table:
    from rich.table import Table

    table = Table(title="地方 Places", title_justify="left")
    table.add_column("代码", no_wrap=True)
    table.add_column("名称", overflow="fold")
    table.add_column("类别", no_wrap=True)
    table.add_column("分组", overflow="fold")
    table.add_column("驻地经纬度", no_wrap=True)
    for place in region.places:
        degrees = (place.seat_lon, place.seat_lat)
        seat = ", ".join(f"{degree:.3f}" for degree in degrees if degree is not None)
        group = region.groups[place.group].title.zh if place.group else ""
        table.add_row(place.code, place.name, place.kind.label.zh, group, seat)
    return table


def _parties(region: Region) -> Table:
    from collections import Counter

    from rich.table import Table

    table = Table(title="单位 Parties", title_justify="left")
    table.add_column("类别", no_wrap=True)
    table.add_column("数", justify="right")
    table.add_column("单位", overflow="fold")
    for kind, count in Counter(party.kind for party in region.parties).items():
        table.add_row(kind.label.zh, str(count), "、".join(p.name for p in region.parties if p.kind is kind))
    return table


def _counts(region: Region) -> str:
    from collections import Counter

    statuses = Counter(figure.status for figure in region.figures)
    figures = "、".join(f"{status.label.zh} {statuses[status]}" for status in sorted(statuses, reverse=True))
    tables = "、".join(f"{name} {len(rows)}" for name, rows in region.extra.items())
    return (
        f"数据 {len(region.figures)} 条（{figures}）· 项目 {len(region.projects)} · 相邻 {len(region.adjacency)}\n"
        f"其他表：{tables or '无'} · 政策文本：{'、'.join(region.policies) or '无'}"
    )


def _indicators(region: Region) -> Table:
    from rich.table import Table

    units = region.county_level()
    table = Table(title="指标及覆盖 Indicators and coverage", title_justify="left")
    table.add_column("编号", overflow="fold")
    table.add_column("名称", overflow="fold")
    table.add_column("单位", no_wrap=True)
    table.add_column("时期", overflow="fold")
    table.add_column(f"县级 /{len(units)}", justify="right")
    table.add_column("条", justify="right")
    table.add_column("最弱状态")
    for indicator in region.indicators.values():
        held = list(region.of_indicator(indicator.id))
        periods = list(dict.fromkeys(f.period.label() for f in sorted(held, key=lambda f: f.period)))
        shown = "、".join(periods[:3]) + ("…" if len(periods) > 3 else "")
        table.add_row(
            indicator.id,
            indicator.title.zh,
            indicator.unit,
            shown,
            str(len({f.place for f in held} & set(units))),
            str(len(held)),
            min(held, key=lambda f: f.status).status.label.zh if held else "",
        )
    return table


def _sources(region: Region) -> Table:
    from collections import Counter

    from rich.table import Table

    counted = Counter(figure.source for figure in region.figures)
    table = Table(title="来源 Sources", title_justify="left")
    for heading in ("编号", "题名", "发布者", "可信度", "条"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "条" else "left")
    for source in region.sources.values():
        table.add_row(source.id, source.title, source.publisher, source.confidence, str(counted[source.id]))
    return table
