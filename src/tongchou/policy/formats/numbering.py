"""The numbers Word generates for paragraphs of automatic lists, which the text of the paragraphs does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from tongchou.policy.formats.numerals import printed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_NO_SPACE = "、.．，,)）:：。】]"


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # a level above which restarts this one; None: any higher level
    legal: bool = False


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Counts the paragraphs of a document's lists, in document order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}  # by w:numId
        self._styles: dict[str, tuple[str | None, str | None, int | None]] = {}  # id → basedOn, numId, level
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            for style in styles.iter(f"{W}style"):
                number = style.find(f"{W}pPr/{W}numPr")
                self._styles[style.get(f"{W}styleId") or ""] = (
                    _value(style.find(f"{W}basedOn")),
                    _value(number.find(f"{W}numId")) if number is not None else None,
                    _int(_value(number.find(f"{W}ilvl"))) if number is not None else None,
                )

    def _read_lists(self, root: etree._Element) -> None:
        abstract: dict[str, _List] = {}
        for definition in root.iterfind(f"{W}abstractNum"):
            levels = {}
            for level in definition.iterfind(f"{W}lvl"):
                levels[_int(level.get(f"{W}ilvl")) or 0] = _Level(
                    _value(level.find(f"{W}numFmt")) or "decimal",
                    _value(level.find(f"{W}lvlText")) or "",
                    _number(_value(level.find(f"{W}start")), 1),
                    _int(_value(level.find(f"{W}lvlRestart"))),
                    level.find(f"{W}isLgl") is not None,
                )
            abstract[definition.get(f"{W}abstractNumId") or ""] = _List(levels)
        for number in root.iterfind(f"{W}num"):
            base = abstract.get(_value(number.find(f"{W}abstractNumId")) or "")
            if base is None:
                continue
            starts = {
                _int(o.get(f"{W}ilvl")) or 0: _number(_value(o.find(f"{W}startOverride")), 1)
                for o in number.iterfind(f"{W}lvlOverride")
                if o.find(f"{W}startOverride") is not None
            }
            if starts:
                # A list with starts of its own counts for itself; others with the same definition go on counting.
                levels = {
                    i: _Level(v.format, v.text, starts.get(i, v.start), v.restart, v.legal)
                    for i, v in base.levels.items()
                }
                self._lists[number.get(f"{W}numId") or ""] = _List(levels)
            else:
                self._lists[number.get(f"{W}numId") or ""] = base

    def of(self, paragraph: etree._Element) -> str:
        """Return what Word prints before ``paragraph``, ``""`` where it is in no list; counts it."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return ""
        number = properties.find(f"{W}numPr")
        list_id = _value(number.find(f"{W}numId")) if number is not None else None
        level = _int(_value(number.find(f"{W}ilvl"))) if number is not None else None
        if list_id is None:
            list_id, style_level = self._of_style(_value(properties.find(f"{W}pStyle")))
            level = level if level is not None else style_level
        found = self._lists.get(list_id or "")
        return self._count(found, max(0, min(level or 0, _LEVELS - 1))) if found is not None else ""

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        level: int | None = None
        for _ in range(20):  # styles may refer to each other in a circle
            if style is None or style not in self._styles:
                break
            base, list_id, style_level = self._styles[style]
            level = level if level is not None else style_level
            if list_id is not None:
                return list_id, level
            style = base
        return None, None

    @staticmethod
    def _count(found: _List, level: int) -> str:
        definition = found.levels.get(level)
        if definition is None:
            return ""
        counters = found.counters
        before = counters[level]
        counters[level] = definition.start if before is None else before + 1
        for lower in range(level + 1, _LEVELS):
            restart = found.levels[lower].restart if lower in found.levels else None
            # w:lvlRestart names the level (from 1) that restarts this one; 0 means that none does.
            if restart is None or level < restart:
                counters[lower] = None

        def place(match: re.Match[str]) -> str:
            i = int(match[1]) - 1
            other = found.levels.get(i, definition)
            if counters[i] is None:
                counters[i] = other.start
            return printed(counters[i] or 0, "decimal" if definition.legal and i != level else other.format)

        if definition.format in ("bullet", "none"):
            return ""
        label = _PLACE.sub(place, definition.text)
        return label if not label or label[-1] in _NO_SPACE else label + " "


def _value(element: etree._Element | None) -> str | None:
    return element.get(f"{W}val") if element is not None else None


def _int(text: str | None) -> int | None:
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def _number(text: str | None, default: int) -> int:
    found = _int(text)
    return default if found is None or not -1 < found < 1_000_000 else found
