"""Pages of those who ask: the rounds, the design of one, and a round with its answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.region import Indicator
from tongchou.region.crosstab import units_of
from tongchou.region.likeness import alike
from tongchou.surfaces.listing import Listing, ListingColumn
from tongchou.surfaces.typed import typed
from tongchou.web.collection.asking import Draft, HeldValue, held_values, same_as
from tongchou.web.collection.burden import cap, minutes_due
from tongchou.web.collection.designing import close_round, design_round, drop_round, open_round
from tongchou.web.collection.filling import signed_in_user
from tongchou.web.collection.models import Round
from tongchou.web.collection.seen import answers_for, minutes_of, place_named, rounds_for
from tongchou.web.collection.states import Frequency
from tongchou.web.collection.whole import whole_doubts
from tongchou.web.events.record import history
from tongchou.web.events.words import words_of
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import indicators
from tongchou.web.figures.themes import theme
from tongchou.web.listings import listing_response
from tongchou.web.people.access import requires
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import check, may

_ROUNDS = 50  # on one page
#: The answer of the county governments, each for its own place.
COUNTIES = "counties"


@requires("collection.see")
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds a person sees."""
    page = Paginator(rounds_for(request.user), _ROUNDS).get_page(request.GET.get("page"))
    context = {"page": page, "may_design": may(request.user, "collection.design"), "today": timezone.localdate()}
    return render(request, "collection/rounds.html", context)


@requires("collection.see")
@require_safe
def rounds_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the list of rounds as a file."""
    columns = (
        ListingColumn(Text("任务", "Round"), 34),
        ListingColumn(Text("条款", "Clause"), 8, "centre"),
        ListingColumn(Text("谁要", "Asked by"), 18),
        ListingColumn(Text("谁使用", "Used by"), 22),
        ListingColumn(Text("依据", "Basis"), 24),
        ListingColumn(Text("多久一次", "How often"), 10, "centre"),
        ListingColumn(Text("截止", "Due"), 14, "date"),
        ListingColumn(Text("已验收", "Accepted"), 8, "number"),
        ListingColumn(Text("应报", "Owed"), 8, "number"),
        ListingColumn(Text("状态", "State"), 10),
    )
    listed: Any = rounds_for(request.user)[:5000]  # with the counts it annotates
    rows = [
        (
            r.title,
            r.clause,
            r.organisation.title,
            r.used_by,
            r.basis,
            r.frequency_label,
            r.due,
            r.done,
            r.owed,
            r.state_label,
        )
        for r in listed
    ]
    return listing_response(Listing(Text("填报任务清单", "Rounds"), Text("", ""), columns, rows), suffix)


@requires("collection.see")
@require_http_methods(["GET", "HEAD", "POST"])
def round_(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a round asks, why, at what cost, and how far each unit has come; open it, close it, give it up."""
    held = get_object_or_404(rounds_for(request.user), pk=pk)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        check(request.user, "collection.design")
        try:
            _do(request, held)
        except ProblemsError as error:
            problems = error.problems
        else:
            return HttpResponseRedirect(reverse("collection:round", args=[pk]))
    known, today = indicators(), timezone.localdate()
    answers = answers_for(request.user).filter(round=held) if held.state not in ("design", "dropped") else None
    listed = answers.order_by("organisation__order", "place") if answers is not None else held.answers.all()
    minutes, asked = minutes_of(held), [known[a.indicator] for a in held.asked.all() if a.indicator in known]
    accepts = may(request.user, "collection.accept") and answers is not None
    context = {
        "round": held,
        "asked": asked,
        "doubts": whole_doubts(held, [one.id for one in asked], today) if accepts else (),
        "answers": [(a, place_named(a.place)) for a in listed.select_related("organisation")],
        "minutes": minutes,
        "month_minutes": minutes_due(held.due, held.pk) + minutes,
        "cap": cap(today),
        "may_design": may(request.user, "collection.design"),
        "problems": problems,
        "reason": request.POST.get("reason", ""),
        "events": [(e, words_of(e.kind)) for e in history(held)[:20]],
        "today": today,
    }
    return render(request, "collection/round.html", context, status=422 if problems else 200)


def _do(request: HttpRequest, held: Round) -> None:
    user, now, verb = signed_in_user(request), timezone.now(), request.POST.get("verb", "")
    if verb == "open":
        reason = request.POST.get("reason", "")
        open_round(round_=held, reason=reason, by=user, now=now, on=timezone.localdate())
    elif verb == "close":
        close_round(round_=held, by=user, now=now)
    elif verb == "drop":
        drop_round(round_=held, by=user, now=now)
    else:
        raise Http404


