"""Units with exact factors, for the arithmetic that rules do when they are loaded.

pint (units.py) stays the authority, and takes a quarter of a second to start. The units that Chinese public statistics
use stand here too, so that most runs never start it: a test compares every one with pint, and whatever is not here, or
is written in any other way than as a product, is asked of pint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

_MONEY, _PERSON, _HOUSEHOLD, _ITEM = ("[money]",), ("[person]",), ("[household]",), ("[item]",)
_L, _M, _T = "[length]", "[mass]", "[time]"
_AREA, _VOLUME = (_L, _L), (_L, _L, _L)

# Dimensions of a division: the one after the slash is divided by.
_VOLT = (_M, _L, _L, f"/{_T}", f"/{_T}", f"/{_T}", "/[current]")

#: name → factor to the root units (yuan, person, metre, gram, second …), dimensions multiplied together.
KNOWN: dict[str, tuple[Fraction, tuple[str, ...]]] = {
    **{n: (Fraction(1), _MONEY) for n in ("元", "CNY")},
    "角": (Fraction(1, 10), _MONEY),
    "分": (Fraction(1, 100), _MONEY),
    "千元": (Fraction(10**3), _MONEY),
    "万元": (Fraction(10**4), _MONEY),
    "百万元": (Fraction(10**6), _MONEY),
    "亿元": (Fraction(10**8), _MONEY),
    **{n: (Fraction(1), _PERSON) for n in ("人", "person")},
    "千人": (Fraction(10**3), _PERSON),
    "万人": (Fraction(10**4), _PERSON),
    "户": (Fraction(1), _HOUSEHOLD),
    **{n: (Fraction(1), _ITEM) for n in ("个", "项", "处", "座", "张", "所", "家", "辆", "站")},
    "亩": (Fraction(2000, 3), _AREA),
    "万亩": (Fraction(2 * 10**7, 3), _AREA),
    "公顷": (Fraction(10**4), _AREA),
    "平方米": (Fraction(1), _AREA),
    **{n: (Fraction(10**6), _AREA) for n in ("平方公里", "平方千米")},
    **{n: (Fraction(1000), (_L,)) for n in ("公里", "千米", "km")},
    **{n: (Fraction(1), (_L,)) for n in ("米", "m")},
    "cm": (Fraction(1, 100), (_L,)),
    "mm": (Fraction(1, 1000), (_L,)),
    **{n: (Fraction(60), (_T,)) for n in ("分钟", "min")},
    **{n: (Fraction(3600), (_T,)) for n in ("小时", "h")},
    **{n: (Fraction(86400), (_T,)) for n in ("天", "日", "day")},
    **{n: (Fraction(31557600), (_T,)) for n in ("年", "year")},
    "s": (Fraction(1), (_T,)),
    **{n: (Fraction(10**6), (_M,)) for n in ("吨", "t")},
    "万吨": (Fraction(10**10), (_M,)),
    "kg": (Fraction(1000), (_M,)),
    "g": (Fraction(1), (_M,)),
    "mg": (Fraction(1, 1000), (_M,)),
    **{n: (Fraction(1, 10**6), (_M,)) for n in ("µg", "μg")},  # the micro sign and the Greek letter
    "立方米": (Fraction(1), _VOLUME),
    "万立方米": (Fraction(10**4), _VOLUME),
    "亿立方米": (Fraction(10**8), _VOLUME),
    "L": (Fraction(1, 1000), _VOLUME),
    "V": (Fraction(1000), _VOLT),
    "mV": (Fraction(1), _VOLT),
    "%": (Fraction(1, 100), ()),
    "‰": (Fraction(1, 1000), ()),
    "个百分点": (Fraction(1, 100), ()),
    "指数": (Fraction(1), ()),
}
_PART = re.compile(r"\s*([*/]?)\s*([^\W\d_]+|[%‰])(?:\s*(?:\*\*|\^)\s*(-?[1-9])(?![\d*^.])|([²³]))?\s*")


@dataclass(frozen=True, slots=True)
class Measure:
    """A product of named units: ``parts`` as written, ``factor`` to root units (exact unless a root was taken)."""

    parts: tuple[tuple[str, Fraction], ...]
    factor: Fraction | float
    dimensions: tuple[tuple[str, Fraction], ...]

    def __mul__(self, other: Measure) -> Measure:
        return _product(self, other, 1)

    def __truediv__(self, other: Measure) -> Measure:
        return _product(self, other, -1)

    def __pow__(self, exponent: float) -> Measure:
        by = Fraction(exponent)
        factor: Fraction | float = self.factor ** int(by) if by.denominator == 1 else float(self.factor) ** exponent
        return Measure(_scaled(self.parts, by), factor, _scaled(self.dimensions, by))

    def to(self, target: Measure) -> float:
        """Return what to multiply a value in this unit by to have it in ``target``, of the same dimensions."""
        return float(self.factor / target.factor)

    def __str__(self) -> str:
        up = [_shown(name, e) for name, e in self.parts if e > 0]
        down = [_shown(name, -e) for name, e in self.parts if e < 0]
        return "/".join(["*".join(up) or "1", *down])


NONE = Measure((), Fraction(1), ())


@lru_cache(maxsize=1024)
def measure(text: str) -> Measure:
    """Read a unit such as ``万元/人``, ``km²``, ``%`` or ``1``; raise ``ValueError`` as :func:`.units.unit` does."""
    plain = text.strip()
    if plain in ("", "1"):
        return NONE
    found, at = NONE, 0
    if plain.startswith("1") and (one := re.match(r"1\s*(?=[/*])", plain)):
        at = one.end()
    while at < len(plain):
        part = _PART.match(plain, at)
        if part is None or part[2] not in KNOWN or (part[1] == "") != (at == 0):
            return _asked(text)
        factor, dimensions = KNOWN[part[2]]
        exponent = int(part[3] or {"²": 2, "³": 3}.get(part[4], 1))
        named: dict[str, Fraction] = {}
        for dimension in dimensions:
            name = dimension.removeprefix("/")
            named[name] = named.get(name, Fraction(0)) + (1 if name == dimension else -1)
        one_part = Measure(((part[2], Fraction(1)),), factor, tuple(sorted(named.items()))) ** exponent
        found = found / one_part if part[1] == "/" else found * one_part
        at = part.end()
    return found


def _asked(text: str) -> Measure:
    """Ask pint."""
    from tongchou.kernel.units import registry, unit

    parsed: Any = unit(text)  # pint's own numbers are of many kinds
    factor: Any
    factor, _ = registry().get_root_units(parsed, check_nonmult=False)
    dimensions = {str(name): Fraction(e) for name, e in parsed.dimensionality.items()}
    parts = {str(name): Fraction(e) for name, e in parsed._units.items()}
    return Measure(tuple(sorted(parts.items())), Fraction(repr(float(factor))), tuple(sorted(dimensions.items())))


def _product(left: Measure, right: Measure, sign: int) -> Measure:
    factor = left.factor * right.factor if sign > 0 else left.factor / right.factor
    return Measure(_joined(left.parts, right.parts, sign), factor, _joined(left.dimensions, right.dimensions, sign))


def _joined(
    left: tuple[tuple[str, Fraction], ...], right: tuple[tuple[str, Fraction], ...], sign: int
) -> tuple[tuple[str, Fraction], ...]:
    found = dict(left)
    for name, exponent in right:
        found[name] = found.get(name, Fraction(0)) + sign * exponent
    return _sorted(found)


def _scaled(parts: tuple[tuple[str, Fraction], ...], by: Fraction) -> tuple[tuple[str, Fraction], ...]:
    return _sorted({name: exponent * by for name, exponent in parts})


def _sorted(found: Mapping[str, Fraction]) -> tuple[tuple[str, Fraction], ...]:
    return tuple(sorted((name, exponent) for name, exponent in found.items() if exponent))


def _shown(name: str, exponent: Fraction) -> str:
    if exponent == 1:
        return name
    return f"{name}**{exponent}" if exponent.denominator == 1 else f"{name}**{float(exponent):g}"
