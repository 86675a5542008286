"""What a person asks about reach, as it stands in the address; everything that cannot be read is told at its field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import QueryDict

from tongchou.catalogue import Catalogue
from tongchou.kernel.numbers import figure
from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.networks.access.served import Measure, measures, services
from tongchou.networks.access.siting import METHODS as SITINGS
from tongchou.networks.access.spread import METHODS as SPREADS
from tongchou.networks.package import CityNetwork, Node
from tongchou.surfaces.reach.answer import Asked, Candidates, SitingAsked, candidates, unit_of
from tongchou.surfaces.reach.standards import Least, Standard, least_supply, standards
from tongchou.web import codes
from tongchou.web.computing.questions import read_number

#: What stands in for a standard where nobody set one; the page says that it rests on nothing.
NOT_SET: dict[Measure, float] = {"minutes": 30.0, "metres": 500.0}
_BOUNDS: dict[str, tuple[float, float]] = {
    "within": (0.1, 100_000), "least": (0, 1e9), "sites": (1, 50), "room": (1, 1e9),
}  # fmt: skip
_LONGEST = 60
OWN = "own"  # instead of a standard in force
_ALWAYS = frozenset(("network", "service", "site"))  # stay in the address though they are what is usual


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is asked, with what was typed as it was typed; ``asked`` is ``None`` where a problem keeps it unread.

    ``standard`` is the one in force that counts, ``None`` where the reader gave a value or nobody set one;
    ``least_by`` likewise for the least supply.
    """

    network: CityNetwork
    service: str
    asked: Asked | None
    siting: SitingAsked | None
    standard: Standard | None
    in_force: tuple[Standard, ...]
    is_own: bool
    least_by: Least | None
    typed: dict[str, str]
    problems: tuple[Problem, ...]
    taken: frozenset[str]

    def candidates(self, which: Candidates) -> tuple[Node, ...]:
        """Return the nodes of a kind where a new facility could stand."""
        return candidates(self.network, which, self.taken)

    def address(self, **more: str) -> str:
        """Return the query that asks this again; ``more`` adds or (empty) removes."""
        query = QueryDict(mutable=True)
        for name, value in {**self.typed, **more}.items():
            if name == "level":
                query.setlist("level", [one for one in value.split("|") if one])
            elif value:
                query[name] = value
        return query.urlencode()

    @property
    def without_siting(self) -> str:
        """The query without a plan of sites."""
        return self.address(**dict.fromkeys(SITING_FIELDS, ""))


SITING_FIELDS = ("site", "sites", "from", "room")


def question(query: QueryDict, networks: dict[str, CityNetwork], catalogue: Catalogue, today: date) -> Question:
    """Read a question about one of ``networks`` (at least one); what cannot be read is among its problems."""
    reading = _Reading(query)
    id_ = reading.choice("network", tuple(networks))
    network = networks[id_]
    held = services(network)
    if reading.is_from_another(held, networks):
        reading.start_again()
    # Asked for first what most facilities are for.
    usual = max(held, key=lambda one: sum(f.service == one for f in network.facilities))
    service = reading.choice("service", tuple(held), usual)
    day = reading.day(today)
    usable = tuple(s for s in standards(catalogue, service, day) if s.measure in measures(network))
    standard = reading.standard(usable)
    levels = reading.levels(held[service], {level for other in held.values() for level in other}, standard)
    measure, limit = reading.limit(usable, standard, measures(network))
    method = reading.choice("method", SPREADS)
    reading.text("zoom")
    open_ = [f for f in network.facilities_on(day) if f.service == service and f.level in levels]
    in_force = least_supply(catalogue, service, day) if unit_of(open_) else None
    least = reading.number("least")
    if least is None and in_force is not None:
        least = in_force.value
    where = frozenset(f.node for f in open_)
    siting = reading.siting(bool(candidates(network, "sites", where)))
    asked = None
    if not reading.problems:
        asked = Asked(id_, service, levels, day, measure, limit, cast(Any, method), least)
    own, problems = "within" in reading.typed, tuple(reading.problems)
    least_by = in_force if "least" not in reading.typed else None
    return Question(network, service, asked, siting, standard, usable, own, least_by, reading.typed, problems, where)


