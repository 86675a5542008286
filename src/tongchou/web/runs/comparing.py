"""Two runs of one rule beside each other: what changed, why, to the fen."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.attribution import attribute
from tongchou.surfaces.changes import CHANGE_EXPORTS, Compared, unit_names, warning_of
from tongchou.surfaces.computed import RUN_EXPORTS
from tongchou.web.computing.changing import change_shown
from tongchou.web.language import current
from tongchou.web.listings import file_response
from tongchou.web.people.access import public
from tongchou.web.runs import codes
from tongchou.web.runs.computing import Held, opened
from tongchou.web.runs.models import Run
from tongchou.web.runs.pages import period_words, titles
from tongchou.web.runs.queries import in_full


def held_of(run: Run) -> Held:
    """Open the record of a run; raises 404 where it has none."""
    if run.record is None:
        raise Http404
    return opened(run.record, run.region)


def compared(a: Held, b: Held, periods: tuple[str, str]) -> Compared:
    """Return why the second result differs from the first; raises :class:`ProblemsError`."""
    if a.result.rule.id != b.result.rule.id:
        raise ProblemsError([codes.NOT_COMPARABLE.at("with")])
    names: dict[str, Text] = {**a.answer.names, **b.answer.names}
    change = attribute(a.result, b.result, periods=periods, names=names)
    hashes = str(a.data["hash"]), str(b.data["hash"])
    warning = warning_of((a.result, b.result))
    return Compared(change, unit_names(change, b.answer.region), hashes, warning)


def _periods(request: HttpRequest, a: Held, b: Held) -> tuple[str, str]:
    """Return the period of each side: the one asked for, else the last both have, else the last of each."""
    held = [sorted(set(one.result.table.periods), key=Period.parse) for one in (a, b)]
    both = [code for code in held[0] if code in held[1]]
    usual = (both[-1], both[-1]) if both else (held[0][-1], held[1][-1])
    asked = request.GET.get("from", usual[0]), request.GET.get("to", usual[1])
    if asked[0] not in held[0] or asked[1] not in held[1]:
        raise Http404
    return asked


def _two(request: HttpRequest, pk: int, other: int) -> tuple[Run, Run]:
    runs = in_full(request.user)
    return get_object_or_404(runs, pk=pk), get_object_or_404(runs, pk=other)


@public
@require_safe
def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Show why run ``other`` differs from run ``pk``."""
    first, second = _two(request, pk, other)
    context: dict[str, Any] = {
        "first": first,
        "second": second,
        "rule_title": titles(second.region).get(second.rule, second.rule),
        "problems": [],
        "query": request.GET.urlencode(),
    }
    try:
        a, b = held_of(first), held_of(second)
        periods = _periods(request, a, b)
        found = compared(a, b, periods)
    except ProblemsError as error:
        context["problems"] = error.problems
        return render(request, "runs/compare.html", context, status=422)
    context |= {
        "change": change_shown(found),
        "warning": found.warning,
        "from_periods": [(p, period_words(p), p == periods[0]) for p in sorted(set(a.result.table.periods))],
        "to_periods": [(p, period_words(p), p == periods[1]) for p in sorted(set(b.result.table.periods))],
    }
    return render(request, "runs/compare.html", context)


@public
@require_safe
def compare_export(request: HttpRequest, pk: int, other: int, suffix: str) -> HttpResponse:
    """Give the comparison as a file."""
    first, second = _two(request, pk, other)
    if f".{suffix}" not in CHANGE_EXPORTS:
        raise Http404
    try:
        a, b = held_of(first), held_of(second)
        found = compared(a, b, _periods(request, a, b))
    except ProblemsError:
        raise Http404 from None
    data = CHANGE_EXPORTS[f".{suffix}"](found, current())
    name = Text(f"{first.pk}号与{second.pk}号测算变动归因", f"why run {second.pk} differs from run {first.pk}")
    return file_response(data, RUN_EXPORTS[f".{suffix}"].media_type, name.in_(current()), suffix)
