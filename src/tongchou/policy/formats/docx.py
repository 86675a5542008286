"""Word documents (.docx): paragraphs and table rows in document order, with the numbers Word generates.

The parts are read with lxml, bounded in size; headers, footers, notes, deleted text and pictures are left out.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from tongchou.kernel.problems import ProblemsError
from tongchou.policy import codes
from tongchou.policy.formats.numbering import Numbering, W
from tongchou.policy.formats.plain import Decoded
from tongchou.policy.formats.xml import DamagedError, parse_xml

LIMIT = 64 * 1024 * 1024  # bytes of one part, unpacked
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    [
        *(f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "footnoteReference")),
        *(f"{W}{tag}" for tag in ("txbxContent", "rubyPr", "rt")),
        f"{_MC}Fallback",
    ]
)
_MAIN = "word/document.xml"


def read(data: bytes, name: str) -> Decoded:
    """Return the text of a Word document; raises ``ProblemsError`` (damaged, protected, too large, another format)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if _MAIN not in names:
                raise ProblemsError([codes.UNSUPPORTED.at(name, what=_kind(archive, names))])
            document = _part(archive, _MAIN, name)
            numbering = _part(archive, "word/numbering.xml", name) if "word/numbering.xml" in names else None
            styles = _part(archive, "word/styles.xml", name) if "word/styles.xml" in names else None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        # RuntimeError: a part is encrypted or of an unknown compression; ValueError and OSError: broken directories.
        if isinstance(error, RuntimeError) and "encrypted" in str(error):
            raise ProblemsError([codes.ENCRYPTED.at(name)]) from error
        raise ProblemsError([codes.DAMAGED.at(name, format="Word", reason=_reason(error))]) from error
    try:
        body = parse_xml(document).find(f"{W}body")
        lists = Numbering(_optional(numbering), _optional(styles))
    except DamagedError as error:
        raise ProblemsError([codes.DAMAGED.at(name, format="Word", reason=_reason(error))]) from error
    text = "\n".join(_blocks(body, lists)) if body is not None else ""
    if not text.strip():
        raise ProblemsError([codes.EMPTY.at(name)])
    return Decoded(text, "")


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).replace("\n", " ")[:120]


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if any(n.startswith("xl/") for n in names):
        return "Excel (.xlsx)"
    if any(n.startswith("ppt/") for n in names):
        return "PowerPoint (.pptx)"
    if "content.xml" in names:
        return "OpenDocument (.odt)"
    return "OFD" if "OFD.xml" in names else "ZIP"


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Unpack one part, never more than the limit whatever the directory declares."""
    too_large = ProblemsError([codes.BOMB.at(name, format="Word", limit=f"{LIMIT // 1048576} MB")])
    if archive.getinfo(part).file_size > LIMIT:
        raise too_large
    with archive.open(part) as stream:
        unpacked = stream.read(LIMIT + 1)
    if len(unpacked) > LIMIT:
        raise too_large
    return unpacked


def _optional(part: bytes | None) -> etree._Element | None:
    """Parse a part that only adds numbers; a broken one is as good as none."""
    try:
        return parse_xml(part) if part is not None else None
    except DamagedError:
        return None


def _blocks(parent: etree._Element, lists: Numbering) -> Iterator[str]:
    """Yield the lines of a body or of any container of blocks."""
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, lists)
        elif child.tag == f"{W}tbl":
            yield from _rows(child, lists)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
            yield from _blocks(child, lists)


def _paragraph(paragraph: etree._Element, lists: Numbering) -> Iterator[str]:
    """Yield the lines of a paragraph, then those of the text boxes anchored in it."""
    text = _text(paragraph)
    number = lists.of(paragraph) if text.strip() else ""
    yield number + text
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(ancestor.tag == f"{_MC}Fallback" for ancestor in box.iterancestors()):
            yield from _blocks(box, lists)


def _text(element: etree._Element) -> str:
    """Return the characters of a paragraph as printed, without its number."""
    parts: list[str] = []
    pending = list(reversed(element))
    while pending:
        node = pending.pop()
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif node.tag == f"{W}tab":
            parts.append(" ")
        elif node.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif node.tag not in _LEFT_OUT:
            pending.extend(reversed(node))
    return "".join(parts)


def _rows(table: etree._Element, lists: Numbering) -> Iterator[str]:
    """Yield a line a row; cells are joined by tabs, a cell over several columns is followed by empty ones."""
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue
        cells: list[str] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue
            width = cell.find(f"{W}tcPr/{W}gridSpan")
            columns = width.get(f"{W}val") if width is not None else None
            lines = [line.strip() for line in _blocks(cell, lists)]
            cells.append(" ".join(" ".join(lines).split()))
            cells += [""] * (min(int(columns), 64) - 1 if columns and columns.isdigit() else 0)
        if any(cells):
            yield "\t".join(cells)
