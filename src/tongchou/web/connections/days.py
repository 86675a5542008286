"""The days of a network: when something opens or closes, with the day before the policy and today between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tongchou.kernel.text import Text
from tongchou.networks.package import CityNetwork
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.connections.asking import Question, Usual
from tongchou.web.connections.words import mode_word

_RULE, _CIRCLE = "infrastructure.connection", "circle"
_MOST_TOLD = 2  # things that open on one day, named one by one


_EVE, _EARLIER = Text("政策印发前一天", "the day before the policy"), Text("变化之前", "before anything changes")


@dataclass(frozen=True, slots=True)
class Near:
    """How many minutes are near, and what says so."""

    minutes: float
    paper: str
    source: Text
    assumed: bool


def near_on(region: str, day: date) -> Near:
    """Return what is near on a day: the circle of the rule for connections, which a region may set for itself."""
    dated = rules_of(region)[0].parameters[_RULE].at(_CIRCLE, day)
    assert isinstance(dated.value, float | int)  # noqa: S101 — one number for all
    return Near(float(dated.value), dated.paper, dated.source.text(), dated.assumed)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that can be chosen, and what happens on it ("" where nothing does)."""

    day: date
    says: Text


def changing_days(network: CityNetwork) -> tuple[date, ...]:
    """Return the days on which minutes may change: a facility that opens somewhere moves nobody."""
    found = {day for link in network.links for day in (link.opens, link.closes)}
    found |= {line.opens for line in network.lines} | {stop.opens for stop in network.stops}
    return tuple(sorted(day for day in found if day is not None))


def usual(region: str, network: CityNetwork, issued: date | None, today: date) -> Usual:
    """Return what is asked where the address says nothing: the day before the policy, and today.

    Without a policy the day before anything opens; where nothing ever does, today twice.
    """
    days = changing_days(network)
    before = issued - timedelta(days=1) if issued is not None else days[0] - timedelta(days=1) if days else today
    return Usual(min(before, today), today, near_on(region, today).minutes, issued is not None)


def moments(network: CityNetwork, asked: Question, usually: Usual, projects: Mapping[str, Text]) -> list[Moment]:
    """Return every day to choose from, in order, with what opens or closes on it."""
    told: dict[date, list[Text]] = defaultdict(list)
    told[usually.before].append(_EVE if usually.is_policy else _EARLIER)
    told[usually.on].append(Text("今天", "today"))
    for day, says in _happenings(network, projects):
        told[day].append(says)
    for day in (asked.before, asked.on):
        told.setdefault(day, [])
    return [Moment(day, _joined(list(dict.fromkeys(told[day])))) for day in sorted(told)]


def _happenings(network: CityNetwork, projects: Mapping[str, Text]) -> Iterable[tuple[date, Text]]:
    """Yield what opens and closes: projects by name, of links that belong to none the first few of a day."""
    names = {n.id: n.name for n in network.nodes}
    for line in network.lines:
        if line.opens is not None:
            yield line.opens, _opens(line.name)
    seen: Counter[tuple[date, str]] = Counter()
    for link in network.links:
        for day, closes in ((link.opens, False), (link.closes, True)):
            if day is None:
                continue
            project = "" if closes else link.project
            seen[day, project] += 1
            if seen[day, project] > (1 if project else _MOST_TOLD + 1):
                continue
            a, b, mode = names[link.tail], names[link.head], mode_word(link.mode)
            own = Text(f"{a.zh}—{b.zh}{mode.zh}", f"{a.en}–{b.en} {mode.en}")
            if closes:
                yield day, Text(f"{own.zh}停用或改时", f"{own.en} closes or is re-timed")
            else:
                yield day, _opens(projects.get(project, own))
    lines = {line.id: line for line in network.lines}
    for stop in network.stops:
        if stop.opens is not None:
            name = names[stop.node]
            yield stop.opens, _opens(Text(f"{lines[stop.line].name.zh}{name.zh}站", f"{name.en}"))


def _opens(what: Text) -> Text:
    return Text(f"{what.zh}开通", f"{what.en} opens")


def _joined(said: list[Text]) -> Text:
    more = len(said) > _MOST_TOLD
    zh, en = "；".join(s.zh for s in said[:_MOST_TOLD]), "; ".join(s.en for s in said[:_MOST_TOLD])
    return Text(f"{zh}等", f"{en} and others") if more else Text(zh, en)
