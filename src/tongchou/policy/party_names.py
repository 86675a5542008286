"""Recognises the names of parties and places: by a region's lists where there are any, else by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

import ahocorasick

from tongchou.kernel.parties import Parties, Party, PartyKind
from tongchou.kernel.places import Place, PlaceKind, Places
from tongchou.policy.lexicon import words

_SET = r"[县区市州盟旗](?:[县区市州盟旗、]|[（(〔][县区市州盟旗、，]+[）)〕])*+"
_OFFICE = r"(?:党委(?:和|、)?)?(?:人民政府|政府)?"
_WHICH = r"(?:有关|相关|责任|成员|职能|主管|行业|牵头|涉及)"
_WHO = r"(?:部门|单位|企业|机构|机关)"
# 各县（市、区）人民政府 · 各开发区管委会 · 县（市、区）政府 · 市直各委、局、办 · 各级各有关部门 · 各级政府
GROUP = re.compile(
    rf"(?:全市)?各(?:有关|相关)?{_SET}{_OFFICE}"
    r"|各(?:有关|相关)?(?:经济)?(?:开发区|园区|功能区|新区|乡镇|街道|乡|镇|产业园)(?:[（(](?:街道|镇|乡)[）)])?"
    r"(?:人民政府|政府|管委会|管理委员会|办事处)?"
    rf"|(?:有关|相关|所辖)?[县区市州盟旗][（(〔][县区市州盟旗、，]+[）)〕]{_OFFICE}"
    r"|[市省县区](?:直|级)(?:机关)?各?(?:有关|相关)?(?:委[、，]?局[、，]?办|委办局|局[、，]?委[、，]?办)"
    rf"|[市省县区](?:直|级|政府)?(?:机关)?各?{_WHICH}*+{_WHO}"
    rf"|各级各?{_WHICH}*+{_WHO}|各级(?:人民)?政府|各级党委政府|各级"
    rf"|各?{_WHICH}++{_WHO}|各{_WHO}|(?:各|有关|相关)(?:地区|地方)|各地|各委[、，]?(?:办[、，]?)?局(?:[、，]?办)?"
)


@lru_cache(maxsize=1)
def _suffix() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(map(re.escape, words('party_suffixes')), key=len, reverse=True))})$")


def has_suffix(name: str) -> bool:
    """Return whether ``name`` ends as the name of a party does (局, 委, 管委会, 人民政府, 公司 …)."""
    return len(name) > 1 and _suffix().search(name) is not None


def place_and_rest(name: str) -> tuple[str, str]:
    """Split 阳曲县人民政府 into place and office; a name without a place gives ``("", name)``."""
    match = _PLACE_OFFICE.match(name)
    return (match[1], match[2]) if match is not None else ("", name)


_PLACE_OFFICE = re.compile(
    r"(.{1,9}?(?:园区|示范区|开发区|高新区|经开区|功能区|工业区|保税区|度假区|景区|新区|[县区旗州镇乡]|(?<=.)市))"
    r"((?:人民)?政府|管委会|管理委员会|党工委|办事处|[一-鿿]{1,8}[局委办]|街道)$"
)


class Found(NamedTuple):
    """A name of the region's lists in the text."""

    start: int
    end: int
    party: Party | None
    place: Place | None


