"""Units of measure: the SI and the money, people and land units of Chinese public statistics, on pint."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tongchou.kernel.measures import KNOWN, measure
from tongchou.kernel.text import Text

if TYPE_CHECKING:
    import pint

# Definitions in pint's own syntax. People, money, households and counted things are base dimensions, so that
# adding 万元 to 人 is a dimension error. 1 亩 = 1/15 hectare (GB 3100-93 lists it as a unit outside the SI).
_DEFINITIONS = (
    "CNY = [money] = 元 = yuan",
    "jiao = 0.1 * CNY = 角",
    "fen = 0.01 * CNY = 分",
    "kCNY = 1e3 * CNY = 千元",
    "wanCNY = 1e4 * CNY = 万元",
    "mCNY = 1e6 * CNY = 百万元",
    "yiCNY = 1e8 * CNY = 亿元",
    # Other currencies are dimensions of their own: nothing here knows a rate of exchange.
    "CAD = [money_cad] = 加元",
    "AUD = [money_aud] = 澳元",
    "EUR = [money_eur] = 欧元",
    "eurocent = 0.01 * EUR = 欧分",
    "person = [person] = 人 = persons",
    "kperson = 1e3 * person = 千人",
    "wanperson = 1e4 * person = 万人",
    "household = [household] = 户",
    "item = [item] = 个 = 项 = 处 = 座 = 张 = 所 = 家 = 辆 = 站",
    "mu = 2000 / 3 * meter ** 2 = _ = 亩",
    "wanmu = 1e4 * mu = _ = 万亩",
    "公顷 = 1e4 * meter ** 2",
    "平方米 = meter ** 2",
    "平方公里 = 1e6 * meter ** 2 = 平方千米",
    "公里 = 1e3 * meter = 千米",
    "米 = meter",
    "分钟 = minute",
    "小时 = hour",
    "天 = day = 日",
    "年 = year",
    "吨 = tonne",
    "万吨 = 1e4 * tonne",
    "立方米 = meter ** 3",
    "万立方米 = 1e4 * meter ** 3",
    "亿立方米 = 1e8 * meter ** 3",
    "千瓦 = 1e3 * watt",
    "万千瓦 = 1e7 * watt",
    "千瓦时 = 1e3 * watt * hour",
    "亿千瓦时 = 1e11 * watt * hour",
    "permille = 1e-3 = _ = ‰",
    "percentage_point = 0.01 = pp = 个百分点",
    "index = [] = 指数",
)

# pint evaluates what it parses, so that 9**9**9**9 would keep it busy for ever: a unit has short names, exponents of
# one digit that are not chained, and no number of its own but the 1 of 1/person.
_LONGEST = 64
_EXPONENT = re.compile(r"(\*\*|\^)\s*-?[1-9](?!\s*[\d*^.])")
_NOT_A_UNIT = re.compile(r"\*\*|\^|(?<![^\W\d_])\d")


@lru_cache(maxsize=1)
def registry() -> pint.UnitRegistry[float]:
    """Return the one unit registry of the product (built on first use; pint is slow to import)."""
    import pint

    units: pint.UnitRegistry[float] = pint.UnitRegistry(cache_folder=None, autoconvert_offset_to_baseunit=False)
    for definition in _DEFINITIONS:
        units.define(definition)
    return units


@lru_cache(maxsize=1024)
def unit(text: str) -> pint.Unit:
    """Parse a unit such as ``万元/人``, ``km²``, ``%`` or ``1`` (no dimension).

    Raises ``ValueError`` naming the text when it is not a unit.
    """
    text = text.strip()
    if text in ("", "1"):
        return registry().dimensionless
    plain = text.replace("²", "**2").replace("³", "**3")
    if len(plain) > _LONGEST or _NOT_A_UNIT.search(_EXPONENT.sub("", re.sub(r"^1\s*(?=[/*])", "", plain))):
        raise ValueError(f"unknown unit {text[:_LONGEST]!r}")
    try:
        return registry().parse_units(plain)
    except Exception as error:
        # pint raises errors of half a dozen classes, some from the tokenizer, for text that is no unit.
        raise ValueError(f"unknown unit {text!r}") from error


def is_unit(text: str) -> bool:
    """Return whether ``text`` can be read as a unit."""
    try:
        measure(text)
    except ValueError:
        return False
    return True


def same_dimension(a: str, b: str) -> bool:
    """Return whether two units measure the same kind of thing, so that one converts to the other."""
    return measure(a).dimensions == measure(b).dimensions


def has_offset(text: str) -> bool:
    """Return whether zero of a unit is not zero of what it measures, as for ℃: then no factor alone converts it."""
    if all(name in KNOWN for name, _ in measure(text).parts):
        return False
    return bool(registry().Quantity(0.0, unit(text)).to_base_units().magnitude)


@lru_cache(maxsize=1024)
def factor(source: str, target: str) -> float:
    """Return what to multiply a value in ``source`` by to have it in ``target``.

    Raises ``ValueError`` when the two do not measure the same kind of thing, or differ by an offset (℃ and kelvin).
    """
    if not same_dimension(source, target):
        raise ValueError(f"{source!r} cannot be converted to {target!r}")
    if source != target and (has_offset(source) or has_offset(target)):
        raise ValueError(f"{source!r} and {target!r} differ by an offset, so no factor converts them")
    return measure(source).to(measure(target))


def convert(value: float, source: str, target: str) -> float:
    """Convert ``value`` from unit ``source`` to unit ``target``; raise ``ValueError`` across dimensions."""
    return value if source == target else value * factor(source, target)


# What the Chinese units are called in English; units written with SI symbols are the same in both languages.
_ENGLISH = {
    "元": "CNY",
    "角": "jiao",
    "分": "fen",
    "千元": "10³ CNY",
    "万元": "10⁴ CNY",
    "百万元": "10⁶ CNY",
    "亿元": "10⁸ CNY",
    "加元": "CAD",
    "澳元": "AUD",
    "欧元": "EUR",
    "欧分": "euro cents",
    "人": "persons",
    "千人": "10³ persons",
    "万人": "10⁴ persons",
    "户": "households",
    "个": "items",
    "项": "items",
    "处": "places",
    "座": "items",
    "张": "beds",
    "所": "schools or sites",
    "家": "firms",
    "辆": "vehicles",
    "站": "stations",
    "亩": "mu",
    "万亩": "10⁴ mu",
    "公顷": "ha",
    "平方米": "m²",
    "平方公里": "km²",
    "公里": "km",
    "米": "m",
    "分钟": "min",
    "小时": "h",
    "天": "days",
    "年": "years",
    "吨": "t",
    "万吨": "10⁴ t",
    "立方米": "m³",
    "万立方米": "10⁴ m³",
    "亿立方米": "10⁸ m³",
    "千瓦": "kW",
    "万千瓦": "10 MW",
    "千瓦时": "kWh",
    "亿千瓦时": "10⁸ kWh",
    "个百分点": "percentage points",
    "指数": "index",
}


def label(text: str) -> Text:
    """Return how a unit is shown: as written in Chinese, its parts translated in English; nothing for ``1``."""
    if text in ("", "1"):
        return Text("", "")
    first, *others = (_ENGLISH.get(part, part) for part in text.split("/"))
    return Text(text, "/".join((first, *(other.removesuffix("s") for other in others))))
