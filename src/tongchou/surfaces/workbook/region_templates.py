"""Excel templates of a region package: one sheet a table, with locked headers, lists to choose from and an example.

Row 1 is the title, row 2 a note, row 3 the headings, row 4 the column names, row 5 a marked example; figures follow.
:mod:`tongchou.surfaces.workbook.region_import` reads the same layout back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tongchou.kernel.text import Text
from tongchou.region.tables import NOT_APPLICABLE, STANDARD, Column, Table

TITLE_ROW, NOTE_ROW, HEAD_ROW, NAME_ROW, EXAMPLE_ROW, FIRST_ROW = range(6)  # counted from zero
MARK = "示例"
MARK_HEAD = Text("标记", "Mark")
BLANK_ROWS = 1000
_LISTS = "选项"
_LINE = 15  # points
_INLINE_LIMIT = 240  # Excel refuses an inline list of more than 255 characters
_UNITS = (
    *("人", "万人", "户", "个", "所", "元", "万元", "亿元", "元/人", "万元/人", "%", "‰", "1"),
    *("km", "km²", "亩", "万亩", "公顷", "m²/人", "吨", "万吨", "立方米", "亿立方米", "天", "年"),
)
_WIDTHS = {"string": 12, "number": 11, "integer": 7, "date": 11, "boolean": 7, "list": 18}
_WIDE = (
    "definition",
    "title",
    "note",
    "url",
    "licence",
    "publisher",
    "full_name",
    "name_en",
    "aliases",
    "fields",
    "members",
)
_GUIDE = (
    Text(
        "每张表一个工作表：第3行是中文表头，第4行是列名（勿改），第5行是示例，从第6行起填写。",
        "One sheet a table: headings in row 3, column names in row 4 (keep them), an example in row 5; fill from 6.",
    ),
    Text("“标记”列写“示例”的行不会导入。", "Rows marked 示例 in the first column are not imported."),
    Text(
        "先填 来源、地方、指标，再填 数据：下拉列表取自前面填好的各表。",
        "Fill sources, places and indicators first: the lists in the figures sheet come from them.",
    ),
    Text(
        f"数值只写数字，单位写在单位列；零写 0，不适用写“{NOT_APPLICABLE}”，没有数据就不要留行。",
        f"Digits only, the unit in its own column; 0 for zero, {NOT_APPLICABLE} where none exists, no row if missing.",
    ),
    Text(
        "示例数据（illustrative）不得与真实数据放在一起，另存一份。",
        "Keep illustrative figures out of this file; put them into one of their own.",
    ),
    Text(
        "表头已锁定（无密码）；多个取值用 | 分隔。", "Headers are locked (no password); separate several values with |."
    ),
    Text(
        "填好后：tongchou region import 文件夹 本文件.xlsx，再 tongchou region check 文件夹。",
        "Then: tongchou region import DIR THIS.xlsx and tongchou region check DIR.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Any
    note: Any
    guide: Any
    head: Any
    required: Any
    name: Any
    example: Any
    text: Any
    number: Any
    grid: Any


def sheet_name(table: Table) -> str:
    """Return the name of a table's sheet."""
    return table.title.zh


def write_templates(
    path: Path, tables: Iterable[Table] = STANDARD, rows: Mapping[str, Iterable[Mapping[str, str]]] | None = None
) -> None:
    """Write the workbook; ``rows`` by table name are filled in below the example."""
    chosen = tuple(tables)
    filled = rows or {}
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "数据填报模板", "subject": "Tongchou region package"})
        formats = _formats(book)
        _guide(book, formats)
        lists = _Lists()
        for table in chosen:
            _sheet(book, table, {t.name: t for t in chosen}, list(filled.get(table.name, ())), formats, lists)
        lists.write(book)


