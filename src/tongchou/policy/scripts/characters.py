"""Which lines are in Traditional script, and their conversion character for character."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tongchou.policy.spans import EditedText
from tongchou.policy.vocabulary import words

Range = tuple[int, int]


class _Tables(NamedTuple):
    traditional: re.Pattern[str]  # characters that occur in Traditional text only
    simplified: re.Pattern[str]  # characters that occur in Simplified text only
    single: dict[int, str]  # Traditional character → Simplified, one for one


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Build the character tables from OpenCC's data and from what the national encodings hold."""
    han = [chr(c) for block in (range(0x3400, 0x4DC0), range(0x4E00, 0xA000)) for c in block]
    to_simplified = dict(zip(han, _convert("\n".join(han), "t2s").split("\n"), strict=True))
    to_traditional = dict(zip(han, _convert("\n".join(han), "s2t").split("\n"), strict=True))
    # GB 2312 holds the Simplified characters and Big5 the Traditional ones; what stands in both, like 后 or 乾,
    # tells nothing about the script. Names keep a few characters that are variants elsewhere (昇, 甦).
    mainland, taiwan = _repertoire("".join(han), "gb2312"), _repertoire("".join(han), "big5")
    kept = words("script_kept")
    single = {c: s for c, s in to_simplified.items() if s != c and len(s) == 1}
    traditional = {c for c in single if c not in mainland and c not in kept and single[c] not in kept}
    simplified = {c for c, t in to_traditional.items() if t != c and c in mainland and c not in taiwan}
    return _Tables(
        _any_of(traditional),
        _any_of(simplified),
        {ord(c): s for c, s in single.items()},
    )


def _repertoire(han: str, encoding: str) -> frozenset[str]:
    """Return the characters of ``han`` that an encoding holds."""
    return frozenset(han.encode(encoding, "ignore").decode(encoding))


def _any_of(characters: set[str]) -> re.Pattern[str]:
    return re.compile("[" + "".join(sorted(characters)) + "]")


@lru_cache(maxsize=4)
def _converter(config: str) -> object:
    import opencc

    return opencc.OpenCC(config)


def _convert(text: str, config: str) -> str:
    converted: str = _converter(config).convert(text)  # type: ignore[attr-defined]
    return converted


def traditional_ranges(text: str) -> list[Range]:
    """Return the stretches of whole lines that are in Traditional script, in order and not touching.

    A line is Traditional where more of its characters are Traditional-only than Simplified-only; a line that tells
    nothing follows the document.
    """
    tables = _tables()
    if tables.traditional.search(text) is None:
        return []
    if tables.simplified.search(text) is None:
        return [(0, len(text))]
    telling: list[tuple[int, int, int]] = []  # start, end, Traditional minus Simplified
    at = total = 0
    for line in text.split("\n"):
        lead = len(tables.traditional.findall(line)) - len(tables.simplified.findall(line))
        telling.append((at, at + len(line), lead))
        total += lead
        at += len(line) + 1
    ranges: list[Range] = []
    for start, end, lead in telling:
        if lead > 0 or (lead == 0 and total > 0 and tables.simplified.search(text, start, end) is None):
            if ranges and ranges[-1][1] == start - 1:
                ranges[-1] = (ranges[-1][0], end)
            else:
                ranges.append((start, end))
    return ranges


def is_traditional(text: str, ranges: list[Range]) -> bool:
    """Return whether most of ``text`` is in Traditional script."""
    return sum(end - start for start, end in ranges) * 2 > len(text)


def simplify(layer: EditedText, ranges: list[Range]) -> str:
    """Return the text of ``layer`` with every character Simplified, offsets unchanged.

    ``ranges`` are stretches of the layer's original that are in Traditional script; in the others only characters
    that cannot be Simplified ones are converted.
    """
    text, tables = layer.text, _tables()
    parts: list[str] = []
    at = 0
    for start, end in ranges:
        new_start, new_end = layer.to_new(start), layer.to_new(end)
        parts += (_strays(text[at:new_start], tables), _simplify(text[new_start:new_end], tables))
        at = new_end
    parts.append(_strays(text[at:], tables))
    return "".join(parts)


def _strays(text: str, tables: _Tables) -> str:
    if tables.traditional.search(text) is None:
        return text
    return tables.traditional.sub(lambda m: tables.single[ord(m[0])], text)


def _simplify(text: str, tables: _Tables) -> str:
    converted = _convert(text, "t2s")
    if len(converted) == len(text):
        return converted
    lines = []
    for line in text.split("\n"):
        converted = _convert(line, "t2s")
        lines.append(converted if len(converted) == len(line) else line.translate(tables.single))
    return "\n".join(lines)
