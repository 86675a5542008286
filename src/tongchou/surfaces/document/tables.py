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

from tongchou.surfaces.wrapping import lines_of

_TWIPS_PER_MM = 1440 / 25.4
_HALF_WIDTHS_PER_MM = 72 / 25.4 / 6  # of text set in 12 points


@dataclass(frozen=True, slots=True)
class TableForm:
    """The form of a table: column heads, column widths in mm, columns that hold one cell over many rows, row height.

    A cell over many rows ends after about ``merged_lines`` lines and begins again with its words, so that every page
    says them: a merged cell shows its words only where it begins. ``row_mm`` is the least height of a row, 0 for as
    high as its text: a place to sign or stamp needs room.
    """

    head: tuple[str, ...]
    widths_mm: tuple[float, ...]
    merged: tuple[int, ...] = ()
    row_mm: float = 0
    merged_lines: int = 14  # a page holds about 35 of them


def table_element(form: TableForm, rows: Sequence[Sequence[str]], *, head_style: str, cell_style: str) -> Any:
    """Return the ``w:tbl`` element. Its head repeats on every page and no row is split between pages.

    Styles are given by id. Texts must hold no control characters but tab and newline. A merged cell shows the text of
    its first row.
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
    starts = _merge_starts(form, rows)
    for at, values in enumerate(rows):
        parts.append(f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>")
        for i, (words, width) in enumerate(zip(values, widths, strict=True)):
            if i in form.merged and len(rows) > 1:
                merge = '<w:vMerge w:val="restart"/>' if at in starts else "<w:vMerge/>"
                parts.append(_cell(words if at in starts else "", width, cell_style, merge))
            else:
                parts.append(_cell(words, width, cell_style))
        parts.append("</w:tr>")
    parts.append("</w:tbl>")
    return parse_xml("".join(parts).encode("utf-8"))


def _merge_starts(form: TableForm, rows: Sequence[Sequence[str]]) -> set[int]:
    """Return the rows in which the merged cells begin."""
    if not form.merged:
        return set()
    own: list[int] = []
    merged = 1
    for values in rows:
        lines = [lines_of(words, mm * _HALF_WIDTHS_PER_MM) for words, mm in zip(values, form.widths_mm, strict=True)]
        own.append(max((n for i, n in enumerate(lines) if i not in form.merged), default=1))
        merged = max(merged, *(lines[i] for i in form.merged))
    # Parts of about one height: a short one left over at the end would be stretched for the words it begins with.
    parts = max(1, round(sum(own) / max(form.merged_lines, merged)))
    part = sum(own) / parts
    starts: set[int] = set()
    above = 0
    for at, height in enumerate(own):
        if above >= len(starts) * part:
            starts.add(at)
        above += height
    return starts


def _cell(words: str, width: int, style: str, merge: str = "") -> str:
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n")]
    run = f"<w:r>{'<w:br/>'.join(lines)}</w:r>" if words else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p></w:tc>'
    )