class Names:
    """Every name, full name and alias of a region's parties and places, looked up and found in text."""

    def __init__(self, places: Places, parties: Parties) -> None:
        self.places = places
        self.parties = parties
        self.known = len(parties) > 0
        self._automaton = self._build()
        self._of_place = {
            p.place: p for p in parties if p.place and p.kind in (PartyKind.COUNTY_GOVERNMENT, PartyKind.ZONE_COMMITTEE)
        }
        self._expanded: dict[str, tuple[str, ...]] = {}
        self._groups = {key: p for p in parties if p.members for n in (p.name, *p.aliases) if (key := _group_key(n))}

    def _build(self) -> ahocorasick.Automaton | None:
        found: dict[str, tuple[int, Party | None, Place | None]] = {}
        for name, place in self.places.names().items():
            if len(name) > 1:
                found[name] = (len(name), None, place)
        for name, party in self.parties.names().items():
            if len(name) > 1:
                found[name] = (len(name), party, found[name][2] if name in found else None)
        if not found:
            return None
        automaton = ahocorasick.Automaton()
        for name, value in found.items():
            automaton.add_word(name, value)
        automaton.make_automaton()
        return automaton

    def find(self, name: str) -> Party | None:
        """Return the party that ``name`` means, trying 政府 for 人民政府 and a missing 市."""
        parties = self.parties
        if not self.known:
            return None
        found = parties.find(name)
        if found is None and name.endswith("政府") and not name.endswith("人民政府"):
            found = parties.find(name[:-2] + "人民政府")
        if found is None and name.endswith("管理委员会"):
            found = parties.find(name[:-5] + "管委会")
        if found is None and not name.startswith("市"):
            found = parties.find("市" + name)
        if found is None:
            found = self._groups.get(_group_key(name))
        return found

    def members(self, party: Party | None, printed: str) -> tuple[str, ...]:
        """Return the names a group expands to: the party list's members, only districts for 各区, counties for 各县."""
        if party is not None and party.members:
            if party.id not in self._expanded:
                self._expanded[party.id] = tuple(p.name for p in self.parties.expand(party))
            return self._expanded[party.id]
        kinds = _single_kind(printed)
        if kinds is None:
            return ()
        return tuple(
            p.name
            for p in self.parties
            if p.kind is PartyKind.COUNTY_GOVERNMENT
            and p.place
            and p.place in self.places
            and self.places[p.place].kind in kinds
        )

    def of_place(self, place: Place) -> Party | None:
        """Return the government or committee of a place."""
        return self._of_place.get(place.code)

    def in_text(self, text: str) -> list[Found]:
        """Return the names standing in ``text``, the longest at each place, in order."""
        if self._automaton is None:
            return []
        return [
            Found(end + 1 - length, end + 1, party, place)
            for end, (length, party, place) in self._automaton.iter_long(text)
        ]


_cache: WeakKeyDictionary[Places, WeakKeyDictionary[Parties, Names]] = WeakKeyDictionary()


def names_of(places: Places, parties: Parties) -> Names:
    """Return the names of a region, built once for each pair of lists."""
    inner = _cache.setdefault(places, WeakKeyDictionary())
    if parties not in inner:
        inner[parties] = Names(places, parties)
    return inner[parties]


def _group_key(name: str) -> str:
    """Return one key for all spellings of 各县（市、区）人民政府, and ``""`` for what is no group of counties."""
    match = GROUP.fullmatch(name)
    if match is None or "部门" in name or "单位" in name or "直" in name:
        return ""
    head = name.split("人民")[0].split("政府")[0]
    kinds = {c for c in head if c in "县区市"}
    if any(w in head for w in ("园", "开发", "功能", "镇", "乡", "街道", "有关", "相关")) or len(kinds) < 2:
        return ""
    return "counties" if {"县", "区"} <= kinds or {"县", "市"} <= kinds else ""


def _single_kind(printed: str) -> tuple[PlaceKind, ...] | None:
    head = printed.removesuffix("人民政府").removesuffix("政府")
    if head == "各区":
        return (PlaceKind.DISTRICT,)
    if head == "各县":
        return (PlaceKind.COUNTY,)
    return None


def is_group(name: str) -> bool:
    """Return whether ``name`` is printed as a group: 各县（市、区）人民政府, 市直各有关部门 …"""
    return GROUP.fullmatch(name) is not None


# Places by their form, where no region is given: 2 to 5 characters ending in 县, 区, 市 or 旗, between marks or words
# that places stand between. The unit is looked for first: it is rarer than the marks.
_UNIT = re.compile(r"[县旗区市](?=[、，。；和与及等的至]|政府|人民)")
_PLACE_FORM = re.compile(r"(?:^|[、，。；：“（\n和与及在向对至从到])([一-鿿]{1,4})$")
_NO_UNIT = {
    "区": "地城郊全辖社园厂矿灾山片功能务景发范新",
    "市": "城本全各我省县乡所入上都超集股门",
    "县": "",
    "旗": "",
}
_NOT_A_PLACE = re.compile(
    r"[各全本我该两一二三四五六七八九十所有一些为与和及个等按照]|中心|示范|开发|特殊|贫困|重点|周边|沿线|辖"
)


def places_by_form(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a place seems to be named, judged by form alone."""
    for unit in _UNIT.finditer(text):
        at = unit.start()
        if at and text[at - 1] in _NO_UNIT[unit[0]]:
            continue
        name = _PLACE_FORM.search(text[max(0, at - 5) : at])
        if name is not None and not _NOT_A_PLACE.search(name[1]):
            yield at - len(name[1]), at + 1
