"""What is asked of a supply network, as it stands in the address: year, month, another capacity for one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from tongchou.kernel.numbers import figure
from tongchou.kernel.problems import Problem, by_field
from tongchou.kernel.text import Text
from tongchou.networks.package import CityNetwork
from tongchou.surfaces.supply.things import Change, Thing, things
from tongchou.surfaces.supply.water import MONTHS
from tongchou.web import codes
from tongchou.web.computing.questions import read_number

MOST = 1e7  # of any unit a capacity is in
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Question:
    """One question, hashable. ``thing`` is what was chosen, ``typed`` its capacity as it was written."""

    network: str
    year: int
    month: str
    thing: str
    typed: str
    change: Change | None
    problems: tuple[Problem, ...]

    @property
    def placed(self) -> Mapping[str, list[Problem]]:
        """The problems by field."""
        return by_field(self.problems)

    def address(self, **more: str) -> str:
        """Return the query that asks this again; ``more`` adds or (empty) removes."""
        query = QueryDict(mutable=True)
        own = {"network": self.network, "year": f"{self.year}", "month": self.month, "thing": self.thing}
        for name, value in {**own, "amount": self.typed, **more}.items():
            if value:
                query[name] = value
        return query.urlencode(safe="|")


def question(
    query: QueryDict, network: CityNetwork, years: Sequence[int], usual: int, problems: tuple[Problem, ...] = ()
) -> Question:
    """Read a question; what cannot be read is among its problems, each at its field, and the usual stands for it."""
    found = list(problems)
    year = _choice(query, "year", [f"{one}" for one in years], found) or f"{usual}"
    month = _choice(query, "month", MONTHS, found) if network.kind == "water" else ""
    there = things(network)
    thing = _choice(query, "thing", list(there), found)
    typed = query.get("amount", "").strip()[:_LONGEST]
    return Question(
        network.id, int(year), month, thing, typed, _change(there, thing, typed, found), tuple(found)
    )  # fmt: skip


def _choice(query: QueryDict, name: str, choices: Sequence[str], problems: list[Problem]) -> str:
    text = query.get(name, "").strip()
    if text and text not in choices:
        problems.append(codes.NO_SUCH_CHOICE.at(name, text=text[:_LONGEST]))
        return ""
    return text


def _change(there: Mapping[str, Thing], thing: str, typed: str, problems: list[Problem]) -> Change | None:
    """Return the change asked for, ``None`` where nothing differs or something is wrong."""
    if not typed:
        return None
    amount = read_number(typed, "")
    if amount is None:
        problems.append(codes.NOT_A_NUMBER.at("amount", text=typed))
    elif not 0 <= amount <= MOST:
        bounds = Text(f"0 至 {figure(MOST)}", f"0 to {figure(MOST)}")
        problems.append(codes.NOT_IN_RANGE.at("amount", text=typed, bounds=bounds))
    elif not thing:
        problems.append(codes.NOTHING_CHOSEN.at("thing"))
    elif amount != there[thing].amount:
        return Change(thing, amount)
    return None
