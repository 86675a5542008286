"""One indicator and period of the county board as a page in official form."""

from __future__ import annotations

from tongchou.kernel.units import label
from tongchou.region.crosstab import Cell, Column, base_of, city_cell, column_cells
from tongchou.region.model import Region
from tongchou.surfaces.document.official import OfficialDocument
from tongchou.surfaces.document.tables import TableForm

_TABLE = TableForm(("序号", "县（市、区）", "数值", "位次", "状态"), (16, 44, 44, 24, 28))


def county_board(region: Region, indicator: str, column: Column) -> bytes:
    """Return the page as .docx: definition, the units in official order with value, rank and status, the sources."""
    declared = region.indicators[indicator]
    unit = label(declared.unit).zh
    paper = OfficialDocument(f"{region.title.zh}{declared.title.zh}，{column.label.zh}")
    paper.title(f"{region.title.zh}{declared.title.zh}\n{column.label.zh}")
    paper.body(f"口径：{declared.definition.zh}")
    base = base_of(region, column)
    if base is not None and not base.fits_all:
        paper.body(f"{base.title.zh}：{base.note.zh}")
    if unit:
        paper.body(f"单位：{unit}", align="right")
    cells = column_cells(region, indicator, column)
    rows = [(str(i), *_row(cell)) for i, cell in enumerate(cells, 1)]
    city = city_cell(region, indicator, column)
    rows.append(("", f"{city.place.name}（公布值）", *_row(city)[1:]))
    paper.table(_TABLE, rows)
    used = dict.fromkeys(c.figure.source for c in (*cells, city) if c.figure is not None)
    paper.note("来源：" + "；".join(region.sources[s].title for s in used if s in region.sources))
    paper.note(f"未报不是零。全市为公布值，不是各县（市、区）之和。地区包 {region.title.zh} {region.version}。")
    return paper.to_bytes()


def _row(cell: Cell) -> tuple[str, str, str, str]:
    status = cell.figure.status.label.zh if cell.figure is not None else ""
    return cell.place.name, cell.printed or cell.state_label.zh, str(cell.rank or "—"), status
