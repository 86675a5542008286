"""How numbers are printed: thousands separated, as many decimals as the size of the number carries."""

from __future__ import annotations

from math import floor, log10

from tongchou.kernel.text import Text
from tongchou.kernel.units import label

_DIGITS = 4  # that a number below 1,000 shows
_MOST_DECIMALS = 9
# Amounts in these units are settled to the fen or jiao and show it.
_DECIMALS = {"元": 2, "CNY": 2, "角": 1}


def number(value: float) -> str:
    """Return ``value`` as an official table prints it, with a true minus sign; whole numbers have no decimals."""
    if value == int(value) and abs(value) < 1e15:
        text = f"{int(value):,}"
    elif abs(value) >= 1000:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.2f}"
    return text.replace("-", "−")


def figure(value: float, unit: str = "1", *, aligned: bool = False) -> str:
    """Return a computed ``value`` in ``unit``: amounts in 元 to the fen, others with four digits at least.

    The zeros that rounding leaves at the end are dropped, but not those of fen; whole amounts have them only where
    they stand ``aligned`` under others.
    """
    if aligned and unit in _DECIMALS:
        return f"{value:z,.{_DECIMALS[unit]}f}".replace("-", "−")
    if value == int(value) and abs(value) < 1e15:
        return number(value)
    if unit in _DECIMALS:
        return f"{value:z,.{_DECIMALS[unit]}f}".replace("-", "−")
    size = floor(log10(abs(value)))
    if size < -_MOST_DECIMALS + 1:
        return f"{value:.3g}".replace("-", "−")
    decimals = max(2, min(_MOST_DECIMALS, _DIGITS - 1 - size)) if size < 6 else 0
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def measured(value: float, unit: str) -> Text:
    """Return a value with its unit as a sentence says it: 1,234.5万元, 1,234.5 10⁴ CNY; no unit is shown for ``1``."""
    shown, words = figure(value, unit), label(unit)
    return Text(shown + words.zh, shown + (" " if words.en and words.en[0] not in "%‰" else "") + words.en)
