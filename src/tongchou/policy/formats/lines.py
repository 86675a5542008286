"""Putting printed lines together again: which line goes on in the next."""

from __future__ import annotations

import re
from typing import NamedTuple

# What a new paragraph begins with: numbers of headings and items, labels, closing brackets of its own.
_OPENING = re.compile(
    r"\s*(?:第\s*[一二三四五六七八九十百零\d]+\s*[章节编条]|[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]"
    r"|\d{1,2}\s*[.．、](?!\d)|[①-⑳]|附\s*件|附\s*[:：]|抄\s*送|[—–-]{2}|(?:责任|牵头|配合|主责|协办)(?:单位|部门)?[:：])"
)
_ENDS = "。！？：；…”』」）)]】〕"
_DATE = re.compile(r"\s*(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇零○一二三四五六七八九]{4}年.{2,6}日)\s*")
_FULL = 0.88  # share of the usual line width from which a line is full


class Line(NamedTuple):
    """A printed line; ``left``, ``top`` and ``size`` are in points, 0 where the source does not tell."""

    text: str
    left: float = 0.0
    top: float = 0.0
    size: float = 0.0
    page: int = 0


def width(text: str) -> float:
    """Return the width of ``text`` in Chinese characters; Latin letters and digits are half as wide."""
    return sum(1.0 if c > "\u2e7f" or c in "“”‘’—…·" else 0.5 for c in text)


def usual_width(texts: list[str]) -> float:
    """Return the width that full lines have: nine lines in ten are not wider."""
    widths = sorted(width(t.strip()) for t in texts if t.strip())
    return widths[min(len(widths) - 1, len(widths) * 9 // 10)] if widths else 0.0


def goes_on(line: str, following: str, full: float) -> bool:
    """Return whether ``following`` continues the paragraph of ``line``, told by the words and the width alone."""
    if not following.strip() or _OPENING.match(following) or _DATE.fullmatch(following):
        return False
    if width(line.strip()) < _FULL * full:
        return False
    return line.rstrip()[-1:] not in _ENDS or width(line.strip()) >= full


def paragraphs(lines: list[Line]) -> list[str]:
    """Return the paragraphs that ``lines`` print, using indents, sizes and gaps where the source tells them."""
    lines = [line for line in lines if line.text.strip()]
    full = usual_width([line.text for line in lines])
    margin = _margin(lines)
    joined: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _continues(before, line, full, margin):
            joined[-1] += _glue(joined[-1], line.text) + line.text.strip()
        else:
            joined.append(line.text.strip())
        before = line
    return joined


def _continues(before: Line, line: Line, full: float, margin: float) -> bool:
    if _OPENING.match(line.text) or _DATE.fullmatch(line.text):
        return False
    if before.size and line.size:
        if abs(before.size - line.size) > 0.12 * before.size:
            return False
        if line.left > margin + 0.9 * line.size:
            return False
        # A line that begins at the margin goes on with the one before it, if that one reached the right edge.
        reached = before.left - margin + width(before.text.strip()) * before.size
        return reached >= _FULL * full * before.size
    return goes_on(before.text, line.text, full)


def _margin(lines: list[Line]) -> float:
    """Return where lines begin that are not indented: the leftmost place where a good part of them does."""
    counts: dict[int, int] = {}
    for line in lines:
        if line.size:
            counts[round(line.left / 4)] = counts.get(round(line.left / 4), 0) + 1
    enough = min(max(2.0, 0.08 * sum(counts.values())), max(counts.values(), default=0))
    return 4.0 * min((k for k, n in counts.items() if n >= enough), default=0)


def _glue(before: str, after: str) -> str:
    """Return what stands between two lines that belong together: a space between Latin words only."""
    left, right = before[-1:], after.strip()[:1]
    return " " if left.isascii() and right.isascii() and left.isalnum() and right.isalnum() else ""
