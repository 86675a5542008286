"""A register as a workbook to fill in: one sheet of rows, one of yearly values, lists to choose from.

Row 1 is the title, row 2 a note, row 3 the headings, row 4 (hidden) the names of columns; rows follow. The first
column is hidden and holds the version of a row, so that nobody overwrites what was changed after the download.
:mod:`tongchou.surfaces.workbook.register_sheet` reads the same layout back.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tongchou.kernel.text import Text
from tongchou.registers.declaration import DATED, NUMERIC, RegisterField
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.surfaces.register_cells import cell

HEAD_ROW, NAME_ROW, FIRST_ROW = 2, 3, 4  # counted from zero
YEARS, LISTS, GUIDE = "分年数", "选项", "填写说明"
VERSION, STATE = "version", "state"
_BLANK_ROWS = 500
_INLINE = 240  # Excel refuses an inline list of more than 255 characters
_PLACE = Text("县（市、区）", "County")
_GEOMETRY = Text("位置", "Position")
_STATE = Text("状态（不导入）", "State (not imported)")
_YEAR = Text("年份", "Year")
_NEEDED = Text("红底列必填", "shaded columns are required")
_GUIDE_LINES = (
    "表头已锁定；空白处填写，已有的行可以改。“编号”等主键列不能改：改了就是另一条。",
    "数只写数字，单位在表头；没有数时留空是“未填”，确实没有这个数写“不适用”，零写 0。",
    "日期写 2020-12-26，只知道年或月的栏目可写 2020、2020-12；多个取值用 、 隔开。",
    "状态不在这里改：变更状态要附证据，在网页上办。个人信息不随表导出，填写则更新，留空不变。",
    "填好后在网页“导入”中上传：先试算，不写入；有错的退回同一个表，红格附原因。重复导入不会重复登记。",
)


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row to fill in beforehand: its values as kept, state in words, yearly values."""

    values: Mapping[str, Any]
    place: str = ""
    geometry: str = ""
    state: str = ""
    version: int | None = None
    years: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its name (hidden row), heading, field where it has one, and whether it must be filled."""

    name: str
    head: Text
    field: RegisterField | None = None
    required: bool = False


def columns_of(register: Register) -> list[SheetColumn]:
    """Return the columns of the sheet of rows, in order; derived fields and files have none."""
    declared = register.declared
    found = [SheetColumn(VERSION, Text("版本", "Version"))]
    for name, item in declared.typed().items():
        if item.kind != "file":
            found.append(SheetColumn(name, _head(item), item, item.required and not item.when))
    if declared.place.kind != "none":
        found.insert(1 + len([k for k in declared.key if k != "place"]), _place(declared.place.required))
    if declared.place.kind in ("point", "polygon"):
        found.append(SheetColumn("geometry", _GEOMETRY))
    return [*found, SheetColumn(STATE, _STATE)]


def year_columns(register: Register) -> list[SheetColumn]:
    """Return the columns of the sheet of yearly values: the key, the year, the values."""
    declared = register.declared
    keys = [
        _place(True)
        if name == "place"
        else SheetColumn(name, _head(declared.fields[name]), declared.fields[name], True)
        for name in declared.key
    ]
    values = [SheetColumn(n, _head(f), f, f.required) for n, f in declared.yearly.items()]
    return [*keys, SheetColumn("year", _YEAR, None, True), *values]


def _place(required: bool) -> SheetColumn:
    return SheetColumn("place", _PLACE, None, required)


def _head(item: RegisterField) -> Text:
    unit = f"（{item.unit}）" if item.unit not in (None, "1") else ""
    return Text(f"{item.label.zh}{unit}", f"{item.label.en}{unit}")


def register_workbook(register: Register, references: References, rows: Sequence[GivenRow] = ()) -> bytes:
    """Return the workbook, with ``rows`` filled in; personal data are never among what is filled in."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": register.declared.title.zh, "subject": register.id})
        writer = _Writer(book, register, references)
        writer.rows(rows)
        if register.declared.yearly:
            writer.years(rows)
        writer.guide()
        writer.lists()
    return out.getvalue()


