"""A Word document in the form of GB/T 9704-2012: page, grid, styles, numbering, page numbers, tables.

The standard sets a text area of 156 × 225 mm with 22 lines of 28 characters. 225 mm / 22 is a pitch of 28.99 pt; Word
counts in twentieths of a point, and 580 of them would make 22 lines 0.2 pt too tall for the area, so the pitch is 579.
Fonts are named, never embedded: where 方正小标宋简体 or 仿宋_GB2312 is missing the program shows its own substitute.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import floor
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from tongchou.policy.formats.numerals import printed
from tongchou.surfaces.document.tables import TableForm, table_element

LINES, CHARACTERS = 22, 28
WIDTH_MM, HEIGHT_MM = 156, 225
LINE_TWIPS = 579
BODY_PT = 16.0  # 三号
_TWIPS_PER_MM = 1440 / 25.4
# 28 characters of 16 pt are wider than 156 mm, so each gives up a quarter of a point. A character grid (charSpace)
# would say the same, but LibreOffice reads a negative one as a huge one; closer set characters come out everywhere.
_CLOSER_TWIPS = floor(WIDTH_MM * _TWIPS_PER_MM / CHARACTERS - BODY_PT * 20)

TITLE, BODY, CELL, CELL_HEAD, NOTE = "公文标题", "公文正文", "表格文字", "表格表头", "附注"
_FONTS = {
    TITLE: ("方正小标宋简体", 22.0),
    BODY: ("仿宋_GB2312", BODY_PT),
    "Heading 1": ("黑体", BODY_PT),
    "Heading 2": ("楷体_GB2312", BODY_PT),
    "Heading 3": ("仿宋_GB2312", BODY_PT),
    CELL: ("仿宋_GB2312", 12.0),
    CELL_HEAD: ("黑体", 12.0),
    NOTE: ("仿宋_GB2312", 12.0),
}
_LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
_FULL_WIDTH = str.maketrans("()．", "（）.")
_PROPERTY = 255  # the most characters a document property may have


class OfficialDocument:
    """A document under construction: text goes in paragraph by paragraph, :meth:`to_bytes` gives the file."""

    def __init__(self, subject: str) -> None:
        self.document: Any = Document()
        self.document.core_properties.title = subject[:_PROPERTY]
        self.document.core_properties.author = "统筹"
        # Held, because finding the end of the body anew for every paragraph takes time with the square of the length.
        self._end: Any = self.document.sections[0]._sectPr
        self._counted = [0] * len(_LEVELS)
        self._page()
        self._styles()
        self._numbering()
        self._page_numbers()
        self._style_ids = {style.name: style.style_id for style in self.document.styles}

    def title(self, text: str, *, new_page: bool = False) -> None:
        """Add a title: 二号小标宋, centred; on a new page where asked for."""
        paragraph = self._paragraph(TITLE, text)
        if new_page:
            paragraph.paragraph_format.page_break_before = True

    def heading(self, text: str, level: int, number: str | None = None) -> None:
        """Add a heading of level 1 (一、), 2 （一）or 3 (1.); Word counts the numbers.

        ``number`` is the number the source prints. Where Word would count to another one (第一章, a number that was
        skipped) the printed one is typed and Word's is left out, so that a clause is never renumbered.
        """
        level = min(level, len(_LEVELS))
        form, pattern = _LEVELS[level - 1]
        count = self._counted[level - 1] + 1
        counted = pattern.replace(f"%{level}", printed(count, form))
        if number is None or number.translate(_FULL_WIDTH) == counted:
            self._counted[level - 1 :] = [count] + [0] * (len(_LEVELS) - level)
            self._paragraph(f"Heading {level}", text)
        else:
            properties: Any = self._paragraph(f"Heading {level}", number + text)._p.get_or_add_pPr()
            properties._add_numPr().get_or_add_numId().val = 0

    def body(self, text: str, *, indent: bool = True, align: str = "justify", bold: str = "") -> None:
        """Add a paragraph of body text; ``bold`` is a beginning set in 黑体."""
        paragraph = self._paragraph(BODY)
        if bold:
            self._font(paragraph.add_run(bold), "黑体")
        paragraph.add_run(text)
        if not indent:
            paragraph.paragraph_format.first_line_indent = Pt(0)
        if align == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def note(self, text: str) -> None:
        """Add a small paragraph below a table or at the foot."""
        self._paragraph(NOTE, text)

    def equation(self, markup: str) -> None:
        """Add an equation, an ``m:oMathPara`` element as text, on a line as tall as it needs."""
        paragraph = self._paragraph(BODY)
        spacing = paragraph.paragraph_format
        spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(LINE_TWIPS / 20)
        spacing.first_line_indent, spacing.left_indent = Pt(0), Pt(2 * BODY_PT)
        paragraph._p.append(parse_xml(markup))

    def table(self, form: TableForm, rows: Sequence[Sequence[str]]) -> None:
        """Add a table whose head repeats on every page."""
        ids = self._style_ids
        self._end.addprevious(table_element(form, rows, head_style=ids[CELL_HEAD], cell_style=ids[CELL]))
        # A table needs something behind it, or the next one would join it.
        self._paragraph(NOTE)

    def _paragraph(self, style: str, text: str = "") -> Paragraph:
        element: Any = OxmlElement("w:p")
        self._end.addprevious(element)
        paragraph = Paragraph(element, self.document._body)
        element.style = self._style_ids[style]
        if text:
            paragraph.add_run(text)
        return paragraph

    def landscape(self) -> None:
        """Turn the pages: a wide table needs the long side. The text area is 225 × 156 mm then."""
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.left_margin = Mm(28), Mm(36)
        section.right_margin = Mm(297 - 36 - HEIGHT_MM)
        section.bottom_margin = Mm(210 - 28 - WIDTH_MM)
        section.footer_distance = Mm(16)

    def to_bytes(self) -> bytes:
        """Return the document as a .docx file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _page(self) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.left_margin = Mm(37), Mm(28)
        section.right_margin = Mm(210 - 28 - WIDTH_MM)
        section.bottom_margin = Mm(297 - 37 - HEIGHT_MM)
        section.footer_distance = Mm(26)  # puts the page number 7 mm below the text area
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        grid = OxmlElement("w:docGrid")
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(LINE_TWIPS))
        section._sectPr.append(grid)

    def _styles(self) -> None:
        styles = self.document.styles
        styles["Normal"].font.name, styles["Normal"].font.size = _FONTS[BODY][0], Pt(BODY_PT)
        self._east_asian(styles["Normal"].element.get_or_add_rPr(), _FONTS[BODY][0])
        for name, (font, size) in _FONTS.items():
            style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles["Normal"] if not name.startswith("Heading") else style.base_style
            style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), False, False
            style.font.color.rgb = RGBColor(0, 0, 0)
            self._east_asian(style.element.get_or_add_rPr(), font)
            spacing = style.paragraph_format
            spacing.space_before = spacing.space_after = Pt(0)
            spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            small = name in (CELL, CELL_HEAD, NOTE)
            if size == BODY_PT:
                closer = OxmlElement("w:spacing")
                closer.set(qn("w:val"), str(_CLOSER_TWIPS))
                style.element.get_or_add_rPr().append(closer)
            spacing.line_spacing = Pt(18) if small else Pt(LINE_TWIPS / 20)
            spacing.widow_control = False
            if small or name == TITLE:
                off_grid = OxmlElement("w:snapToGrid")
                off_grid.set(qn("w:val"), "0")
                style.element.get_or_add_pPr().append(off_grid)
            if name == TITLE:
                spacing.alignment = WD_ALIGN_PARAGRAPH.CENTER
                spacing.space_after = Pt(LINE_TWIPS / 20)
                spacing.line_spacing = Pt(36)
            elif name == CELL_HEAD:
                spacing.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif not small:
                spacing.first_line_indent = Pt(2 * BODY_PT)
                spacing.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            if name.startswith("Heading"):
                spacing.alignment = WD_ALIGN_PARAGRAPH.LEFT
                spacing.keep_with_next = True

    def _numbering(self) -> None:
        numbering = self.document.part.numbering_part.element
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), "90")
        kind = OxmlElement("w:multiLevelType")
        kind.set(qn("w:val"), "multilevel")
        abstract.append(kind)
        for i, (form, text) in enumerate(_LEVELS):
            level: Any = OxmlElement("w:lvl")
            level.set(qn("w:ilvl"), str(i))
            for tag, value in (
                ("w:start", "1"),
                ("w:numFmt", form),
                ("w:pStyle", f"Heading{i + 1}"),
                ("w:suff", "nothing"),
                ("w:lvlText", text),
                ("w:lvlJc", "left"),
            ):
                child = OxmlElement(tag)
                child.set(qn("w:val"), value)
                level.append(child)
            properties = OxmlElement("w:pPr")
            indent = OxmlElement("w:ind")
            indent.set(qn("w:left"), "0")
            indent.set(qn("w:firstLine"), str(round(2 * BODY_PT * 20)))
            properties.append(indent)
            level.append(properties)
            abstract.append(level)
        numbering.insert(0, abstract)
        number = OxmlElement("w:num")
        number.set(qn("w:numId"), "90")
        link = OxmlElement("w:abstractNumId")
        link.set(qn("w:val"), "90")
        number.append(link)
        numbering.append(number)
        for i in range(len(_LEVELS)):
            properties = self.document.styles[f"Heading {i + 1}"].element.get_or_add_pPr()
            reference = properties._add_numPr()
            reference.get_or_add_ilvl().val = i
            reference.get_or_add_numId().val = 90

    def _page_numbers(self) -> None:
        """Put — 1 — at the outer side of every page: right on odd pages, left on even ones, one character in."""
        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
        for footer, side in sides:
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = side
            if side == WD_ALIGN_PARAGRAPH.RIGHT:
                paragraph.paragraph_format.right_indent = Pt(14)
            else:
                paragraph.paragraph_format.left_indent = Pt(14)
            for kind, text in (("t", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("t", " —")):
                run = paragraph.add_run(text if kind == "t" else "")
                self._font(run, "宋体", 14)
                if kind in ("begin", "end"):
                    mark = OxmlElement("w:fldChar")
                    mark.set(qn("w:fldCharType"), kind)
                    run._element.append(mark)
                elif kind == "instr":
                    code = OxmlElement("w:instrText")
                    code.set(qn("xml:space"), "preserve")
                    code.text = text
                    run._element.append(code)

    def _font(self, run: Any, font: str, size: float | None = None) -> None:
        run.font.name = font
        if size:
            run.font.size = Pt(size)
        self._east_asian(run._element.get_or_add_rPr(), font)

    @staticmethod
    def _east_asian(properties: Any, font: str) -> None:
        fonts = properties.find(qn("w:rFonts"))
        if fonts is None:
            fonts = OxmlElement("w:rFonts")
            properties.insert(0, fonts)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{script}"), font)
