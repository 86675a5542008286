"""Who is told to act: parties named one after another at the beginning of a part of a sentence."""

from __future__ import annotations

import re

from tongchou.kernel.parties import PartyKind
from tongchou.policy.party_names import GROUP, Found, Names
from tongchou.policy.phrases import grammar

_ORGAN = re.compile(
    r"(?:市|省|县|区|州)(?!场(?!监)|民(?!政)|中区|区|域|镇|际|内|县|容|政(?!府|协|务|法)|外)[一-鿿]{0,11}?"
    r"(?:局|委(?!员会|组织|宣传|统战|政法|网信|办|人才|编)|委员会|办公室|办(?!公|事|理)|厅|部|政府|管委会|公司|院|中心)"
    r"|[一-鿿]{2,8}?(?:管委会|人民政府)"
)
_AFTER = re.compile("[、和与及]|会同|牵头|负责|要|应|将|须|对|按|根据|围绕|每|定期|依|在")
_JOIN = re.compile("[、和与及]|会同|以及")
_STARTS = frozenset("各市省县区有相全州")
_REACH = 14  # characters within which 政府 or 管委会 must stand


class ActingParties:
    """Finds parties in running text: by the region's lists where there are any, else by their form."""

    def __init__(self, text: str, names: Names, found: list[Found]) -> None:
        self.text = text
        self.names = names
        self.known: dict[int, tuple[int, str]] = {}
        for place_or_party in found:
            party = place_or_party.party
            if party is None and place_or_party.place is not None:
                party = names.of_place(place_or_party.place)
            if party is not None and party.kind is not PartyKind.OTHER:
                self.known[place_or_party.start] = (place_or_party.end, party.name)

    def stands_at(self, start: int) -> bool:
        """Return whether the region's lists have a name that stands at ``start``."""
        return start in self.known

    def at(self, start: int, end: int) -> tuple[int, tuple[str, ...]]:
        """Return where the parties named at ``start`` end, and their names; ``(start, ())`` when none is named."""
        text = self.text
        if start >= end:
            return start, ()
        if start not in self.known and text[start] not in _STARTS:
            reach = min(end, start + _REACH)
            if text.find("管委会", start, reach) < 0 and text.find("政府", start, reach) < 0:
                return start, ()
        named: list[str] = []
        at = last = start
        while at < end:
            known = self.known.get(at)
            if known is not None and known[0] <= end:
                last, name = known
            else:
                stop = self._by_form(at, end)
                if stop - at < 2:
                    break
                party = self.names.find(text[at:stop])
                last, name = stop, party.name if party is not None else text[at:stop]
            named.append(name)
            join = _JOIN.match(text, last, end)
            if join is None:
                break
            at = join.end()
        return (last, tuple(dict.fromkeys(named))) if named else (start, ())

    def _by_form(self, at: int, end: int) -> int:
        """Return where a group, or an organ followed by what an actor is followed by, ends; ``at`` for neither."""
        group = GROUP.match(self.text, at, end)
        if group is not None:
            return group.end()
        organ = _ORGAN.match(self.text, at, end)
        if organ is not None:
            stop = organ.end()
            if _AFTER.match(self.text, stop, end) or grammar().head(self.text, stop, end) is not None:
                return stop
        return at
