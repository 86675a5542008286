"""The page of definitions described alike, side by side, for a person to rule on."""

from __future__ import annotations

from functools import lru_cache

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.region.likeness import ALIKE, Alike, alike
from tongchou.web.collection.designing import rule
from tongchou.web.collection.filling import signed_in_user
from tongchou.web.collection.models import Ruling
from tongchou.web.collection.states import Verdict
from tongchou.web.figures.store import indicators, version
from tongchou.web.people.access import requires
from tongchou.web.people.permissions import check, may

_PAIRS = 20  # on one page


@requires("collection.see")
@require_http_methods(["GET", "HEAD", "POST"])
def definitions(request: HttpRequest) -> HttpResponse:
    """Show the pairs described alike, not ruled on first, with the measure; take a ruling and its reason."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        check(request.user, "collection.rule")
        first, second = request.POST.get("first", ""), request.POST.get("second", "")
        known = indicators()
        if first not in known or second not in known or first == second:
            raise Http404
        try:
            rule(
                first=first,
                second=second,
                verdict=request.POST.get("verdict", ""),
                reason=request.POST.get("reason", ""),
                by=signed_in_user(request),
                now=timezone.now(),
            )
        except ProblemsError as error:
            problems = error.problems
        else:
            return HttpResponseRedirect(reverse("collection:definitions"))
    rulings = {(r.first, r.second): r for r in Ruling.objects.select_related("by")}
    pairs = [(one, rulings.get((one.first.id, one.second.id))) for one in _pairs(version()[0])]
    pairs.sort(key=lambda pair: pair[1] is not None)
    page = Paginator(pairs, _PAIRS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "verdicts": [(v.value, v.label) for v in Verdict],
        "may_rule": may(request.user, "collection.rule"),
        "alike": round(100 * ALIKE),
        "problems": problems,
        "wrong_pair": (request.POST.get("first"), request.POST.get("second")) if problems else None,
        "typed": request.POST,
        "open_count": sum(ruling is None for _, ruling in pairs),
    }
    return render(request, "collection/definitions.html", context, status=422 if problems else 200)


@lru_cache(maxsize=2)
def _pairs(stamp: str) -> tuple[Alike, ...]:
    """Return the pairs described alike; the stamp changes whenever an indicator is added."""
    held = sorted(indicators().values(), key=lambda i: i.id)
    return tuple(alike(held))
