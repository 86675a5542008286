"""Pages of registers: the catalogue, the list of one, its board of roll-ups, its timeline, and all of them as files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.registers.alerts import alerts
from tongchou.registers.register import Register
from tongchou.web.figures.drawings import attached_boundaries, drawing_of, layout_of
from tongchou.web.figures.regions import region_named
from tongchou.web.language import current
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public
from tongchou.web.registers import boards, lists
from tongchou.web.registers.looking_up import references, registers
from tongchou.web.registers.models import Row
from tongchou.web.registers.modules import MODULES
from tongchou.web.registers.ownership import may_add, moves_of, visible
from tongchou.web.registers.queries import Filters, counts, counts_of_all, filters_shown, rows_of
from tongchou.web.registers.rollups import standing
from tongchou.web.registers.showing import by_key, engine, state_lamp
from tongchou.web.registers.sketching import sketch

PAGE_ROWS = 50
_SORTED = 500  # works on a timeline sorted by their promise
_DRAWN = 500  # positions on one drawing
_EXPORTED = 20_000


def found_register(id_: str) -> Register:
    """Return a register; 404 where there is none."""
    register = registers().get(id_)
    if register is None:
        raise Http404
    return register


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List every register by module, with how many rows the reader sees and how they stand."""
    known = registers()
    numbers = counts_of_all(list(known), {id_: visible(r, request.user) for id_, r in known.items()})
    modules: dict[str, list[dict[str, Any]]] = {}
    for id_, register in known.items():
        by_meaning = {
            meaning: numbers.get((id_, meaning), 0) for meaning in ("waiting", "under_way", "done", "stopped")
        }
        modules.setdefault(register.module, []).append(
            {"register": register, "counts": by_meaning, "all": sum(by_meaning.values())}
        )
    groups = [(MODULES.get(name, Text(name, name)), found) for name, found in modules.items()]
    return render(request, "registers/catalogue.html", {"groups": groups, "region": region_named(settings.REGION)})


@public
@require_safe
def register_list(request: HttpRequest, id_: str) -> HttpResponse:
    """Show the rows of a register with filters, counts by state and place, and where they are."""
    return list_page(request, found_register(id_), request.GET)


def list_page(
    request: HttpRequest, register: Register, asked: QueryDict, status: int = 200, **more: Any
) -> HttpResponse:
    """Return the list as ``asked`` for, with ``more`` for its template."""
    on, looked_up = timezone.localdate(), references()
    filters = Filters.of(register, asked)
    found = rows_of(register, request.user, filters).select_related("organisation").defer("words")
    page = Paginator(found.prefetch_related("years"), PAGE_ROWS).get_page(asked.get("page"))
    numbers = counts(register, request.user)
    rows = list(page.object_list)
    warned = by_key(alerts(register, [engine(row) for row in rows], on))
    context = {
        **_head(register, request),
        "page": page,
        "heads": lists.heads(register),
        "rows": lists.lines(register, rows, looked_up, on, warned),
        "filters": filters,
        "query": filters.query,
        "shown_filters": filters_shown(register, filters, looked_up),
        "states": lists.by_state(register, numbers, filters),
        "places": boards.by_place(register, numbers, looked_up),
        "alert_count": len(warned),
        "moves": moves_of(register, rows, request.user),
        "asked": urlencode({k: v for k, v in asked.items() if k != "moved"}),
        "moved": _count(asked.get("moved", "")),
        "sketch": sketch(
            register, _positions(register, request, filters, rows, page.paginator.count), looked_up, current()
        ),
        **more,
    }
    return render(request, "registers/list.html", context, status=status)


def _count(told: str) -> int:
    return int(told) if told.isdecimal() and len(told) < 4 else 0


def _positions(register: Register, request: HttpRequest, filters: Filters, shown: list[Row], count: int) -> list[Row]:
    """Return the rows to draw: all that match, or of a great many those on the page."""
    if register.declared.place.kind not in ("point", "polygon"):
        return []
    if count > _DRAWN:
        return shown
    return list(rows_of(register, request.user, filters).filter(geometry__isnull=False).only("pk", "name", "geometry"))


@public
@require_safe
def register_export(request: HttpRequest, id_: str, suffix: str) -> HttpResponse:
    """Give the rows that match as a file: never personal data."""
    register, on = found_register(id_), timezone.localdate()
    filters = Filters.of(register, request.GET)
    found = rows_of(register, request.user, filters).select_related("organisation").prefetch_related("years")
    rows = list(found[:_EXPORTED])
    listed = lists.listing(register, rows, references(), on, all_rows=found.count())
    return listing_response(listed, suffix)


@public
@require_safe
def board(request: HttpRequest, id_: str) -> HttpResponse:
    """Show the roll-ups of a register by place and period, one of them on the county map."""
    register = found_register(id_)
    stands = standing(register, timezone.now())
    figures = stands.figures
    looked_up, region = references(), region_named(settings.REGION)
    chosen = boards.chosen(register, figures, request.GET.get("rollup", ""), request.GET.get("period", ""))
    layout, boundaries = layout_of(settings.REGION), attached_boundaries(settings.REGION)
    drawing = drawing_of(layout, boundaries)
    tables = boards.tables(register, figures, looked_up, region.centre)
    context = {
        **_head(register, request),
        "tables": tables,
        "matrix": boards.matrix(tables, chosen.period if chosen else ""),
        "chosen": chosen,
        "computed_at": stands.at,
        "board": boards.board(register, figures, chosen, looked_up, current()) if chosen else None,
        "drawing": drawing,
        "boundaries": boundaries,
        "layout": layout,
        "adjacencies": len(region.adjacency),
    }
    return render(request, "registers/board.html", context)


@public
@require_safe
def board_export(request: HttpRequest, id_: str, suffix: str) -> HttpResponse:
    """Give the roll-ups of a register as a file."""
    register, on = found_register(id_), timezone.localdate()
    figures = standing(register, timezone.now()).figures
    return listing_response(boards.listing(register, figures, references(), on), suffix)


@public
@require_safe
def timeline(request: HttpRequest, id_: str) -> HttpResponse:
    """Show the stages of works: promised and happened, delay, strength of the promise."""
    register, on = found_register(id_), timezone.localdate()
    looked_up = references()
    if register.declared.stages is None:
        raise Http404
    found = rows_of(register, request.user, Filters.of(register, request.GET)).select_related("organisation")
    # What was promised with a date comes first; vast registers stay in the order of names.
    few = found.count() <= _SORTED
    ordered = sorted(found, key=lambda row: lists.by_promise(register, row, on)) if few else found
    page: Any = Paginator(ordered, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        **_head(register, request),
        "page": page,
        "works": [lists.work(register, row, looked_up, on) for row in page.object_list],
        "verdicts": lists.verdicts(register, ordered if few else page.object_list, on),
        "query": Filters.of(register, request.GET).query,
    }
    return render(request, "registers/timeline.html", context)


def _head(register: Register, request: HttpRequest) -> dict[str, Any]:
    """Return what every page of a register shows above."""
    return {
        "register": register,
        "declared": register.declared,
        "lamps": {state: state_lamp(register, state) for state in register.declared.states},
        "may_add": may_add(register, request.user),
        "region": region_named(settings.REGION),
        "has_board": bool(register.declared.rollups),
    }
