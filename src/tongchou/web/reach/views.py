"""Pages of reach: coverage with its gaps, map and plan; every point of it; the way from one point; and the files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.networks.access.ways import way
from tongchou.surfaces.reach.sentences import access_words, points_of, warning
from tongchou.surfaces.reach.words import MEASURES, SPREADS, level_words, mode_words, shown_cost
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.computing.questions import is_plain
from tongchou.web.figures.regions import check_code, region_named
from tongchou.web.language import current
from tongchou.web.parts import render_part
from tongchou.web.people.access import public
from tongchou.web.reach.asking import Question, question
from tongchou.web.reach.context import assumptions, context_of
from tongchou.web.reach.files import FILES, file_of
from tongchou.web.reach.held import answer_to, held
from tongchou.web.reach.rows import point_row


@public
@require_safe
def reach(request: HttpRequest) -> HttpResponse:
    """Show who is within reach of what the address asks, and where the next sites would go."""
    found = held()
    region = region_named(settings.REGION)
    if not found.networks:
        return render(request, "reach/empty.html", {"region": region, "problems": found.problems})
    asked = _question(request)
    here = f"{reverse('reach')}?{asked.address()}".rstrip("?")
    htmx = request.htmx  # type: ignore[attr-defined]
    if not asked.problems and not is_plain(request.GET) and not htmx:
        return HttpResponseRedirect(here)
    context = context_of(asked, found)
    response = render_part(request, "reach/work.html", "reach/reach.html", context)
    response.status_code = 422 if context["problems"] else 200
    if htmx:
        response.headers["HX-Push-Url"] = here
    return response


@public
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """List the points a number is made of: of one place or all, within the standard, beyond it, or both."""
    asked = _answerable(request)
    answer = answer_to(asked.asked)  # type: ignore[arg-type]
    group, state = request.GET.get("place", ""), request.GET.get("state", "")
    groups = {one.id: one.name for one in answer.coverage.of}
    if group and group not in groups:
        raise Http404
    number = {point: i + 1 for i, point in enumerate(answer.coverage.beyond.tolist())}
    rows = [
        point_row(answer, i, number.get(i, 0))
        for i, one in enumerate(answer.coverage.of)
        if (not group or one.id == group)
        and (state not in ("within", "beyond") or (state == "within") == (i not in number))
    ]
    chosen = [i for i, one in enumerate(answer.coverage.of) if not group or one.id == group]
    total = sum(float(answer.served.people[i]) for i in chosen if _is(state, i in number))
    context = _page(asked) | {
        "answer": answer,
        "rows": rows,
        "total": f"{total:,.0f}",
        "group": group,
        "group_name": groups.get(group),
        "groups": groups,
        "state": state if state in ("within", "beyond") else "",
        "unit_word": MEASURES[answer.served.measure],
        "state_choices": _STATES,
        "access_words": access_words(answer),
        "method": SPREADS[answer.asked.method],
        "query": asked.without_siting,
        "points_word": points_of(answer.served),
        "warning": warning(answer.served),
        "address": asked.without_siting,
    }
    return render(request, "reach/points.html", context)


@public
@require_safe
def one_way(request: HttpRequest) -> HttpResponse:
    """Show how a point's number came about: the way to its nearest facility, leg by leg, and the next nearest."""
    asked = _answerable(request)
    answer = answer_to(asked.asked)  # type: ignore[arg-type]
    served = answer.served
    at = next((i for i, n in enumerate(served.points) if n.id == request.GET.get("node")), None)
    if at is None:
        raise Http404
    which = int(served.nearest[at])
    sources = region_named(settings.REGION).sources
    legs, told = [], 0.0
    for leg in way(served, at, which).legs if which >= 0 else ():
        told += leg.cost
        costs = (shown_cost(leg.cost, served.measure), shown_cost(told, served.measure))
        source = sources.get(leg.source)
        km = f"{leg.km:g}" if leg.km is not None else ""
        legs.append((leg, leg.words or mode_words(leg.mode), km, *costs, source.title if source else ""))
    others = []
    for j in served.cost[at].argsort(kind="stable")[:_OTHERS].tolist() if served.facilities else ():
        if served.cost[at, j] != float("inf"):
            one = served.facilities[j]
            others.append((one, level_words(one.level), shown_cost(float(served.cost[at, j]), served.measure)))
    context = _page(asked) | {
        "answer": answer,
        "point": served.points[at],
        "row": point_row(answer, at),
        "legs": legs,
        "others": others,
        "assumptions": assumptions(asked),
        "level_said": _in_brackets(served.facilities[which].level) if which >= 0 else "",
        "measure": MEASURES[served.measure],
        "warning": warning(served),
    }
    return render(request, "reach/way.html", context)


@public
@require_safe
def reach_file(request: HttpRequest, what: str, suffix: str) -> HttpResponse:
    """Give the answer as a file: a workbook with live formulas, lists as CSV and Word, the points as GeoJSON."""
    if (what, suffix) not in FILES:
        raise Http404
    asked = _answerable(request)
    foot = Text(*[f"{w} {check_code(region_named(settings.REGION).folder)}" for w in ("核对码", "check code")])
    try:
        return file_of(what, suffix, asked, foot, current())
    except ProblemsError:
        raise Http404 from None


_OTHERS = 5  # facilities told of one point
_STATES = (
    ("", Text("全部", "All")),
    ("within", Text("标准以内", "Within the standard")),
    ("beyond", Text("超出", "Beyond")),
)


def _question(request: HttpRequest) -> Question:
    return question(request.GET, held().networks, rules_of(settings.REGION)[0], timezone.localdate())


def _answerable(request: HttpRequest) -> Question:
    if not held().networks:
        raise Http404
    asked = _question(request)
    if asked.asked is None:
        raise Http404
    return asked


def _page(asked: Question) -> dict[str, Any]:
    return {
        "region": region_named(settings.REGION),
        "network": asked.network,
        "back": f"{reverse('reach')}?{asked.address()}#result",
    }


def _in_brackets(level: str) -> Text:
    word = level_words(level)
    return Text(f"（{word.zh}）", f" ({word.en})") if level else Text("", "")


def _is(state: str, beyond: bool) -> bool:
    return state not in ("within", "beyond") or (state == "beyond") == beyond
