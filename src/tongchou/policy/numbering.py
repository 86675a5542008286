"""Numbering styles of official documents: how a heading's number is printed, and what it counts."""

from __future__ import annotations

import re
from typing import NamedTuple

_HAN = "一二三四五六七八九十百零〇"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}

# The order in which GB/T 9704 and the drafting rules of law nest the styles; it decides only where the order of
# appearance in the document leaves it open.
STYLES = ("part", "chapter", "section", "article", "han", "han_paren", "arabic", "arabic_paren", "circled")
RANK = {style: rank for rank, style in enumerate(STYLES)}
_UNITS = {"编": "part", "篇": "part", "部分": "part", "章": "chapter", "节": "section", "条": "article"}

_HEADING = re.compile(
    rf"""[ \t\u3000\xa0]*+(?:
      第[ \u3000]?(?P<ordinal>[{_HAN}]{{1,6}}|\d{{1,4}})[ \u3000]?(?P<unit>编|篇|部分|章|节|条)
        (?![第款项，、。；的是至和与及到]|规定|以[上下])
    | (?P<han>[{_HAN}]{{1,4}})[、．.](?![{_HAN}]+[、季级类线月到至]|\d)
    | [（(〔](?P<han_paren>[{_HAN}]{{1,4}})[)）〕](?![、，。；至和与及款项])[．.]?
    | (?P<decimal>\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})[、．.]?
        (?=[ \u3000\xa0]|(?![万亿千百个元人倍吨亩米公平户家项件次年月日时分%])[一-鿿])
    | (?P<arabic>\d{{1,3}})[、．.](?!(?!(?:20|21)\d\d年)\d)
    | [（(](?P<arabic_paren>\d{{1,3}})[)）](?![、，。；至和与及款项])[．.]?
    | (?P<half_paren>\d{{1,2}})[)）](?![、，。；])
    | (?P<circled>[①-⑳⑴-⒇⒈-⒛])[、．.]?
    )""",
    re.VERBOSE,
)


_SPACES = frozenset(" \t\u3000\xa0")


class Number(NamedTuple):
    """A heading's number: its style, the count it stands for, where it is printed and where the words begin."""

    style: str
    value: int
    start: int
    end: int
    words: int
    path: tuple[int, ...] = ()  # (1, 2) of 1.2


def number_at(text: str, start: int, end: int) -> Number | None:
    """Return the heading number that ``text[start:end]`` begins with, or ``None``."""
    match = _HEADING.match(text, start, end)
    if match is None:
        return None
    stop = match.end()
    while start < stop and text[start] in _SPACES:
        start += 1
    words = stop
    while words < end and text[words] in _SPACES:
        words += 1
    kind = match.lastgroup or ""
    if kind == "unit":
        return Number(_UNITS[match["unit"]], count(match["ordinal"]), start, stop, words)
    value = match[kind]
    if kind == "decimal":
        path = tuple(int(p) for p in re.split("[.．]", value))
        return Number(f"decimal{len(path)}", path[-1], start, stop, words, path)
    if kind == "circled":
        code = ord(value)
        first = 0x2460 if code < 0x2474 else 0x2474 if code < 0x2488 else 0x2488
        return Number(f"circled{first:x}", code - first + 1, start, stop, words)
    return Number(kind, count(value), start, stop, words)


def count(printed: str) -> int:
    """Return the whole number printed in Chinese or Arabic digits: 二十一, 二〇三五, 35; unreadable text is 0."""
    if printed.isdecimal():
        return int(printed)
    if not any(c in _TENS for c in printed):
        return int("".join(str(_DIGITS.get(c, 0)) for c in printed) or 0)
    total = digit = 0
    for character in printed:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit


def rank(style: str) -> int:
    """Return how high a style usually stands, 0 the highest."""
    return RANK.get(style, len(STYLES) + (1 if style.startswith("decimal") else 0))
