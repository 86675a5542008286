"""The days of a network: when something opens or closes, with the day before the policy and today between them."""

from __future__ import annotations

from collections import defaultdict
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
    return Usual(min(before, today), today, near_on(region, today).minutes)


def moments(network: CityNetwork, asked: Question, usually: Usual, projects: Mapping[str, Text]) -> list[Moment]:
    """Return every day to choose from, in order, with what opens or closes on it."""
    told: dict[date, list[Text]] = defaultdict(list)
    for day, says in _happenings(network, projects):
        if says not in told[day]:
            told[day].append(says)
    told[usually.before].insert(0, Text("政策印发前一天", "the day before the policy"))
    told[usually.on].insert(0, Text("今天", "today"))
    for day in (asked.before, asked.on):
        told.setdefault(day, [])
    return [Moment(day, _joined(told[day])) for day in sorted(told)]


def _happenings(network: CityNetwork, projects: Mapping[str, Text]) -> Iterable[tuple[date, Text]]:
    names = {n.id: n.name for n in network.nodes}
    for line in network.lines:
        if line.opens is not None:
            yield line.opens, _opens(line.name)
    for link in network.links:
        a, b, mode = names[link.tail], names[link.head], mode_word(link.mode)
        own = Text(f"{a.zh}—{b.zh}{mode.zh}", f"{a.en}–{b.en} {mode.en}")
        called = projects.get(link.project, own)
        if link.opens is not None:
            yield link.opens, _opens(called)
        if link.closes is not None:
            yield link.closes, Text(f"{own.zh}停用或改时", f"{own.en} closes or is re-timed")
    lines = {line.id: line for line in network.lines}
    for stop in network.stops:
        if stop.opens is not None:
            name = names[stop.node]
            yield stop.opens, _opens(Text(f"{lines[stop.line].name.zh}{name.zh}站", f"{name.en}"))


def _opens(what: Text) -> Text:
    return Text(f"{what.zh}开通", f"{what.en} opens")


def _joined(said: list[Text]) -> Text:
    more = len(said) - _MOST_TOLD
    shown = said[:_MOST_TOLD] if more > 0 else said
    zh, en = "；".join(s.zh for s in shown), "; ".join(s.en for s in shown)
    return Text(f"{zh}等{len(said)}项", f"{en} and {more} more") if more > 0 else Text(zh, en)
