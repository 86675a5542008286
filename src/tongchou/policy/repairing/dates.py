"""Dates as documents print them."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ｏ": "0",
    "O": "0",
    "0": "0",
}
_HAN = "〇零○Ｏ0O一二三四五六七八九"
PATTERN = (
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    rf"|[{_HAN}]{{4}}年[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日)"
)
_ARABIC = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_CHINESE = re.compile(rf"([{_HAN}]{{4}})年([一二三四五六七八九十]{{1,2}})月([一二三四五六七八九十]{{1,3}})日")


def parse(text: str) -> date | None:
    """Return the first full date in ``text`` (2019年10月25日, 2019-10-25, 二〇一九年十月二十五日), or ``None``."""
    if (match := _ARABIC.search(text)) is not None:
        parts = [int(match[i]) for i in (1, 2, 3)]
    elif (match := _CHINESE.search(text)) is not None:
        parts = [int("".join(_DIGITS[c] for c in match[1])), _tens(match[2]), _tens(match[3])]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _tens(printed: str) -> int:
    """Read 十, 十月, 二十五 and 五 as numbers below 100."""
    tens, ten, ones = printed.partition("十")
    if not ten:
        return int("".join(_DIGITS[c] for c in printed))
    return 10 * (int(_DIGITS.get(tens, "0")) if tens else 1) + int(_DIGITS.get(ones, "0"))
