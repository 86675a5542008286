"""A change in words: 清徐比上年多 312 万元，其中人口 +180，财力 +90，参数 +42; what is printed adds up as printed."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10

import numpy as np

from tongchou.kernel.apportion import settle
from tongchou.kernel.periods import Period
from tongchou.kernel.text import Text
from tongchou.kernel.units import factor, label, same_dimension
from tongchou.rules.attribution import Change
from tongchou.rules.table import Numbers

_MOST = 5  # factors named in a sentence
_SIZES = ((1e8, "亿元"), (1e4, "万元"), (0.0, "元"))
_ELSE = Text("其他", "other")
_CHANGED = Text("{place}比{before}{more} {amount}{unit}{parts}", "{place}: {amount}{unit} {more} than {before}{parts}")
_SAME = Text("{place}与{before}持平{parts}", "{place}: the same as {before}{parts}")
_NOT_GIVEN = Text("{place}不作比较：{why}", "{place}: not compared: {why}")
_NOT_SPLIT = Text("；{why}", "; {why}")


def sentence(change: Change, place: int, names: Mapping[str, Text] | None = None) -> Text:
    """Return one sentence for the place of this number; ``names`` gives places their names, else the code stands."""
    code = change.places[place]
    name = (names or {}).get(code, Text(code, code))
    why = change.reasons.get(code)
    if np.isnan(change.total[place]):
        return _NOT_GIVEN.format(place=name, why=why or "")
    return _words(change, name, float(change.total[place]), change.parts[:, place], why)


def summary(change: Change) -> Text | None:
    """Return the sentence for all places together; ``None`` where the result is not money or a place has no parts."""
    if change.reasons or not _is_money(change.unit) or len(change.places) < 2:
        return None
    return _words(change, Text("合计", "In all"), float(change.total.sum()), change.parts.sum(axis=1), None)


def before(change: Change) -> Text:
    """Return what the change is measured from: last year, an earlier period, or the other run of the same period."""
    one, other = change.periods
    if one == other:
        return Text("原方案", "in the first run")
    if one.isdigit() and other.isdigit() and int(other) == int(one) + 1:
        return Text("上年", "last year")
    return Text(Period.parse(one).label(), Period.parse(one).label("en"))


def printed(total: float, parts: Numbers, unit: str) -> tuple[str, list[float], float, int]:
    """Return the unit, the parts and the total as printed, and the decimals: the parts printed sum to the total.

    Money is shown in the largest of 亿元, 万元 and 元 that leaves a whole number; other results in their own unit.
    """
    size = max(abs(total), *(abs(p) for p in parts.tolist()), 0.0)
    lead = abs(total) if abs(total) > 1e-3 * size else size
    if _is_money(unit):
        in_yuan = factor(unit, "元")
        shown = next(name for least, name in _SIZES if lead * in_yuan >= least)
        scale = factor(unit, shown)
        decimals = 0 if lead * scale >= 100 else 2
    else:
        shown, scale = unit, 1.0
        decimals = min(9, max(0, 2 - floor(log10(lead)))) if lead > 0 else 0
    whole, units = rounded(total * scale, parts * scale, decimals)
    return shown, units, whole, decimals


def rounded(total: float, parts: Numbers, decimals: int) -> tuple[float, list[float]]:
    """Return the total and its parts with so many decimals; the parts still sum to it."""
    whole = round(total * 10.0**decimals)
    if not parts.size or not np.isfinite(parts).all():
        return whole / 10.0**decimals, parts.tolist()
    larger = np.argsort(np.argsort(-np.abs(parts), kind="stable"), kind="stable")
    units = settle(parts * 10.0**decimals, whole, larger.tolist())
    return whole / 10.0**decimals, [int(u) / 10.0**decimals for u in units]


def signed(value: float, decimals: int) -> str:
    """Return a part as a sentence prints it, with its sign and a true minus."""
    return f"{value:+,.{decimals}f}".replace("-", "−")


def _words(change: Change, name: Text, total: float, parts: Numbers, why: Text | None) -> Text:
    known = np.isfinite(parts).all()
    shown, amounts, whole, decimals = printed(total, parts if known else np.zeros(0), change.unit)
    listed = _listed(change, amounts, decimals) if known else _NOT_SPLIT.format(why=why or "")
    if whole == 0:
        return _SAME.format(place=name, before=before(change), parts=listed)
    unit = Text("个百分点", "percentage points") if shown == "%" else label(shown)
    return _CHANGED.format(
        place=name,
        before=before(change),
        more=_more(change.unit, whole),
        amount=f"{abs(whole):,.{decimals}f}",
        unit=Text(f" {unit.zh}" if unit.zh else "", f" {unit.en}" if unit.en else ""),
        parts=listed,
    )


def _listed(change: Change, amounts: list[float], decimals: int) -> Text:
    order = sorted((i for i, v in enumerate(amounts) if v), key=lambda i: (-abs(amounts[i]), i))
    if not order:
        return Text("", "")
    most = order if len(order) <= _MOST else order[: _MOST - 1]
    items = [(change.factors[i].label, amounts[i]) for i in most]
    if len(order) > len(most):
        items.append((_ELSE, sum(amounts[i] for i in order[len(most) :])))
    zh = "，".join(f"{words.zh} {signed(value, decimals)}" for words, value in items)
    en = ", ".join(f"{words.en} {signed(value, decimals)}" for words, value in items)
    return Text(f"，其中{zh}", f", of which {en}")


def _more(unit: str, total: float) -> Text:
    if same_dimension(unit, "1"):
        return Text("高", "higher") if total > 0 else Text("低", "lower")
    return Text("多", "more") if total > 0 else Text("少", "less")


def _is_money(unit: str) -> bool:
    return same_dimension(unit, "元")