class _Writer:
    def __init__(self, book: Any, register: Register, references: References) -> None:
        self.book = book
        self.register = register
        self.references = references
        self._lists: dict[tuple[str, ...], int] = {}
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        grid = {**base, "border": 1, "border_color": "#A6A6A6"}
        head = {**grid, "font_name": "黑体", "align": "center", "text_wrap": True}
        self.title = book.add_format({**base, "font_name": "黑体", "font_size": 16})
        self.note = book.add_format({**base, "font_size": 10, "font_color": "#595959"})
        self.head = book.add_format({**head, "bg_color": "#E7ECF3"})
        self.needed = book.add_format({**head, "bg_color": "#F8E3DD"})
        self.name = book.add_format({**grid, "font_size": 9, "font_color": "#7F7F7F"})
        self.text = book.add_format({**grid, "num_format": "@", "locked": False, "text_wrap": True})
        self.number = book.add_format({**grid, "num_format": "General", "locked": False})
        self.fixed = book.add_format({**grid, "num_format": "@", "font_color": "#7F7F7F"})
        self.plain = book.add_format({**base, "text_wrap": True})

    def rows(self, rows: Sequence[GivenRow]) -> None:
        columns = columns_of(self.register)
        title = self.register.declared.title
        sheet = self._sheet("登记", title.text(), columns, len(rows))
        for offset, row in enumerate(rows):
            for number, column in enumerate(columns):
                self._cell(sheet, FIRST_ROW + offset, number, column, self._value(column, row))
        sheet.set_column(0, 0, 6, self.fixed, {"hidden": True})

    def years(self, rows: Sequence[GivenRow]) -> None:
        columns = year_columns(self.register)
        lines = [(row, year) for row in rows for year in sorted(row.years)]
        title = self.register.declared.title
        sheet = self._sheet(YEARS, Text(f"{title.zh}：分年数", f"{title.en}: yearly values"), columns, len(lines))
        for offset, (row, year) in enumerate(lines):
            for number, column in enumerate(columns):
                value: Any = year if column.name == "year" else None
                if column.name in self.register.declared.yearly:
                    value = self._of(column, row.years[year].get(column.name))
                elif column.name != "year":
                    value = self._value(column, row)
                self._cell(sheet, FIRST_ROW + offset, number, column, value)

    def guide(self) -> None:
        sheet = self.book.add_worksheet(GUIDE)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, f"{self.register.declared.title.zh}：怎样填", self.title)
        for number, line in enumerate(_GUIDE_LINES, start=1):
            sheet.write_string(number, 0, f"{number}. {line}", self.plain)
        sheet.set_paper(9)

    def lists(self) -> None:
        if not self._lists:
            return
        sheet = self.book.add_worksheet(LISTS)
        for choices, number in self._lists.items():
            for row, choice in enumerate(choices):
                sheet.write_string(row, number, choice)
        sheet.hide()

    def _sheet(self, name: str, title: Text, columns: Sequence[SheetColumn], held: int) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 1, f"{title.zh} {title.en}", self.title)
        sheet.write_string(1, 1, f"{_NEEDED.zh} · {_NEEDED.en}", self.note)
        sheet.set_row(0, 26)
        sheet.set_row(HEAD_ROW, 46)
        sheet.set_row(NAME_ROW, None, None, {"hidden": True})
        last = FIRST_ROW + held + _BLANK_ROWS - 1
        for number, column in enumerate(columns):
            numeric = column.field is not None and column.field.kind in NUMERIC
            fixed = column.name in (VERSION, STATE)
            kind = self.fixed if fixed else self.number if numeric or column.name == "year" else self.text
            sheet.set_column(number, number, _width(column), kind)
            sheet.write_string(
                HEAD_ROW, number, f"{column.head.zh}\n{column.head.en}", self.needed if column.required else self.head
            )
            sheet.write_string(NAME_ROW, number, column.name, self.name)
            if column.field is not None and column.field.note is not None:
                sheet.write_comment(HEAD_ROW, number, f"{column.field.note.zh}\n{column.field.note.en}")
            rule = self._rule(column, number)
            if rule is not None:
                sheet.data_validation(FIRST_ROW, number, last, number, {"ignore_blank": True, **rule})
        sheet.freeze_panes(FIRST_ROW, min(3, len(columns)))
        allowed = ("format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
        sheet.protect("", dict.fromkeys(allowed, True))
        sheet.autofilter(NAME_ROW, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(HEAD_ROW)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    def _rule(self, column: SheetColumn, number: int) -> dict[str, Any] | None:
        item = column.field
        first = f"{xl_col_to_name(number)}{FIRST_ROW + 1}"
        choices = self._choices(column)
        if choices:
            several = item is not None and item.many
            rule: dict[str, Any] = {"validate": "list", "source": self._source(choices)}
            if several:
                return {**rule, "error_type": "information", "error_message": "可填多个，用 、 隔开。Several, with 、"}
            return {**rule, "error_message": "请从列表中选择。Choose from the list."}
        if item is not None and item.kind in NUMERIC:
            tests = [f"ISNUMBER({first})"]
            tests += [f"{first}>={item.at_least:g}"] if item.at_least is not None else []
            tests += [f"{first}<={item.at_most:g}"] if item.at_most is not None else []
            formula = f'=OR(AND({",".join(tests)}),{first}="不适用")'
            message = "只写数字，或“不适用”。Digits only, or 不适用."
            return {"validate": "custom", "value": formula, "error_type": "warning", "error_message": message}
        if column.name == "year":
            return {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2200}
        return None

    def _choices(self, column: SheetColumn) -> tuple[str, ...]:
        item = column.field
        places = self.references.places
        if column.name == "place":
            where = self.register.declared.place
            held = self.references.designated.get(where.designated or "", ())
            county = [p for p in places if p.kind.is_county_level or where.level == "any"]
            return tuple(p.name for p in county if not held or p.code in held)
        if item is None:
            return ()
        if item.choices is not None:
            return tuple(words.zh for words in item.choices.values())
        if item.kind == "flag":
            return ("是", "否")
        if item.kind == "place":
            return tuple(p.name for p in places)
        if item.kind == "party":
            return tuple(p.name for p in self.references.parties if not p.members)
        return ()

    def _source(self, choices: tuple[str, ...]) -> list[str] | str:
        if len(",".join(choices)) <= _INLINE:
            return list(choices)
        letter = xl_col_to_name(self._lists.setdefault(choices, len(self._lists)))
        return f"='{LISTS}'!${letter}$1:${letter}${len(choices)}"

    def _value(self, column: SheetColumn, row: GivenRow) -> Any:
        if column.name == VERSION:
            return None if row.version is None else str(row.version)
        if column.name == STATE:
            return row.state
        if column.name == "geometry":
            return row.geometry
        if column.name == "place":
            known = row.place in self.references.places
            return self.references.places[row.place].name if known else row.place
        return self._of(column, row.values.get(column.name))

    def _of(self, column: SheetColumn, value: Any) -> Any:
        if column.field is None or column.field.personal:
            return None
        return cell(column.field, value, self.references)

    def _cell(self, sheet: Any, row: int, number: int, column: SheetColumn, value: Any) -> None:
        if value in (None, ""):
            return
        if isinstance(value, (int, float)):
            sheet.write_number(row, number, value, self.number)
        else:
            fixed = column.name in (VERSION, STATE)
            sheet.write_string(row, number, str(value), self.fixed if fixed else self.text)


def _width(column: SheetColumn) -> float:
    item = column.field
    if item is None:
        return 14
    if item.kind in NUMERIC or item.kind in DATED or item.kind in ("year", "flag"):
        return 13
    return 30 if item.kind == "long_text" or item.many else 20


def names_by_head(columns: Iterable[SheetColumn]) -> dict[str, str]:
    """Return the name of a column by everything its heading may say."""
    found: dict[str, str] = {}
    for column in columns:
        labels = [column.name, column.head.zh, column.head.en, f"{column.head.zh}\n{column.head.en}"]
        if column.field is not None:
            labels += [column.field.label.zh, column.field.label.en]
        for label in labels:
            found.setdefault(label.strip(), column.name)
    return found
