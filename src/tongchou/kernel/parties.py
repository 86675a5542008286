"""Parties: those who can owe a duty, with aliases, fields of work, and groups that expand to members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tongchou.kernel.text import Text


class PartyKind(StrEnum):
    """What a party is."""

    DEPARTMENT = "department"
    COUNTY_GOVERNMENT = "county_government"
    ZONE_COMMITTEE = "zone_committee"
    MUNICIPAL_GOVERNMENT = "municipal_government"
    GROUP = "group"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """The word for the kind."""
        return _KINDS[self]


_KINDS = {
    PartyKind.DEPARTMENT: Text("市直部门", "municipal department"),
    PartyKind.COUNTY_GOVERNMENT: Text("县（市、区）人民政府", "county-level government"),
    PartyKind.ZONE_COMMITTEE: Text("功能区管委会", "zone committee"),
    PartyKind.MUNICIPAL_GOVERNMENT: Text("市人民政府", "municipal government"),
    PartyKind.GROUP: Text("单位组", "group"),
    PartyKind.OTHER: Text("其他", "other"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """One party. ``fields`` are the subjects it is responsible for; ``members`` (ids) make it a group."""

    id: str
    name: str
    name_en: str
    kind: PartyKind
    full_name: str = ""
    aliases: tuple[str, ...] = ()
    place: str | None = None
    fields: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    note: str = ""


class Parties:
    """The parties of a region in their official order."""

    def __init__(self, parties: Iterable[Party] = ()) -> None:
        self._parties = tuple(parties)
        self._by_id = {p.id: p for p in self._parties}
        self._by_name: dict[str, Party] = {}
        for party in self._parties:
            for name in (party.name, party.full_name, *party.aliases):
                if name:
                    self._by_name.setdefault(name, party)

    def __iter__(self) -> Iterator[Party]:
        return iter(self._parties)

    def __len__(self) -> int:
        return len(self._parties)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    def __getitem__(self, id_: str) -> Party:
        return self._by_id[id_]

    def find(self, name: str) -> Party | None:
        """Return the party with this name, full name or alias, or ``None``."""
        return self._by_name.get(name)

    def names(self) -> dict[str, Party]:
        """Return every name, full name and alias with its party."""
        return dict(self._by_name)

    def expand(self, party: Party) -> tuple[Party, ...]:
        """Return the members of a group in official order, or the party itself when it is not a group."""
        if not party.members:
            return (party,)
        wanted = set(party.members)
        return tuple(p for p in self._parties if p.id in wanted)
