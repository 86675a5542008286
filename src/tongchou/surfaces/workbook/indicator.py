"""One indicator as a workbook: units by periods as the page shows them, every figure with its source, the sources."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from tongchou.kernel.units import label
from tongchou.region.crosstab import Cell, base_of, city_cell, column_cells, columns_of
from tongchou.region.model import Region
from tongchou.surfaces.workbook.page import Column, Sheet, Styles

_NONE = "未报"


def indicator_workbook(region: Region, indicator: str) -> bytes:
    """Return the workbook of an indicator; raise ``KeyError`` when the region has none of that id."""
    declared = region.indicators[indicator]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": declared.title.zh, "comments": f"{region.title.zh} {region.version}"})
    styles = Styles(book)
    _table(book, styles, region, indicator)
    _figures(book, styles, region, indicator)
    _sources(book, styles, region, indicator)
    book.close()
    return out.getvalue()


def _title(region: Region, indicator: str) -> str:
    declared = region.indicators[indicator]
    unit = label(declared.unit).zh
    return f"{region.title.zh}{declared.title.zh}" + (f"（{unit}）" if unit else "")


def _line(region: Region) -> str:
    return f"地区包 {region.title.zh} {region.version}"


def _table(book: Any, styles: Styles, region: Region, indicator: str) -> None:
    columns = columns_of(region, indicator)
    bases = dict.fromkeys(b for c in columns if (b := base_of(region, c)) and not b.fits_all)
    notes = [f"口径：{region.indicators[indicator].definition.zh}", *(f"{b.title.zh}：{b.note.zh}" for b in bases)]
    heads = [Column("县（市、区）", 16), *(Column(c.label.zh, 16, "figure") for c in columns)]
    heads += [Column(f"{c.label.zh}状态", 10, "centre") for c in columns] or [Column("", 40)]
    sheet = Sheet(book, styles, "数据", _title(region, indicator), heads, "\n".join(notes))
    if not columns:
        sheet.add(("全市和各县（市、区）", "没有数据，其他地方的数据见“明细”。"))
    by_column = [column_cells(region, indicator, column) for column in columns]
    for row in zip(*by_column, strict=True):
        sheet.add((row[0].place.name, *(_value(c) for c in row), *(_status(c) for c in row)))
    city = [city_cell(region, indicator, column) for column in columns]
    if city:
        # The city's figure is the published one; the units need not add up to it, and no formula pretends they do.
        name = f"{city[0].place.name}（公布值）"
        sheet.add((name, *(_value(c) for c in city), *(_status(c) for c in city)))
    sheet.footer(_line(region))


def _value(cell: Cell) -> float | str:
    if cell.figure is None:
        return _NONE
    return "不适用" if cell.figure.value is None else cell.figure.value


def _status(cell: Cell) -> str:
    return cell.figure.status.label.zh if cell.figure is not None else ""


def _figures(book: Any, styles: Styles, region: Region, indicator: str) -> None:
    heads = (
        Column("地方代码", 10, "centre"),
        Column("地方", 16),
        Column("时期", 16, "centre"),
        Column("口径基数", 20),
        Column("数值", 16, "figure"),
        Column("状态", 8, "centre"),
        Column("来源", 46),
        Column("备注", 40),
    )
    sheet = Sheet(book, styles, "明细", f"{_title(region, indicator)}明细", heads, "一行一个数据，均注明来源和状态。")
    for figure in region.of_indicator(indicator):
        base = region.bases.get(figure.base)
        sheet.add(
            (
                figure.place,
                region.places[figure.place].name,
                figure.period.label(),
                base.title.zh if base else figure.base,
                "不适用" if figure.value is None else figure.value,
                figure.status.label.zh,
                region.sources[figure.source].title if figure.source in region.sources else figure.source,
                figure.note,
            )
        )
    sheet.filter()
    sheet.footer(_line(region))


def _sources(book: Any, styles: Styles, region: Region, indicator: str) -> None:
    heads = (
        Column("来源", 50),
        Column("发布者", 26),
        Column("日期", 12, "centre"),
        Column("网址", 50),
        Column("许可", 36),
    )
    sheet = Sheet(book, styles, "来源", f"{_title(region, indicator)}来源", heads, "转引的数据以原始出处为准。")
    used = dict.fromkeys(f.source for f in region.of_indicator(indicator))
    for source in (region.sources[s] for s in used if s in region.sources):
        sheet.add((source.title, source.publisher, source.date, source.url, source.licence))
    sheet.footer(_line(region))
