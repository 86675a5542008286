"""Minutes and what they are saved by, as a page prints them: whole ones, for the network is no finer than that."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from tongchou.kernel.text import Text

NO_WAY = Text("不通", "no way")
_SAME = 0.05  # minutes that nobody would call a difference


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair before and after, in words; ``address`` leads to how it came about, "" where it is the same place."""

    before: Text
    after: Text
    change: Text
    kind: str  # less, more, same, gained, cut, here
    address: str = ""


def whole(minutes: float) -> Text:
    """Return minutes as a table prints them."""
    return Text(f"{minutes:,.0f}", f"{minutes:,.0f}") if isfinite(minutes) else NO_WAY


def cell(before: float, after: float, address: str = "") -> Cell:
    """Return a pair in words. The change is that of the minutes as printed, so that the reader can check it."""
    one, two = whole(before), whole(after)
    if not isfinite(before) or not isfinite(after):
        if isfinite(after):
            return Cell(one, two, Text("新通", "now joined"), "gained", address)
        if isfinite(before):
            return Cell(one, two, Text("断开", "cut off"), "cut", address)
        return Cell(one, two, Text("都不通", "no way either day"), "same", address)
    saved = before - after
    if abs(saved) < _SAME:
        return Cell(one, two, Text("不变", "same"), "same", address)
    by = abs(round(before) - round(after))
    amount = Text(f"{by:,}", f"{by:,}") if by else Text("不到1", "less than 1")
    if saved > 0:
        return Cell(one, two, Text(f"少{amount.zh}", f"−{amount.en}"), "less", address)
    return Cell(one, two, Text(f"多{amount.zh}", f"+{amount.en}"), "more", address)
