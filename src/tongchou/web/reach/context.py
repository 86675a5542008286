"""The form of reach and its answer put together for the page: choices, problems at their fields, what is shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from tongchou.kernel.problems import Problem
from tongchou.networks.access.served import measures, services
from tongchou.networks.access.siting import METHODS as SITING_METHODS
from tongchou.networks.access.spread import METHODS as SPREAD_METHODS
from tongchou.networks.package import Assumption
from tongchou.surfaces.reach.commands import reach_command, site_command
from tongchou.surfaces.reach.words import (
    CANDIDATES,
    MEASURES,
    SITINGS,
    SPREADS,
    level_words,
    levels_words,
    service_words,
    shown_cost,
)
from tongchou.web.figures.regions import check_code, region_named
from tongchou.web.pages.systems import lines
from tongchou.web.reach.asking import NOT_SET, SITING_FIELDS, Question
from tongchou.web.reach.held import Held
from tongchou.web.reach.showing import or_problems

_FIELDS = frozenset(
    ("network", "service", "level", "within", "measure", "standard", "day", "method", "least", *SITING_FIELDS)
)
# What a plan may be told to lack, by the field that mends it.
_MENDED_AT = {"count": "sites", "sites": "site", "from": "from"}


def context_of(asked: Question, found: Held) -> dict[str, Any]:
    """Return what the templates show of a question."""
    region = region_named(settings.REGION)
    problems = list(asked.problems)
    shown = None
    if asked.asked is not None:
        shown, wrong = or_problems(region.folder, asked.asked, asked.siting, asked.typed.get("zoom", ""))
        for one in wrong.problems if wrong is not None else ():
            where = _MENDED_AT.get(one.where, one.where)
            problems.append(Problem(one.code, where, one.message, one.hint, one.severity))
    placed: dict[str, list[Problem]] = {}
    for problem in problems:
        # The form of next sites is there only below an answer.
        has_field = problem.where in _FIELDS and (shown is not None or problem.where not in SITING_FIELDS)
        placed.setdefault(problem.where if has_field else "", []).append(problem)
    network = asked.network
    held = services(network)
    service = asked.service
    return {
        "region": region,
        "question": asked,
        "network": network,
        "networks": [(id_, one.title) for id_, one in found.networks.items()],
        "broken": found.problems,
        "services": [(one, service_words(one)) for one in held],
        "service": service,
        "levels": [(one, level_words(one), _is_chosen(asked, one)) for one in held[service]],
        "standard_levels": levels_words(asked.standard.levels) if asked.standard is not None else None,
        "measures": [(one, MEASURES[one]) for one in measures(network)],
        "measure": asked.asked.measure if asked.asked is not None else asked.typed.get("measure", ""),
        "standards": [(s, shown_cost(s.value, s.measure), MEASURES[s.measure]) for s in asked.in_force],
        "day_value": asked.typed.get("day") or (f"{asked.asked.day}" if asked.asked is not None else ""),
        "usual_limit": _usual_limit(asked),
        "days": [f"{day:%Y-%m-%d}" for day in network.days()],
        "spreads": [(one, *SPREADS[one]) for one in SPREAD_METHODS],
        "sitings": [(one, *SITINGS[one]) for one in SITING_METHODS],
        "candidate_choices": [
            (one, CANDIDATES[one], len(free)) for one in ("sites", "people") if (free := asked.candidates(one))
        ],
        "siting": asked.siting,
        "kept_fields": [(k, v) for k, v in asked.typed.items() if k not in SITING_FIELDS and k != "level"],
        "siting_fields": [(k, v) for k, v in asked.typed.items() if k in SITING_FIELDS],
        "kept_levels": [one for one in asked.typed.get("level", "").split("|") if one],
        "problems": problems,
        "placed": placed,
        "elsewhere": placed.get("", []),
        "shown": shown,
        "unit_word": shown.measure if shown is not None else None,
        "assumptions": assumptions(asked),
        "command": reach_command(region.id, asked.asked) if asked.asked is not None else "",
        "site_command": site_command(region.id, asked.asked, asked.siting) if asked.asked and asked.siting else "",
        "kept_name": f"{asked.address()} {asked.asked.day if asked.asked is not None else ''}",
        "query": asked.address(),
        "here_address": reverse("reach"),
        "unzoomed": asked.address(zoom=""),
        "zoom": asked.typed.get("zoom", ""),
        "serving": [line for line in lines(settings.REGION) if line.system.id == network.system],
        # Nothing is kept of a page with problems; what was typed wrongly is the reader's alone.
        "stamp": "" if problems else check_code(region.folder),
    }


def assumptions(asked: Question) -> list[Assumption]:
    """Return the assumed speeds that have an effect: none where lengths are measured."""
    if asked.asked is None or asked.asked.measure == "metres" or asked.network is None:
        return []
    modes = {link.mode for link in asked.network.links if link.minutes is None}
    held = asked.network.assumed.values()
    lines = bool(asked.network.lines)
    return [one for one in held if lines or one.name.removeprefix("speed_") in modes]


def _usual_limit(asked: Question) -> str:
    """Return the standard that counts where the reader gives none, as one would type it."""
    if asked.standard is not None:
        return f"{asked.standard.value:g}"
    measure = asked.asked.measure if asked.asked is not None else "minutes"
    return f"{NOT_SET[measure]:g}"


def _is_chosen(asked: Question, level: str) -> bool:
    chosen = asked.typed.get("level", "")
    return not chosen or level in chosen.split("|")
