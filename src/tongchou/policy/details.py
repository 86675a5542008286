"""What is printed inside a promise: dates, quantities, named plans and laws, standing systems."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from tongchou.policy.dates import DATE
from tongchou.policy.lexicon import any_of, rows, words
from tongchou.policy.model import Quantity
from tongchou.policy.numbering import count
from tongchou.policy.spans import Span

_BOUNDS: dict[str, Literal["at_least", "at_most", "about"]] = {
    "以上": "at_least",
    "不低于": "at_least",
    "不少于": "at_least",
    "至少": "at_least",
    "超过": "at_least",
    "突破": "at_least",
    "以下": "at_most",
    "以内": "at_most",
    "不超过": "at_most",
    "不高于": "at_most",
    "控制在": "at_most",
    "左右": "about",
    "约": "about",
}
_HAN_NUMBER = "两二三四五六七八九十百千"


class Detail(NamedTuple):
    """Something printed at a place: ``kind`` is date, quantity or named."""

    start: int
    end: int
    kind: str
    match: re.Match[str]


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    units = [r["word"] for r in rows("units")]
    han_units = [r["word"] for r in rows("units") if r["with_han_numeral"] == "yes"]
    return re.compile(
        rf"(?P<date>{DATE})"
        r"|(?P<low>\d{1,12}+(?:[,，]\d{3}){0,4}+(?:\.\d{1,6}+)?)"
        rf"(?:[%％]?\s*[—–~～至到-]\s*(?P<high>\d{{1,12}}+(?:\.\d{{1,6}}+)?))?"
        rf"\s?(?P<multiple>万亿|千万|百万|亿|万|千|百)?[余多]?(?P<unit>{any_of(units)})(?![A-Za-z]|号线|年[^均]|月)"
        rf"(?P<bound>以上|以下|以内|左右)?"
        rf"|(?P<han>[{_HAN_NUMBER}]{{1,4}}|一[百千])(?P<hanmultiple>[万亿])?[余多]?"
        rf"(?P<hanunit>{any_of(han_units)})(?!月|季度|工作日|方面|层面|维度|阶段|环节|年|[{_HAN_NUMBER}])"
        rf"(?P<hanbound>以上|以下|以内|左右)?"
        r"|(?P<named>《[^》\n]{2,60}》|“[^”\n]{2,24}”(?:专项)?(?:行动计划|行动方案|行动|计划|工程|战略|规划|倡议))"
    )


def details(text: str, start: int, end: int) -> list[Detail]:
    """Return what is printed in ``text[start:end]``, in order."""
    found = []
    pattern = _pattern()
    # A search for the first characters and a match there is three times as fast as a search for the whole pattern.
    first = _FIRST.search(text, start, end)
    while first is not None:
        left = first.start()
        match = pattern.match(text, left, end)
        if match is not None:
            group = match.lastgroup or ""
            if text[left - 1] not in _NOT_BEHIND[group]:
                found.append(tuple.__new__(Detail, (left, match.end(), _KINDS[group], match)))
            left = match.end() - 1
        first = _FIRST.search(text, left + 1, end)
    return found


_FIRST = re.compile("[0-9今本当明次“《十一两二三四五六七八九百千上下年]")
_KINDS = {
    "date": "date",
    "unit": "quantity",
    "bound": "quantity",
    "hanunit": "quantity",
    "hanbound": "quantity",
    "named": "named",
}
# What a number is not when it stands behind these: 第二机场, 统一, A1, 〔2019〕.
_NOT_BEHIND = {
    "date": "第",
    "unit": "0123456789.〔第ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "bound": "0123456789.〔第ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "hanunit": "第一二三四五六七八九十百千万统唯单“、",
    "hanbound": "第一二三四五六七八九十百千万统唯单“、",
    "named": "",
}


def quantity(text: str, match: re.Match[str]) -> Quantity:
    """Return the quantity of a match; a range keeps its lower end in ``value``."""
    low = match["low"]
    if low is not None:
        value, unit, multiple, bound = (
            float(low.replace(",", "").replace("，", "")),
            match["unit"],
            match["multiple"] or "",
            match["bound"],
        )
        upper = float(match["high"]) if match["high"] else None
        unit = multiple + unit
    else:
        value = float(count(match["han"].replace("两", "二")))
        unit, bound, upper = (match["hanmultiple"] or "") + match["hanunit"], match["hanbound"], None
    if not bound:
        before = text[max(0, match.start() - 3) : match.start()]
        bound = next((w for w in _BOUNDS if before.endswith(w)), "")
    return Quantity(match[0], value, unit.replace("％", "%"), Span(*match.span()), upper, _BOUNDS.get(bound, ""))


@lru_cache(maxsize=1)
def _system() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of(words('system_nouns'))})的?(?:标准化|信息化|数字化|一体化|规范化|全覆盖)?"
        r"(?:管理体系建设|建设|运行|管理|编制|改革|试点|运营|升级|开发|应用|作用|成型|建立|构建|搭建|完善|落实|投用|推广|平台)*+"
        r"等?(?:（[^）]*）)?$"
    )


@lru_cache(maxsize=1)
def _system_ends() -> frozenset[str]:
    return frozenset(w[-1] for w in words("system_nouns")) | frozenset("设行理制革点营级发用型立建善实广台等）化盖")


def is_system(text: str, start: int, end: int) -> bool:
    """Return whether the object ``text[start:end]`` is a standing system: a system noun is its head."""
    return start < end and text[end - 1] in _system_ends() and _system().search(text, start, end) is not None
