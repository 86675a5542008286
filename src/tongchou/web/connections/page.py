"""What the page of connections shows, put together: the form, and the answer kept while the same is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tongchou.kernel.numbers import figure
from tongchou.kernel.text import Text
from tongchou.networks.package import Standing
from tongchou.region.model import Region
from tongchou.web import kept
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.connections.asking import Question, Usual
from tongchou.web.connections.comparing import compared, without_people
from tongchou.web.connections.critical import Criticals, criticals
from tongchou.web.connections.days import moments, near_on
from tongchou.web.connections.drawing import map_of
from tongchou.web.connections.held import Held, standing
from tongchou.web.connections.listing import links_listed, nowhere, stop_lists
from tongchou.web.connections.project_rows import amount, elsewhere, per, project_rows
from tongchou.web.connections.projects import effects
from tongchou.web.connections.showing import end_name, rows, rows_between, sentences, summary
from tongchou.web.connections.trips import rates, trips
from tongchou.web.connections.words import KINDS, MODES, kind_word, mode_word
from tongchou.web.figures.regions import check_code
from tongchou.web.schematic.picture import SIZES, Map, position
from tongchou.web.templatetags.words import day

_SYSTEMS = ("S73", "S72", "S17")


def page(region: Region, whole: Held, asked: Question, usually: Usual, language: str) -> dict[str, Any]:
    """Return the form and, to be made when the template asks for it, the answer."""
    names = {p.id: p.name for p in region.projects}
    choices = moments(whole.network, asked, usually, names)
    stands = standing(settings.REGION, asked.network, asked.on, asked.without)
    return {
        "question": asked,
        "placed": asked.placed,
        "address": asked.address(),
        "network": whole.network,
        "near": near_on(settings.REGION, usually.on),
        "within_shown": figure(asked.within),
        "moments": choices,
        "last": len(choices) - 1,
        "at": next(i for i, m in enumerate(choices) if m.day == asked.on),
        "projects_of": [
            (id_, names.get(id_, Text(id_, id_)), id_ in asked.without) for id_ in whole.network.projects()
        ],
        "weakest": stands.status,
        "result": _result(region, whole, asked, stands, usually, language),
    }


def _result(
    region: Region, whole: Held, asked: Question, stands: Standing, usually: Usual, language: str
) -> SafeString:
    """Return the answer as it stands on the page, kept under what it depends on: package, question, language."""
    name = (
        language,
        "connections",
        check_code(region.folder),
        f"{asked.address(within=str(asked.within))} {asked.on > usually.on}",
    )
    found = kept.part(name)
    if found is None:
        found = render_to_string("connections/result.html", _answer(region, whole, asked, stands, usually.on, language))
        kept.keep(name, found)
    return SafeString(found)


def _answer(
    region: Region, whole: Held, asked: Question, stands: Standing, today: date, language: str
) -> dict[str, Any]:
    found = compared(settings.REGION, asked)
    lines = summary(whole, found, asked)
    names = {p.id: p.name for p in region.projects}
    gains = effects(settings.REGION, asked)
    waits = whole.is_streets and not asked.closes
    closed = Criticals((), 0, True) if waits else criticals(settings.REGION, asked)
    maps = [(kind, map_of(whole, stands, asked.before, width, size, language)) for kind, width, size in SIZES]
    daily = float(trips(settings.REGION, asked.network).sum())
    to_places, to_hubs = rates(settings.REGION)
    listed = links_listed(whole, stands, asked.before, names)
    return {
        "question": asked,
        "network": whole.network,
        "before_day": day(asked.before),
        "on_day": day(asked.on),
        "is_ahead": asked.on > today,
        "ends": [end_name(whole, n) for n in whole.ends],
        "place_names": [n.name for n in whole.places],
        "lines": lines,
        "sentences": sentences(whole, found, lines, names),
        "rows": rows(whole, found, asked),
        "between": rows_between(whole, found, asked),
        "has_status": found.ways is not None,
        "uncounted": without_people(whole),
        "maps": maps,
        "map_title": _map_title(asked),
        "is_streets": whole.is_streets,
        "modes": [(mode, mode_word(mode)) for mode in _modes(maps)],
        "marks": [(kind, kind_word(kind)) for kind in _kinds(maps)],
        "links": listed,
        "more_links": len(whole.network.links) - len(listed),
        "stop_lists": stop_lists(whole, stands, asked.before),
        "nowhere": nowhere(whole),
        "stations_apart": any(position(whole.network.nodes[whole.number[s.node]]) is None for s in whole.network.stops),
        "whole_gain": amount(gains.whole),
        "other_gain": amount(gains.others),
        "per_trip": per(gains.whole / daily if daily > 0 else None),
        "address": asked.address(),
        "rate_places": figure(to_places.value),
        "rate_hubs": figure(to_hubs.value),
        "to_places": to_places,
        "to_hubs": to_hubs,
        "elsewhere": elsewhere(region, whole),
        "project_rows": project_rows(region, whole, asked, gains),
        "critical": closed,
        "critical_rows": _critical_rows(whole, closed),
        "more_critical": max(0, len(closed.closed) - 10),
        "closing_address": f"?{asked.address(close='yes')}#critical" if waits else "",
        "cuts": any(one.cut for one in closed.closed),
        "rules": [r.declared for r in rules_of(settings.REGION)[0].rules.values() if r.declared.system in _SYSTEMS],
        "sources": {id_: source.title for id_, source in region.sources.items()},
    }


def _map_title(asked: Question) -> Text:
    return Text(
        f"{day(asked.on)} 的网络；各路段见下面的清单，各地用时见上面的表",
        f"The network on {asked.on}; its links are listed below, minutes stand in the table above",
    )


def _critical_rows(whole: Held, found: Criticals) -> list[dict[str, Any]]:
    shown = []
    for one in found.closed:
        pair = None
        if one.worst is not None and one.worst_end is not None:
            end, by = end_name(whole, one.worst_end), f"{one.worst_minutes:,.0f}"
            pair = Text(f"{one.worst.name.zh}到{end.zh} 多{by}分钟", f"{one.worst.name.en} to {end.en}, {by} min more")
        shown.append({"closed": one, "lost": amount(one.lost), "cut": amount(one.cut), "pair": pair})
    return shown


def _modes(maps: list[tuple[str, Map | None]]) -> list[str]:
    drawn = [s.mode for _, one in maps if one is not None for p in one.pictures for s in p.strokes]
    return sorted(set(drawn), key=lambda mode: (list(MODES).index(mode) if mode in MODES else len(MODES), mode))


def _kinds(maps: list[tuple[str, Map | None]]) -> list[str]:
    drawn = [m.kind for _, one in maps if one is not None for p in one.pictures for m in p.marks]
    return sorted(set(drawn), key=lambda kind: (list(KINDS).index(kind) if kind in KINDS else len(KINDS), kind))
