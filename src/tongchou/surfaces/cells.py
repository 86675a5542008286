"""Cells of files that people open in WPS or Excel: text must never be taken for a formula."""

from __future__ import annotations

# A cell beginning with one of these is evaluated by some spreadsheet; tab and return can hide one behind them.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(value: object) -> object:
    """Return ``value`` with text that could be taken for a formula quoted by a leading apostrophe."""
    if isinstance(value, str) and value.startswith(_ACTIVE):
        return f"'{value}"
    return value
