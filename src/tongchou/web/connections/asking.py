"""What is asked of a network, as it stands in the address: two days, projects left out, how many minutes are near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from tongchou.kernel.problems import Problem, by_field
from tongchou.kernel.text import Text
from tongchou.networks.package import CityNetwork
from tongchou.web import codes
from tongchou.web.computing.questions import read_number

_MOST_MINUTES = 1440.0


@dataclass(frozen=True, slots=True)
class Question:
    """One question, hashable: the network ``before`` and ``on`` a day, ``without`` projects, near is ``within`` min.

    Who slides back past the earlier day ``moved`` it along: both are the same then. ``typed`` keeps the minutes as they
    were written, "" where the standard was left as it is; ``closes`` asks for what takes a while on a map of streets:
    closing links.
    """

    network: str
    before: date
    on: date
    moved: bool
    without: tuple[str, ...]
    within: float
    typed: str
    closes: bool
    problems: tuple[Problem, ...]

    @property
    def placed(self) -> Mapping[str, list[Problem]]:
        """The problems by field."""
        return by_field(self.problems)

    def address(self, **more: str) -> str:
        """Return the query that asks this again; ``more`` adds to it or stands instead."""
        query = QueryDict(mutable=True)
        held = {"network": self.network, "before": self.before.isoformat(), "on": self.on.isoformat()}
        if self.typed:
            held["within"] = self.typed
        if self.closes:
            held["close"] = "yes"
        for name, value in {**held, **more}.items():
            query[name] = value
        query.setlist("without", list(self.without))
        return query.urlencode()


@dataclass(frozen=True, slots=True)
class Usual:
    """What is asked where the address says nothing."""

    before: date
    on: date
    within: float
    is_policy: bool  # the first day is that before the policy


def question(query: QueryDict, network: CityNetwork, usual: Usual, problems: tuple[Problem, ...] = ()) -> Question:
    """Read a question; what cannot be read is among its problems, each at its field, and the usual stands for it."""
    found = list(problems)
    before = _day(query, "before", usual.before, found)
    on = _day(query, "on", usual.on, found)
    known = network.projects()
    without = []
    for project in dict.fromkeys(query.getlist("without")):
        if project in known:
            without.append(project)
        elif project.strip():
            found.append(codes.NO_SUCH_CHOICE.at("without", text=project[:40]))
    typed = query.get("within", "").strip()[:40]
    within = read_number(typed, "min") if typed else usual.within
    if within is None:
        found.append(codes.NOT_A_NUMBER.at("within", text=typed))
        within = usual.within
    elif not 0 < within <= _MOST_MINUTES:
        bounds = Text("大于 0，不超过 1,440 分钟", "more than 0, at most 1,440 minutes")
        found.append(codes.NOT_IN_RANGE.at("within", text=typed, bounds=bounds))
        within = usual.within
    return Question(
        network.id,
        min(before, on),
        on,
        before > on,
        tuple(p for p in known if p in without),
        within,
        "" if within == usual.within and not _at(found, "within") else typed,
        query.get("close") == "yes",
        tuple(found),
    )


def _day(query: QueryDict, name: str, usual: date, problems: list[Problem]) -> date:
    text = query.get(name, "").strip()
    if not text:
        return usual
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(codes.NOT_A_DAY.at(name, text=text[:40]))
        return usual


def _at(problems: list[Problem], where: str) -> bool:
    return any(problem.where == where for problem in problems)
