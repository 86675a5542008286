"""Pages over the whole ledger: silence, units against lamps, escalation, and the weekly list."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.duties.digesting import monday
from tongchou.web.duties.escalating import Escalated, escalated
from tongchou.web.duties.kept_standings import known_of, stamp
from tongchou.web.duties.lamp_board import board, board_listing
from tongchou.web.duties.ledger_rows import Filters, matching, signature
from tongchou.web.duties.matrix import matrix, matrix_listing
from tongchou.web.duties.models import Digest
from tongchou.web.duties.parameters import escalation, lamp_parameters
from tongchou.web.duties.silence import silence_listing, silences
from tongchou.web.duties.standing import Known
from tongchou.web.duties.words import Decision
from tongchou.web.ledger.documents import chosen_document
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public, signed_in
from tongchou.web.people.permissions import drafts_of, may

_CONFIRMED = Filters(decision=Decision.CONFIRMED)
_TITLES = {
    True: Text("县（市、区）与灯", "Counties and lamps"),
    False: Text("市直部门、功能区与灯", "Departments, zones and lamps"),
}


@signed_in
@require_safe
def silence(request: HttpRequest) -> HttpResponse:
    """Show who has said nothing for how long."""
    on = timezone.localdate()
    document = chosen_document(request, read=False)
    context = {
        "document": document,
        "rows": SimpleLazyObject(lambda: silences(document, on)),
        "on": on,
        "stamp": f"{stamp()} {on}",
        "parameters": lamp_parameters(on),
        "enters": may(request.user, "duties.enter"),
        "own": " ".join(sorted(getattr(request.user, "organisations", ()))),
    }
    return render(request, "duties/silence.html", context)


@signed_in
@require_safe
def silence_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the list of silence as a file."""
    on = timezone.localdate()
    return listing_response(silence_listing(silences(chosen_document(request, read=False), on), on), suffix)


@public
@require_safe
def lamps(request: HttpRequest) -> HttpResponse:
    """Show units against lamps, counties first."""
    document, on = chosen_document(request, read=False), timezone.localdate()
    known = known_of(document, on)
    rows = matching(document, _CONFIRMED, request.user, on, known)
    context = {
        "document": document,
        "boards": lambda: [(_TITLES[one], board(rows, on, counties=one)) for one in (True, False)],
        "on": on,
        "stamp": f"{known.stamp} {on}",
        "shown": signature(rows),
        "total": len(rows),
    }
    return render(request, "duties/lamps.html", context)


@public
@require_safe
def lamps_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give units against lamps as a file."""
    on = timezone.localdate()
    rows = matching(chosen_document(request, read=False), _CONFIRMED, request.user, on)
    both = [*board(rows, on, counties=True), *board(rows, on, counties=False)]
    return listing_response(board_listing(both, Text("各单位与灯", "Units and lamps"), on), suffix)


@public
@require_safe
def division(request: HttpRequest) -> HttpResponse:
    """Show units against clauses, as printed."""
    document = chosen_document(request, read=False)
    return render(request, "duties/matrix.html", {"document": document, "matrix": matrix(document)})


@public
@require_safe
def division_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give units against clauses as a file."""
    document = chosen_document(request, read=False)
    if document is None:
        raise Http404
    return listing_response(matrix_listing(document, matrix(document)), suffix)


@signed_in
@require_safe
def escalations(request: HttpRequest) -> HttpResponse:
    """Show the rules of escalation, what has reached which step, and the weekly lists."""
    on = timezone.localdate()
    known = known_of(chosen_document(request, read=False), on)
    rows = _escalated(request, known)
    context = {
        "on": on,
        "rules": escalation(on),
        "rows": rows,
        "stamp": f"{known.stamp} {on}",
        "shown": signature([e.standing for e in rows]),
        "digests": _digests(request),
        "week": monday(on),
    }
    return render(request, "duties/escalation.html", context)


def _escalated(request: HttpRequest, known: Known) -> list[Escalated]:
    """Return what has been escalated, of the units whose drafts the person sees."""
    on, drafts = known.on, drafts_of(request.user)
    rows = [s for s in known.together.values() if s.commitment.decision == Decision.CONFIRMED]
    found = escalated(rows, on, escalation(on))
    if drafts is None:
        return found
    return [e for e in found if any(d.organisation_id in drafts for d in e.standing.duties)]


def _digests(request: HttpRequest) -> list[Digest]:
    drafts = drafts_of(request.user)
    found = Digest.objects.filter(week=monday(timezone.localdate())).select_related("organisation")
    return list(found if drafts is None else found.filter(organisation__in=drafts))


_COLUMNS = (
    ListingColumn(Text("序号", "No."), 5, "centre"),
    ListingColumn(Text("编号", "Id"), 8, "centre"),
    ListingColumn(Text("承诺事项", "Commitment"), 44),
    ListingColumn(Text("责任单位", "Parties"), 28),
    ListingColumn(Text("事由", "Why"), 10, "centre"),
    ListingColumn(Text("天数", "Days"), 7, "number"),
    ListingColumn(Text("报告对象", "Goes to"), 16, "centre"),
)
_WHY = {"overdue": Text("逾期", "overdue"), "silence": Text("未发声", "silent")}


@signed_in
@require_safe
def escalations_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give what has been escalated as a file."""
    known = known_of(chosen_document(request, read=False), timezone.localdate())
    lines: list[list[Cell]] = [
        [
            n,
            e.standing.commitment.code,
            e.standing.commitment.text,
            "、".join(d.name for d in e.standing.duties),
            _WHY[e.step.after],
            e.days,
            e.to,
        ]
        for n, e in enumerate(_escalated(request, known), 1)
    ]
    rules = escalation(timezone.localdate())
    listing = Listing(Text("提醒与升级", "Reminders and escalation"), rules.paper.text(), _COLUMNS, lines)
    return listing_response(listing, suffix)