def _formats(book: Any) -> _Formats:
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    grid = {**base, "border": 1, "border_color": "#A6A6A6"}
    return _Formats(
        title=book.add_format({**base, "font_name": "黑体", "font_size": 16, "align": "left"}),
        note=book.add_format({**base, "font_size": 10, "font_color": "#595959"}),
        guide=book.add_format({**base, "text_wrap": True}),
        head=book.add_format(
            {**grid, "font_name": "黑体", "bg_color": "#E7ECF3", "align": "center", "text_wrap": True}
        ),
        required=book.add_format(
            {**grid, "font_name": "黑体", "bg_color": "#F8E3DD", "align": "center", "text_wrap": True}
        ),
        name=book.add_format({**grid, "font_size": 9, "font_color": "#7F7F7F", "align": "center"}),
        example=book.add_format({**grid, "italic": True, "font_color": "#7F7F7F", "num_format": "@"}),
        text=book.add_format({**base, "num_format": "@", "locked": False, "text_wrap": True}),
        number=book.add_format({**base, "num_format": "General", "locked": False}),
        grid=book.add_format({"border": 1, "border_color": "#A6A6A6"}),
    )


def _guide(book: Any, formats: _Formats) -> None:
    sheet = book.add_worksheet("填写说明")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 1, "数据填报模板 · Templates of a region package", formats.title)
    for number, line in enumerate(_GUIDE, start=1):
        sheet.write_number(1 + number, 0, number, formats.guide)
        sheet.write_string(1 + number, 1, f"{line.zh}\n{line.en}", formats.guide)
        sheet.set_row(1 + number, 36)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _sheet(
    book: Any,
    table: Table,
    tables: Mapping[str, Table],
    rows: list[Mapping[str, str]],
    formats: _Formats,
    lists: _Lists,
) -> None:
    sheet = book.add_worksheet(sheet_name(table))
    last_column = len(table.columns)
    last_row = FIRST_ROW + max(BLANK_ROWS, len(rows)) - 1
    sheet.write_string(TITLE_ROW, 0, f"{table.title.zh} {table.title.en}", formats.title)
    needed = "红底列必填 · shaded columns are required"
    key = "、".join(c.title.zh for name in table.key if (c := table.column(name)))
    sheet.write_string(NOTE_ROW, 0, f"{needed}；同一“{key}”只填一行" if key else needed, formats.note)
    sheet.set_row(TITLE_ROW, 26)
    sheet.set_row(HEAD_ROW, 32)
    sheet.write_string(HEAD_ROW, 0, MARK_HEAD.zh, formats.head)
    sheet.write_string(NAME_ROW, 0, "mark", formats.name)
    sheet.write_string(EXAMPLE_ROW, 0, MARK, formats.example)
    sheet.set_column(0, 0, 6, formats.text)
    sheet.data_validation(FIRST_ROW, 0, last_row, 0, {"validate": "list", "source": [MARK], "ignore_blank": True})
    # The lines are drawn by rule, so that an empty template does not hold thousands of empty cells.
    grid = {"type": "formula", "criteria": "=TRUE", "format": formats.grid}
    sheet.conditional_format(FIRST_ROW, 0, last_row, last_column, grid)
    for number, column in enumerate(table.columns, start=1):
        _column(sheet, number, last_row, column, tables, formats, lists)
    for offset, cells in enumerate(rows):
        lines = max(_lines(cells.get(c.name, ""), _width(c)) for c in table.columns)
        sheet.set_row(FIRST_ROW + offset, _LINE * lines)
        for number, column in enumerate(table.columns, start=1):
            _cell(sheet, FIRST_ROW + offset, number, column, cells.get(column.name, ""), formats)
    sheet.freeze_panes(FIRST_ROW, 3)
    sheet.autofilter(NAME_ROW, 0, last_row, last_column)
    sheet.protect(
        "",
        {
            "format_columns": True,
            "format_rows": True,
            "insert_rows": True,
            "delete_rows": True,
            "sort": True,
            "autofilter": True,
        },
    )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(HEAD_ROW, NAME_ROW)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, max(FIRST_ROW + len(rows), FIRST_ROW + 25), last_column)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _column(
    sheet: Any,
    number: int,
    last_row: int,
    column: Column,
    tables: Mapping[str, Table],
    formats: _Formats,
    lists: _Lists,
) -> None:
    cell = formats.number if column.type in ("number", "integer") else formats.text
    sheet.set_column(number, number, _width(column), cell)
    sheet.write_string(
        HEAD_ROW, number, f"{column.title.zh}\n{column.title.en}", formats.required if column.required else formats.head
    )
    sheet.write_string(NAME_ROW, number, column.name, formats.name)
    sheet.write_string(EXAMPLE_ROW, number, column.example, formats.example)
    if column.about.zh:
        sheet.write_comment(HEAD_ROW, number, f"{column.about.zh}\n{column.about.en}", {"x_scale": 2})
    rule = _validation(column, number, tables, lists)
    if rule is not None:
        sheet.data_validation(FIRST_ROW, number, last_row, number, rule)


