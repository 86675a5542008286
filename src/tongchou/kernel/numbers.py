"""How numbers are printed: thousands separated, as many decimals as the size of the number carries."""

from __future__ import annotations


def number(value: float) -> str:
    """Return ``value`` as an official table prints it, with a true minus sign; whole numbers have no decimals."""
    if value == int(value) and abs(value) < 1e15:
        text = f"{int(value):,}"
    elif abs(value) >= 1000:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.2f}"
    return text.replace("-", "−")
