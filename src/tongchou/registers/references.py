"""What the fields of a row may point to: places, parties, clauses, commitments, rows of other registers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.region import Region


@dataclass(frozen=True, slots=True)
class References:
    """Known places and parties; clauses, commitments and rows where they are known (``None``: not looked up)."""

    places: Places = field(default_factory=lambda: Places(()))
    parties: Parties = field(default_factory=lambda: Parties(()))
    clauses: Collection[str] | None = None
    commitments: Collection[str] | None = None
    has_row: Callable[[str, str], bool] | None = None
    designated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # kind of designation → codes of places

    def place(self, text: str) -> str | None:
        """Return the code of a place given by code, name or alias."""
        if text in self.places:
            return text
        found = self.places.find(text)
        return None if found is None else found.code

    def party(self, text: str) -> str | None:
        """Return the id of a party given by id or any of its names."""
        if text in self.parties:
            return text
        found = self.parties.find(text)
        return None if found is None else found.id


def of_region(
    region: Region, clauses: Collection[str] | None = None, has_row: Callable[[str, str], bool] | None = None
) -> References:
    """Return what rows may point to in a region, with its designations."""
    designated: dict[str, list[str]] = {}
    for record in region.extra.get("designations", ()):
        held = designated.setdefault(record.get("kind", ""), [])
        if record.get("place") and record["place"] not in held:
            held.append(record["place"])
    order = [place.code for place in region.places]
    return References(
        places=region.places,
        parties=region.parties,
        clauses=clauses,
        has_row=has_row,
        designated={kind: tuple(sorted(codes, key=order.index)) for kind, codes in designated.items()},
    )
