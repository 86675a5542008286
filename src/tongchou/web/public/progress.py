"""Progress as the public sees it: by chapter of the policy and by county, from what has been approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tongchou.kernel.text import Text
from tongchou.policy.model import Clause, Commitment, Policy
from tongchou.region import Region
from tongchou.web.duties.standing import Standing


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter or a county: how many commitments, confirmed, with a date, and how many under each lamp."""

    id: str
    title: Text
    total: int
    confirmed: int
    dated: int
    lamps: Mapping[str, int] = field(default_factory=dict)  # by colour

    def count(self, colour: str) -> int:
        """Return how many stand under a lamp."""
        return self.lamps.get(colour, 0)


Promise = tuple[Clause, Commitment]


def promises(policy: Policy) -> list[Promise]:
    """Return the commitments with their clauses, in the order of the text."""
    return [(clause, m) for clause in policy.clauses for m in clause.commitments]


def by_chapter(policy: Policy, standings: Mapping[str, Standing]) -> list[Group]:
    """Return the highest numbered parts of the document that promise anything."""
    top = [c for c in policy.clauses if c.parent is None]
    return [
        _group(c.id, Text(c.heading or c.number or c.id, c.heading or c.number or c.id), found, standings)
        for c in top
        if (found := [p for p in promises(policy) if p[0].id == c.id or p[0].id.startswith(f"{c.id}.")])
    ]


def by_county(policy: Policy, region: Region, standings: Mapping[str, Standing]) -> list[Group]:
    """Return the counties in official order: what names the county or is its government's duty."""
    return [
        _group(place.code, Text(place.name, place.name_en), [p for p in promises(policy) if fits(p)], standings)
        for place in (region.places[code] for code in region.county_level())
        for fits in (concerns(region, place.code),)
    ]


def concerns(region: Region, code: str) -> Callable[[Promise], bool]:
    """Return whether a commitment concerns a county: it names the county, or its government bears the duty."""
    place = region.places[code]
    names = {place.name, *place.aliases}
    governments = {p.name for p in region.parties if p.place == code}

    def fits(promise: Promise) -> bool:
        clause, commitment = promise
        bearers = {n for p in clause.duty.parties for n in (p.name, *p.expands_to)} if clause.duty else set()
        return bool(names & set(commitment.places)) or bool(bearers & governments)

    return fits


def _group(id_: str, title: Text, found: Iterable[Promise], standings: Mapping[str, Standing]) -> Group:
    held = list(found)
    standing = [standings[m.id] for _, m in held if m.id in standings]
    printed = {m.id for _, m in held if m.deadline is not None and m.deadline.by is not None}
    answered = {s.commitment.code for s in standing if s.facts.due is not None}
    lamps = Counter(s.lamp.colour.value for s in standing)
    return Group(id_, title, len(held), len(standing), len(printed | answered), lamps)
