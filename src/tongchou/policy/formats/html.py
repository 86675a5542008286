"""Web pages: block elements become lines, data tables rows; navigation, scripts and hidden parts are left out."""

from __future__ import annotations

import re

from lxml import etree

from tongchou.kernel.problems import ProblemsError
from tongchou.policy import codes
from tongchou.policy.formats import plain
from tongchou.policy.formats.xml import parse_html

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]+)", re.I
)
_LEFT_OUT = frozenset(
    """script style nav noscript template head iframe object embed svg canvas video audio map button select option input
    textarea datalist dialog footer menu""".split()  # noqa: SIM905 - a list of words reads better as words
)
_BLOCKS = frozenset(
    """html body p div section article main header aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr
    caption blockquote pre figure figcaption center form fieldset hr address details summary""".split()  # noqa: SIM905
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LISTS = frozenset(("ul", "ol", "dl", "table", "div", "td", "p"))
_LINK_SHARE = 0.85  # of the characters of a block, above which it is a menu
_LONG = 40  # characters of a text that is no menu entry
_CELL = 1500  # characters of a cell of a data table; more is a page laid out as a table
_OUT = "data-left-out"
_SPACE = re.compile(r"\s+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


def read(data: bytes, name: str) -> plain.Decoded:
    """Return the text of a page; raises ``ProblemsError`` (unknown encoding, no text)."""
    match = _DECLARED.search(data[:4096])
    declared = (match[1] or match[2]).decode("ascii", "replace") if match else ""
    decoded = plain.read(data, name, declared)
    root = parse_html(decoded.text.replace("\x00", ""))
    if root is None:
        raise ProblemsError([codes.EMPTY.at(name)])
    _mark(root)
    lines = _lines(root)
    text = "\n".join(lines)
    if not text.strip():
        raise ProblemsError([codes.EMPTY.at(name)])
    return plain.Decoded(text, decoded.encoding)


def _mark(root: etree._Element) -> None:
    """Mark what is not text of the page: scripts, hidden parts, menus.

    The tree is not changed otherwise: pages hold characters that lxml reads but refuses to write.
    """
    # Characters, characters in links, links and longest text of every element, from the leaves up.
    measured: dict[etree._Element, tuple[int, int, int, int]] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        own = len((element.text or "").strip())
        total, linked, links, longest = own, 0, 0, own
        for child in element:
            child_total, child_linked, child_links, child_longest = measured.pop(child, (0, 0, 0, 0))
            tail = len((child.tail or "").strip())
            total += child_total + tail
            linked += child_linked
            links += child_links
            longest = max(longest, child_longest, tail)
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None
        if element.tag == "a" and element.get("href"):
            linked, links = total, links + 1
        menu = links >= 3 and linked >= _LINK_SHARE * total and longest < _LONG and element.tag in _LISTS
        if element is not root and (element.tag in _LEFT_OUT or hidden or (menu and "附件" not in _inner(element))):
            element.set(_OUT, "")
            measured[element] = (0, 0, 0, 0)
        else:
            measured[element] = (total, linked, links, longest)


def _lines(root: etree._Element) -> list[str]:
    """Walk the page and return its lines."""
    lines: list[str] = []
    parts: list[str] = []

    def end() -> None:
        line = _collapsed("".join(parts))
        if line:
            lines.append(line)
        parts.clear()

    # Elements are visited with a stack of our own: pages nest deeply.
    pending: list[tuple[etree._Element, bool]] = [(root, False)]
    while pending:
        element, closing = pending.pop()
        block = element.tag in _BLOCKS
        tail = (element.tail or "") if element is not root else ""
        if closing or element.get(_OUT) is not None:
            if block:
                end()
            parts.append(tail)
            continue
        if element.tag == "table" and _is_data(element):
            end()
            lines += _rows(element)
            parts.append(tail)
            continue
        if block:
            end()
        if element.tag == "br":
            end()
        parts.append(element.text or "")
        pending.append((element, True))
        pending += [(child, False) for child in reversed(element)]
    end()
    return lines


def _collapsed(text: str) -> str:
    """Make every space one; a line end between Chinese characters is none: the page's source was only wrapped."""

    def space(match: re.Match[str]) -> str:
        if "\u3000" in match[0]:
            return "\u3000"
        before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        return "" if "\n" in match[0] and _WIDE.match(before) and _WIDE.match(behind) else " "

    return _SPACE.sub(space, text).strip()


def _is_data(table: etree._Element) -> bool:
    """Return whether a table holds data; pages are laid out with tables too."""
    if table.find(".//table") is not None:
        return False
    rows = list(table.iter("tr"))
    if not any(len(row.findall("td")) + len(row.findall("th")) >= 2 for row in rows):
        return False
    return all(len(_inner(cell)) <= _CELL for cell in table.iter("td"))


def _inner(element: etree._Element) -> str:
    """Return all text inside an element."""
    return "".join(str(piece) for piece in element.itertext())


def _rows(table: etree._Element) -> list[str]:
    """Return a line a row; a cell over several rows or columns is followed by empty ones."""
    found: list[str] = []
    below: dict[int, int] = {}  # column → rows still covered by a cell above
    for row in table.iter("tr"):
        cells: list[str] = []

        def covered(cells: list[str] = cells) -> None:
            while below.get(len(cells), 0) > 0:
                below[len(cells)] -= 1
                cells.append("")

        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            covered()
            text = " ".join(_lines(cell))
            down, across = _span(cell.get("rowspan")), _span(cell.get("colspan"))
            for i in range(across):
                if down > 1:
                    below[len(cells)] = down - 1
                cells.append(text if i == 0 else "")
        covered()
        if any(cells):
            found.append("\t".join(cells))
    return found


def _span(printed: str | None) -> int:
    return max(1, min(int(printed), 200)) if printed and printed.isdecimal() and len(printed) < 5 else 1