def _validation(column: Column, number: int, tables: Mapping[str, Table], lists: _Lists) -> dict[str, Any] | None:
    first = f"{xl_col_to_name(number)}{FIRST_ROW + 1}"
    rule: dict[str, Any] = {"ignore_blank": True, "error_title": column.title.zh[:32]}
    target, _, field = column.refers.partition(".")
    if column.allowed:
        rule |= {"validate": "list", "source": lists.source(column.name, column.allowed)}
        return rule | {"error_message": "请从列表中选择。Choose from the list."}
    if column.refers and column.type != "list" and target in tables and (held := tables[target].column(field)):
        letter = xl_col_to_name(tables[target].columns.index(held) + 1)
        source = f"='{sheet_name(tables[target])}'!${letter}${FIRST_ROW + 1}:${letter}${FIRST_ROW + BLANK_ROWS}"
        rule |= {"validate": "list", "source": source, "error_type": "warning"}
        return rule | {"error_message": f"先在“{sheet_name(tables[target])}”表登记。List it there first."}
    if column.name == "unit":
        rule |= {"validate": "list", "source": lists.source("unit", _UNITS), "error_type": "warning"}
        return rule | {"error_message": "列表外的单位也可以，写法如 万元/人。Other units are allowed."}
    if column.type in ("number", "integer"):
        tests = [f"ISNUMBER({first})"]
        if column.low is not None:
            tests.append(f"{first}>={column.low:g}")
        if column.high is not None:
            tests.append(f"{first}<={column.high:g}")
        formula = f"AND({','.join(tests)})"
        if column.required:
            formula = f'OR({formula},{first}="{NOT_APPLICABLE}")'
        rule |= {"validate": "custom", "value": f"={formula}"}
        return rule | {"error_message": "只写数字，不带单位和千分位。Digits only, without unit or separators."}
    if column.type == "date":
        formula = f'AND(LEN({first})=10,MID({first},5,1)="-",MID({first},8,1)="-")'
        rule |= {"validate": "custom", "value": f"={formula}"}
        return rule | {"error_message": "写成 2021-03-31。Write 2021-03-31."}
    if column.type == "boolean":
        return rule | {"validate": "list", "source": ["true", "false"]}
    return None


def _width(column: Column) -> int:
    """Return the width of a column in characters."""
    if any(column.name.startswith(start) for start in _WIDE):
        return 26
    return 20 if column.name in ("id", "indicator", "source") else _WIDTHS[column.type]


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a cell; a Chinese character is two wide."""
    return sum(
        max(1, -(-sum(2 if ord(c) > 0x2E7F else 1 for c in part) // max(width - 1, 1))) for part in text.split("\n")
    )


def _cell(sheet: Any, row: int, number: int, column: Column, value: str, formats: _Formats) -> None:
    if not value:
        return
    if column.type in ("number", "integer") and value != NOT_APPLICABLE:
        sheet.write_number(row, number, float(value), formats.number)
    else:
        sheet.write_string(row, number, value, formats.text)


class _Lists:
    """Choices too long to stand in a rule, kept on a hidden sheet, one column each."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def source(self, name: str, choices: tuple[str, ...]) -> list[str] | str:
        """Return what a list rule takes: the choices, or the range on the hidden sheet."""
        if len(",".join(choices)) <= _INLINE_LIMIT and name != "unit":
            return list(choices)
        letter = xl_col_to_name(self._columns.setdefault(choices, len(self._columns)))
        return f"='{_LISTS}'!${letter}$1:${letter}${len(choices)}"

    def write(self, book: Any) -> None:
        """Write the hidden sheet, when anything needs it."""
        if not self._columns:
            return
        sheet = book.add_worksheet(_LISTS)
        for choices, number in self._columns.items():
            for row, choice in enumerate(choices):
                sheet.write_string(row, number, choice)
        sheet.hide()