@requires("collection.design")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Design a round; what is held already is refused and offered, what is described alike is shown."""
    problems: tuple[Problem, ...] = ()
    held: list[HeldValue] = []
    draft = _draft(request) if request.method == "POST" else None
    if draft is not None:
        user, now, on = signed_in_user(request), timezone.now(), timezone.localdate()
        if request.POST.get("verb") == "without-held":
            codes = frozenset(h.code for h in held_values(draft.cells(), draft.base))
            draft = Draft(**{name: getattr(draft, name) for name in Draft.__slots__} | {"left_out": codes})
        try:
            made = design_round(draft=draft, organisation=_asking(request), by=user, now=now, on=on)
        except ProblemsError as error:
            problems = error.problems
            held = held_values(draft.cells(), draft.base) if draft.indicators and draft.places else []
        else:
            return HttpResponseRedirect(reverse("collection:round", args=[made.pk]))
    context = _form(request.POST, draft, held) | {"problems": problems}
    return render(request, "collection/new.html", context, status=422 if problems else 200)


def _asking(request: HttpRequest) -> Organisation:
    """Return the organisation that asks: the one the designer works for."""
    return signed_in_user(request).roles[0].organisation


def _draft(request: HttpRequest) -> Draft:
    posted, region = request.POST, region_named(settings.REGION)
    owners = dict(Organisation.objects.filter(kind="county_government").values_list("place", "id"))
    body = posted.get("answers_by", COUNTIES)
    places = [p for p in posted.getlist("places") if p in region.places]
    minutes = typed(posted.get("minutes", ""), "1").value
    try:
        due = date.fromisoformat(posted.get("due", ""))
    except ValueError:
        due = None
    periods = posted.get("periods", "").replace("，", ",").replace("、", ",").replace(" ", ",")
    return Draft(
        title=posted.get("title", "")[:120],
        clause=posted.get("clause", "")[:20],
        used_by=posted.get("used_by", "")[:200],
        basis=posted.get("basis", "")[:200],
        frequency=posted.get("frequency", ""),
        minutes=minutes,
        due=due,
        indicators=tuple(dict.fromkeys(i for i in posted.getlist("indicators") if i)),
        places={p: (owners.get(p, "") if body == COUNTIES else body) for p in places},
        periods=tuple(dict.fromkeys(p for p in periods.split(",") if p)),
        base=posted.get("base", "") if posted.get("base", "") in region.bases else "",
    )


def _form(posted: Mapping[str, str], draft: Draft | None, held: list[HeldValue]) -> dict[str, Any]:
    region, known = region_named(settings.REGION), indicators()
    themes: dict[str, list[tuple[Indicator, bool]]] = {}
    chosen = set(draft.indicators) if draft else set()
    for one in known.values():
        themes.setdefault(one.theme, []).append((one, one.id in chosen))
    bodies = Organisation.objects.exclude(kind__in=["county_government", "zone"]).values_list("id", "name", "name_en")
    places = [*units_of(region), region.places[region.centre]]
    picked = set(draft.places) if draft else {p.code for p in units_of(region)}
    return {
        "typed": posted,
        "themes": [(theme(id_), listed, any(picked for _, picked in listed)) for id_, listed in themes.items()],
        "places": [(p.code, Text(p.name, p.name_en), p.code in picked) for p in places],
        "bodies": [(id_, Text(zh, en or zh)) for id_, zh, en in bodies],
        "answers_by": posted.get("answers_by", COUNTIES),
        "frequencies": [(f.value, f.label) for f in Frequency],
        "frequency": posted.get("frequency", ""),
        "bases": [(b.id, b.title) for b in region.bases.values() if not b.fits_all],
        "base": posted.get("base", ""),
        "held": [(h, known[h.cell[0]].title, place_named(h.cell[1])) for h in held[:60]],
        "held_count": len(held),
        "cells": len(draft.cells()) if draft else 0,
        "alike": _alike(known, chosen),
    }


def _alike(known: Mapping[str, Indicator], chosen: set[str]) -> list[Any]:
    """Return what is described like a chosen indicator and nobody has ruled on."""
    same = same_as()
    found = [a for id_ in list(chosen)[:20] for a in alike(known.values(), of=id_)]
    return [a for a in found if a.second.id not in same.get(a.first.id, ())][:12]
