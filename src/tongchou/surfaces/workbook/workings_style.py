"""How the cells of a workings workbook look: formats made once, number formats chosen from what a column holds."""

from __future__ import annotations

from typing import Any

import numpy as np

from tongchou.rules.table import Numbers

_BASE = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1, "border_color": "#9AA5AE"}
_FILLS = {"plain": None, "input": "#FFF9E5", "part": "#F3F3F3", "result": "#EAF3EA", "gap": "#FBE3DD"}


class Look:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[tuple[str, str], Any] = {}
        self.title = book.add_format({"font_name": "黑体", "font_size": 16, "valign": "vcenter"})
        note = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
        self.note = book.add_format(note)
        self.plain = book.add_format({"font_name": "宋体", "font_size": 10})
        self.warning = book.add_format(note | {"font_color": "#9C1C0C", "bold": True})
        head = _BASE | {"font_name": "黑体", "align": "center", "text_wrap": True}
        self.head = book.add_format(head | {"bg_color": "#DCE5EB"})
        self.part_head = book.add_format(head | {"bg_color": "#EDEDED", "font_color": "#555555", "font_size": 9})
        self.result_head = book.add_format(head | {"bg_color": "#CFE3D2"})
        small = _BASE | {"font_size": 9, "align": "center", "text_wrap": True, "font_color": "#444444"}
        self.unit = book.add_format(small)
        self.words = book.add_format(small | {"align": "left", "valign": "top"})
        self.text = book.add_format(_BASE | {"text_wrap": True})
        self.one_line = book.add_format(_BASE)
        self.code = book.add_format(_BASE | {"align": "center", "num_format": "@"})
        self.centre = book.add_format(_BASE | {"align": "center"})
        self.section = book.add_format(
            {"font_name": "黑体", "font_size": 12, "valign": "vcenter", "bottom": 1, "bottom_color": "#7A8A96"}
        )
        self.field = book.add_format(_BASE | {"font_name": "黑体", "bg_color": "#F3F6F8", "text_wrap": True})
        self.good = book.add_format({"font_color": "#1B6B2F", "bold": True})
        self.bad = book.add_format({"font_color": "#9C1C0C", "bold": True, "bg_color": "#FBE3DD"})
        self.total = book.add_format(_BASE | {"bold": True, "align": "center"})

    def number(self, form: str, fill: str = "plain") -> Any:
        """Return the format of numbers printed as ``form``, with the fill of what they are."""
        if (form, fill) not in self._numbers:
            colour = _FILLS[fill]
            properties = _BASE | {"align": "right", "num_format": form}
            if colour is not None:
                properties |= {"bg_color": colour}
            if fill == "part":
                properties |= {"font_color": "#555555"}
            self._numbers[form, fill] = self._book.add_format(properties)
        return self._numbers[form, fill]


def form(values: Numbers, unit: str = "1", *, exact: bool = False) -> str:
    """Return the number format that shows a column's numbers without more decimals than they need.

    ``exact`` is for given figures, which are shown as they were given.
    """
    decimals = _decimals(values, unit, exact)
    shape = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{shape};−{shape}"


def width(values: Numbers, form_: str, least: float) -> float:
    """Return the width in characters that a column needs for its numbers to be seen."""
    held = values[~np.isnan(values)]
    if not held.size:
        return least
    decimals = len(form_.partition(";")[0].partition(".")[2])
    return max(least, max(len(f"{v:,.{decimals}f}") for v in (held.min(), held.max())) * 1.15 + 1.5)


def _decimals(values: Numbers, unit: str, exact: bool) -> int:
    held = values[~np.isnan(values)]
    if not held.size or (held == np.rint(held)).all():
        return 0
    if exact:
        return next((d for d in range(1, 8) if np.allclose(np.round(held, d), held, rtol=1e-12, atol=0)), 8)
    if unit in ("元", "CNY"):
        return 2
    largest = float(np.abs(held).max())
    return 2 if largest >= 1000 else 4 if largest >= 1 else 6
