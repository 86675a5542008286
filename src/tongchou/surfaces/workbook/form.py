"""A worksheet to be filled in and sent back: locked heads, hidden keys, lists to choose from, notes.

Row 1 is the title, row 2 what to do, row 3 (hidden) the names of the columns, row 4 the heads, rows follow. What comes
back is read by those names, whatever was moved, sorted or added around them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from tongchou.kernel.text import Text
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.workbook.received import ReceivedSheet, Value

_TITLE, _NOTE, _NAMES, _HEAD, _FIRST = range(5)
_LISTS = "选项"
_INLINE = 240  # Excel refuses an inline list of more than 255 characters
_SEARCHED = 20  # rows in which the names of the columns are looked for


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: the name it is read by, its head, width in characters, and what may stand in it.

    ``key`` columns are hidden and tell the rows apart; ``open`` ones are to be filled in, all others are locked.
    """

    name: str
    head: Text
    width: float = 12
    kind: Literal["text", "number", "date", "choice"] = "text"
    open: bool = False
    key: bool = False
    choices: tuple[str, ...] = ()
    about: Text | None = None


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row that came back: its number on the sheet, its values and where each stands (column, from 1)."""

    sheet: str
    number: int
    values: Mapping[str, Value]
    columns: Mapping[str, int]

    def text(self, name: str) -> str:
        """Return a value as words; a whole number loses its decimals."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).replace("\r\n", "\n").strip()

    def day(self, name: str) -> date | None:
        """Return a value that is a day already; words are for the caller to read."""
        value = self.values.get(name)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None


def write_form(
    name: str, title: str, note: str, columns: Sequence[FormColumn], rows: Iterable[Mapping[str, object]]
) -> bytes:
    """Return the workbook with one sheet called ``name``."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet(name[:31])
        formats = _formats(book)
        held = list(rows)
        last = _FIRST + max(len(held), 1) - 1
        sheet.write_string(_TITLE, 0, title, formats["title"])
        sheet.write_string(_NOTE, 0, note, formats["note"])
        sheet.set_row(_TITLE, 26)
        sheet.set_row(_HEAD, 34)
        sheet.set_row(_NAMES, None, None, {"hidden": True})
        lists: list[tuple[str, ...]] = []
        for i, column in enumerate(columns):
            _column(sheet, i, last, column, formats, lists)
        for number, values in enumerate(held, _FIRST):
            for i, column in enumerate(columns):
                _cell(sheet, number, i, column, values.get(column.name), formats)
        _finish(sheet, len(columns), last)
        if lists:
            choices = book.add_worksheet(_LISTS)
            for i, options in enumerate(lists):
                for number, option in enumerate(options):
                    choices.write_string(number, i, option)
            choices.hide()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1}
    base["border_color"] = "#A6A6A6"
    head = {**base, "font_name": "黑体", "align": "center"}
    open_cell = {**base, "locked": False, "bg_color": "#FFFDF2"}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16}),
        "note": book.add_format({"font_name": "宋体", "font_size": 10, "font_color": "#595959"}),
        "head": book.add_format({**head, "bg_color": "#E7ECF3"}),
        "open head": book.add_format({**head, "bg_color": "#FBEFC9"}),
        "locked": book.add_format(base),
        "locked date": book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "center"}),
        "text": book.add_format(open_cell),
        "choice": book.add_format({**open_cell, "align": "center"}),
        "number": book.add_format({**open_cell, "num_format": "General"}),
        "date": book.add_format({**open_cell, "num_format": "yyyy-mm-dd", "align": "center"}),
    }


def _column(
    sheet: Any, i: int, last: int, column: FormColumn, formats: dict[str, Any], lists: list[tuple[str, ...]]
) -> None:
    from xlsxwriter.utility import xl_col_to_name

    hidden = {"hidden": True} if column.key else {}
    sheet.set_column(i, i, column.width, None, hidden)
    sheet.write_string(_HEAD, i, column.head.zh, formats["open head" if column.open else "head"])
    sheet.write_string(_NAMES, i, column.name)
    if column.about is not None:
        sheet.write_comment(_HEAD, i, f"{column.about.zh}\n{column.about.en}", {"x_scale": 2})
    if not column.open:
        return
    rule: dict[str, Any] = {"ignore_blank": True, "error_title": column.head.zh[:32]}
    if column.choices:
        source: object = list(column.choices)
        if len(",".join(column.choices)) > _INLINE:
            letter = xl_col_to_name(len(lists))
            lists.append(column.choices)
            source = f"='{_LISTS}'!${letter}$1:${letter}${len(column.choices)}"
        rule |= {"validate": "list", "source": source, "error_message": "请从列表中选择。"}
    elif column.kind == "number":
        rule |= {"validate": "decimal", "criteria": "between", "minimum": -1e13, "maximum": 1e13}
        rule |= {"error_message": "只写数字，单位写在单位栏。"}
    elif column.kind == "date":
        rule |= {"validate": "date", "criteria": "between", "minimum": date(1990, 1, 1), "maximum": date(2100, 1, 1)}
        rule |= {"error_message": "写成日期，例如 2020-12-31。", "error_type": "warning"}
    else:
        return
    sheet.data_validation(_FIRST, i, last, i, rule)


def _cell(sheet: Any, row: int, i: int, column: FormColumn, value: object, formats: dict[str, Any]) -> None:
    style = formats[column.kind] if column.open else formats["locked date" if isinstance(value, date) else "locked"]
    if value is None or value == "":
        sheet.write_blank(row, i, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, i, str(neutral(value)), style)
    else:
        sheet.write(row, i, value, style)


def _finish(sheet: Any, columns: int, last: int) -> None:
    sheet.freeze_panes(_FIRST, 0)
    sheet.autofilter(_HEAD, 0, last, columns - 1)
    allowed = ("format_columns", "format_rows", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(_HEAD)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def read_form(sheets: Iterable[ReceivedSheet], columns: Sequence[FormColumn]) -> list[FormRow] | None:
    """Return the rows of the first sheet that has the columns' names, empty ones left out; ``None`` without any.

    A row is empty when neither its key nor anything to be filled in has a value.
    """
    wanted = {c.name for c in columns if c.open or c.key}
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:_SEARCHED]):
            names = {str(v).strip(): i for i, v in enumerate(row) if v is not None}
            if wanted <= set(names):
                return _rows(sheet, at + 1, names, columns)
    return None


def _rows(sheet: ReceivedSheet, first: int, places: Mapping[str, int], columns: Sequence[FormColumn]) -> list[FormRow]:
    names = {c.name: places[c.name] for c in columns if c.name in places}
    wanted = [c.name for c in columns if c.open or c.key]
    heads = {c.name: c.head.zh for c in columns if c.name in wanted}
    found = []
    for number, row in enumerate(sheet.rows[first:], first + 1):
        values = {name: _plain(row[i]) if i < len(row) else None for name, i in names.items()}
        told = {name: values[name] for name in wanted}
        if told != heads and any(value is not None for value in told.values()):
            found.append(FormRow(sheet.title, number, values, {name: i + 1 for name, i in names.items()}))
    return found


def _plain(value: Value) -> Value:
    """Return a value without the apostrophe that kept it from being taken for a formula."""
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("'") and neutral(text[1:]) == text:
            text = text[1:]
        return text or None
    return value
