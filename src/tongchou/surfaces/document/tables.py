"""Tables of an official document, written as WordprocessingML in one piece.

Adding rows through python-docx takes time with the square of their number; a long policy has tens of thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_TWIPS_PER_MM = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class TableForm:
    """The form of a table: column heads, column widths in mm, columns that hold one cell over all rows, row height.

    ``row_mm`` is the least height of a row, 0 for as high as its text: a place to sign or stamp needs room.
    """

    head: tuple[str, ...]
    widths_mm: tuple[float, ...]
    merged: tuple[int, ...] = ()
    row_mm: float = 0


def table_element(form: TableForm, rows: Sequence[Sequence[str]], *, head_style: str, cell_style: str) -> Any:
    """Return the ``w:tbl`` element. Its head repeats on every page and no row is split between pages.

    Styles are given by id. Texts must hold no control characters but tab and newline. A merged column shows the text
    of the first row.
    """
    widths = [round(w * _TWIPS_PER_MM) for w in form.widths_mm]
    height = f'<w:trHeight w:val="{round(form.row_mm * _TWIPS_PER_MM)}" w:hRule="atLeast"/>' if form.row_mm else ""
    parts = [
        f"<w:tbl {nsdecls('w')}>",
        '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>',
        "<w:tblGrid>",
        *(f'<w:gridCol w:w="{w}"/>' for w in widths),
        "</w:tblGrid>",
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
        *(_cell(words, width, head_style) for words, width in zip(form.head, widths, strict=True)),
        "</w:tr>",
    ]
    for at, values in enumerate(rows):
        parts.append(f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>")
        for i, (words, width) in enumerate(zip(values, widths, strict=True)):
            if i in form.merged and len(rows) > 1:
                merge = '<w:vMerge w:val="restart"/>' if at == 0 else "<w:vMerge/>"
                parts.append(_cell(words if at == 0 else "", width, cell_style, merge))
            else:
                parts.append(_cell(words, width, cell_style))
        parts.append("</w:tr>")
    parts.append("</w:tbl>")
    return parse_xml("".join(parts).encode("utf-8"))


def _cell(words: str, width: int, style: str, merge: str = "") -> str:
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n")]
    run = f"<w:r>{'<w:br/>'.join(lines)}</w:r>" if words else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p></w:tc>'
    )
