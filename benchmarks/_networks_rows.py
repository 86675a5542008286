"""Rows of the one table that networks are measured by: ours, the rival's, the ratio, what was asked, peak memory."""

from __future__ import annotations

from dataclasses import dataclass

GROWTH = "s/10⁶"  # of this every size is asked
SMALLEST = 190_000  # nodes; what was asked was asked of 200,000 and a million


@dataclass(frozen=True, slots=True)
class Row:
    """``ours`` and ``theirs`` in seconds (or in ``unit``); ``asked`` the least ratio, or with ``most`` a limit."""

    what: str
    nodes: int
    ours: float
    peer: str = ""
    theirs: float | None = None
    asked: float | None = None
    most: float | None = None
    unit: str = "s"
    peaks: tuple[int, int | None] = (0, None)

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None else self.theirs / self.ours

    def met(self) -> str:
        if 0 < self.nodes < SMALLEST and self.unit != GROWTH:
            return ""
        if self.most is not None:
            return "yes" if self.ours <= self.most else "NO"
        if self.asked is None or self.ratio is None:
            return ""
        return "yes" if self.ratio >= self.asked else "NO"


HEADS = ("what", "nodes", "ours", "rival", "its", "ratio", "asked", "met", "peak MiB, ours / its")


def printed(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| " + " | ".join(HEADS) + " |", "|" + "---|" * len(HEADS)]
    for row in rows:
        asked = f"≤ {row.most:g} {row.unit}" if row.most is not None else f"{row.asked:g}×" if row.asked else ""
        cells = (
            row.what,
            f"{row.nodes:,}" if row.nodes else "",
            _amount(row.ours, row.unit),
            row.peer,
            "" if row.theirs is None else _amount(row.theirs, row.unit),
            "" if row.ratio is None else f"{row.ratio:,.0f}×" if row.ratio >= 10 else f"{row.ratio:.1f}×",
            asked,
            row.met(),
            f"{row.peaks[0] or ''}" + (f" / {row.peaks[1]}" if row.peaks[1] is not None else ""),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _amount(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:,.2f} {unit}"
    return f"{value * 1e3:,.2f} ms" if value < 1 else f"{value:,.2f} s"
