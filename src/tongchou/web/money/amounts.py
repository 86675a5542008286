"""Amounts as they are printed: whole fen as yuan with two decimals."""

from __future__ import annotations


def yuan(fen: int | None) -> str:
    """Return an amount in yuan, exact to the fen: ``1,234.50``, with a true minus; nothing for ``None``."""
    if fen is None:
        return ""
    whole, part = divmod(abs(fen), 100)
    return f"{'−' if fen < 0 else ''}{whole:,}.{part:02d}"