class _Reading:
    """Reads field after field, and gathers what is wrong."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.typed: dict[str, str] = {}
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        found = (self.query.get(name) or "").strip()[:_LONGEST]
        if found:
            self.typed[name] = found
        return found

    def choice(self, name: str, choices: tuple[str, ...], usual: str = "") -> str:
        """Return what was chosen; what is no choice is told, and the usual one stands."""
        text = self.text(name)
        if text and text not in choices:
            self.problems.append(codes.NO_SUCH_CHOICE.at(name, text=text[:40]))
            self.typed.pop(name)
            text = ""
        usual = usual or choices[0]
        if text and text == usual and name not in _ALWAYS:
            self.typed.pop(name)
        return text or usual

    def is_from_another(self, held: dict[str, tuple[str, ...]], networks: dict[str, CityNetwork]) -> bool:
        """Whether the service is one of another network: the form still had what was asked of that."""
        asked = self.query.get("service", "").strip()
        return asked not in held and any(asked in services(one) for one in networks.values())

    def start_again(self) -> None:
        """Leave what was asked of another network."""
        self.query = self.query.copy()
        for name in ("service", "level", "standard", "within", "measure", "least", "from", "zoom"):
            self.query.pop(name, None)

    def standard(self, usable: tuple[Standard, ...]) -> Standard | None:
        """Return the standard in force that was chosen, the first where nothing was; ``None`` for one's own value."""
        if not usable:
            return None
        usual = OWN if self.query.get("within", "").strip() else usable[0].id
        chosen = self.choice("standard", (*(s.id for s in usable), OWN), usual)
        return next((s for s in usable if s.id == chosen), None)

    def limit(
        self, usable: tuple[Standard, ...], standard: Standard | None, allowed: tuple[Measure, ...]
    ) -> tuple[Measure, float]:
        """Return the measure and limit: of a standard in force, else the reader's own, else what stands in for one."""
        if standard is not None:
            return standard.measure, standard.value
        first = usable[0] if usable else None
        measure = cast(Measure, self.choice("measure", allowed, first.measure if first else allowed[0]))
        own = self.number("within")
        if own is None and first is not None and "within" not in self.typed:
            own = first.value  # "my own" was chosen and nothing filled in yet
            self.typed["within"] = f"{own:g}"
        if "within" in self.typed:
            self.typed.pop("standard", None)
        return measure, own if own is not None else NOT_SET[measure]

    def levels(self, held: tuple[str, ...], elsewhere: set[str], standard: Standard | None) -> tuple[str, ...]:
        """Return the levels of the standard, else those chosen, all where none is; another service's are left."""
        if standard is not None and standard.levels:
            return tuple(one for one in held if one in standard.levels) or held
        given = [one.strip()[:_LONGEST] for one in self.query.getlist("level")]
        given = [one for one in dict.fromkeys(given) if one or "" in held]
        unknown = [one for one in given if one not in held and one not in elsewhere]
        self.problems += [codes.NO_SUCH_CHOICE.at("level", text=one[:40]) for one in unknown[:3]]
        levels = tuple(one for one in held if one in given) or held
        if levels != held:
            self.typed["level"] = "|".join(levels)
        return levels

    def day(self, today: date) -> date:
        text = self.text("day")
        if not text:
            return today
        try:
            found = date.fromisoformat(text)
            if found == today:  # what the form fills in itself
                self.typed.pop("day")
            return found
        except ValueError:
            self.problems.append(codes.NOT_A_DAY.at("day", text=text[:40]))
            return today

    def number(self, name: str) -> float | None:
        text = self.text(name)
        if not text:
            return None
        value = read_number(text, "")
        low, high = _BOUNDS[name]
        if value is None:
            self.problems.append(codes.NOT_A_NUMBER.at(name, text=text[:40]))
        elif not low <= value <= high:
            bounds = Text(f"{figure(low)} 至 {figure(high)}", f"{figure(low)} to {figure(high)}")
            self.problems.append(codes.NOT_IN_RANGE.at(name, text=text[:40], bounds=bounds))
        else:
            return value
        return None

    def siting(self, has_sites: bool) -> SitingAsked | None:
        """Return the plan asked for, ``None`` where none is; ``site`` names the method."""
        method = self.choice("site", SITINGS)
        count = self.number("sites")
        which = self.choice("from", ("sites", "people"), "sites" if has_sites else "people")
        room = self.number("room")
        if "site" not in self.typed and "sites" not in self.typed:
            return None
        if count is not None and count != int(count):
            self.problems.append(codes.NOT_IN_RANGE.at("sites", text=self.typed["sites"], bounds=_WHOLE))
            count = None
        return SitingAsked(cast(Any, method), int(count) if count is not None else 1, cast(Any, which), room)


_WHOLE = Text("1 至 50 的整数", "a whole number from 1 to 50")
