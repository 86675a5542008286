"""Half-width marks in Chinese context become full width; marks in numbers, Latin words and addresses stay.

Every replacement keeps the length of the text, so offsets hold. Documents converted wholesale have thousands of such
marks; they are recorded once a mark, at its first place, with the number of places as evidence.
"""

from __future__ import annotations

import re
from collections import Counter

from tongchou.policy.model import RepairKind
from tongchou.policy.pipeline import Change
from tongchou.policy.spans import Edit

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_C = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff65“”‘’…—"  # Chinese characters and marks
# A mark beside a Chinese character or mark; between digits (1,000; 10:30) and inside Latin it stays.
# The mark comes first in every expression, so that the search runs from mark to mark.
_MARK = re.compile(r"[,;:?!]+")
_ROUNDS = 4  # a mark made wide may be the Chinese neighbour of the next one
_STOP = re.compile(r"\.(?<=[\u3400-\u9fff”）)].)(?=\s*(?:\n|$)|[\u3400-\u9fff])")
_DASHES = re.compile(r"--(?<=[\u3400-\u9fff]..)(?=[\u3400-\u9fff])")
_YEAR = re.compile(r"(?P<open>[\[(（［【])(?<=[\u4e00-\u9fff].)(?P<year>(?:19|20)\d{2})[\])）］】](?=(?:第)?\d{1,4}号)")
_PAIR = re.compile(r"\(([^()\n]{0,300})\)")
_QUOTED = re.compile(r'"([^"\n]{1,200})"')
_CHINESE = re.compile(f"[{_C}]")


def widen(text: str, layer: int) -> tuple[str, list[Change]]:
    """Return ``text`` with its half-width marks replaced, and one change a kind of mark."""
    first: dict[tuple[str, str], int] = {}
    count: Counter[tuple[str, str]] = Counter()

    def note(before: str, after: str, start: int) -> str:
        key = (before, after)
        count[key] += 1
        if key not in first or start < first[key]:
            first[key] = start
        return after

    def mark(match: re.Match[str]) -> str:
        start, end = match.span()
        before, behind = text[start - 1 : start], text[end : end + 2]
        # Beside a Chinese character or mark; between digits (1,000; 10:30) and inside Latin it stays.
        if _CHINESE.match(before):
            wide = not behind.startswith("//")
        elif before.isalnum() or before in tuple("%])\"'"):
            wide = _CHINESE.match(behind.lstrip()[:1]) is not None or (behind[:1] == "\n" and match[0][0] in ",;:")
        else:
            wide = False
        return "".join(note(c, _WIDE[c], start + i) for i, c in enumerate(match[0])) if wide else match[0]

    def pair(match: re.Match[str]) -> str:
        start, end = match.span()
        inside = match[1]
        beside = text[max(0, start - 1) : start] + inside[:1] + inside[-1:] + text[end : end + 1]
        if not _CHINESE.search(beside):
            return match[0]
        return note("(", "（", start) + inside + note(")", "）", end - 1)

    def quoted(match: re.Match[str]) -> str:
        start, end = match.span()
        if not _CHINESE.search(text[max(0, start - 1) : end + 1]):
            return match[0]
        return note('"', "“", start) + match[1] + note('"', "”", end - 1)

    def number(match: re.Match[str]) -> str:
        return note(match[0][0], "〔", match.start()) + match["year"] + note(match[0][-1], "〕", match.end() - 1)

    source = text
    for _ in range(_ROUNDS):
        before = text
        for needed, pattern, replace in (
            ("号", _YEAR, number),
            ("(", _PAIR, pair),
            ('"', _QUOTED, quoted),
            (",;:?!", _MARK, mark),
            (".", _STOP, lambda m: note(m[0], "。", m.start())),
            ("-", _DASHES, lambda m: note(m[0], "——", m.start())),
        ):
            if any(c in text for c in needed):
                text = pattern.sub(replace, text)
        if text == before:
            break
    changes = [
        Change(layer, Edit(start, *key), RepairKind.PUNCTUATION, f"同类共 {count[key]} 处", 0.95)
        for key, start in sorted(first.items(), key=lambda item: item[1])
    ]
    assert len(text) == len(source)  # noqa: S101 - offsets depend on it
    return text, changes
