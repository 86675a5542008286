"""The page of one cell: its history, a correction, and the approval of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tongchou.kernel.numbers import number
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region import Figure, Indicator, Region
from tongchou.region.crosstab import STATES
from tongchou.surfaces.typed import Said, typed
from tongchou.web.figures import codes
from tongchou.web.figures.actions import approve_correction, propose_correction, turn_down_correction
from tongchou.web.figures.coverage import column_of
from tongchou.web.figures.keeping import Proposed
from tongchou.web.figures.models import FigureRecord
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.states import State
from tongchou.web.figures.store import indicators
from tongchou.web.people.access import public
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import check, drafts_of, may


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell by name."""

    region: Region
    indicator: Indicator
    place: str
    period: str
    base: str

    @property
    def names(self) -> dict[str, str]:
        """The cell as the database knows it."""
        return {"indicator": self.indicator.id, "place": self.place, "period": self.period, "base": self.base}

    @property
    def packaged(self) -> list[Figure]:
        """What the region package holds of it."""
        held = self.region.held(self.place, self.indicator.id, self.period)
        return [f for f in held if f.base == self.base]


def cell_named(id_: str, place: str, key: str) -> Cell:
    """Return a cell; raise 404 where indicator, place or period are none."""
    region = region_named(settings.REGION)
    indicator = indicators().get(id_)
    period, _, base = key.partition("~")
    try:
        column_of(region, period, base)
    except ValueError:
        raise Http404 from None
    if indicator is None or place not in region.places or (base and base not in region.bases):
        raise Http404
    return Cell(region, indicator, place, period, base)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest, id_: str, place: str, key: str) -> HttpResponse:
    """Show every revision of a cell with source, status, who, when and why; take a correction or an approval."""
    cell = cell_named(id_, place, key)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            _do(request, cell)
        except ProblemsError as error:
            problems = error.problems
        else:
            return HttpResponseRedirect(request.path)
    context = _context(request, cell) | {"problems": problems, "typed": request.POST}
    return render(request, "figures/history.html", context, status=422 if problems else 200)


def _do(request: HttpRequest, cell: Cell) -> None:
    verb, now = request.POST.get("verb", ""), timezone.now()
    if verb == "propose":
        organisation = _owner(request, cell)
        if organisation is None:
            check(request.user, "figures.approve")
            raise Http404
        check(request.user, "figures.correct", organisation.pk)
        assert request.user.is_authenticated  # noqa: S101 — checked above
        propose_correction(
            proposed=_proposed(request, cell),
            reason=request.POST.get("reason", ""),
            organisation=organisation,
            by=request.user,
            now=now,
        )
        return
    check(request.user, "figures.approve")
    assert request.user.is_authenticated  # noqa: S101 — checked above
    submitted = get_object_or_404(FigureRecord, pk=request.POST.get("record") or 0, **cell.names)
    if verb == "approve":
        approve_correction(submitted=submitted, by=request.user, now=now)
    else:
        turn_down_correction(submitted=submitted, reason=request.POST.get("reason", ""), by=request.user, now=now)


def _proposed(request: HttpRequest, cell: Cell) -> Proposed:
    unit = cell.indicator.unit
    read = typed(request.POST.get("value", ""), unit)
    problems = []
    if read.said not in (Said.VALUE, Said.NOT_APPLICABLE):
        problems.append(codes.NOT_A_FIGURE.at("value", text=read.text or ""))
    if not request.POST.get("source", "").strip():
        problems.append(codes.SOURCE_NEEDED.at("source"))
    try:
        status = Status.parse(request.POST.get("status", "reported"))
    except ValueError:
        status = Status.REPORTED
        known = "、".join(s.word for s in Status)
        problems.append(codes.UNKNOWN_STATUS.at("status", text=request.POST.get("status", "")[:20], known=known))
    if problems:
        raise ProblemsError(problems)
    return Proposed(
        indicator=cell.indicator.id,
        place=cell.place,
        period=cell.period,
        value=read.value,
        unit=unit,
        status=int(status),
        source=request.POST["source"].strip()[:300],
        note=request.POST.get("note", "").strip()[:1000],
        base=cell.base,
    )


def _owner(request: HttpRequest, cell: Cell) -> Organisation | None:
    """Return for whom the person corrects: the county whose cell it is, or the city body the person works for."""
    found = Organisation.objects.filter(place=cell.place, kind="county_government").first()
    if found is None and request.user.is_authenticated and may(request.user, "figures.approve"):
        found = next((m.organisation for m in request.user.roles), None)
    return found


def _context(request: HttpRequest, cell: Cell) -> dict[str, Any]:
    seen = drafts_of(request.user)
    rows = FigureRecord.objects.filter(**cell.names).select_related("entered_by", "approved_by", "organisation")
    shown = [
        r
        for r in rows
        if r.state in (State.APPROVED, State.SUPERSEDED) or seen is None or (r.organisation_id or "") in seen
    ]
    owner = _owner(request, cell)
    period = column_of(cell.region, cell.period, cell.base)
    return {
        "region": cell.region,
        "indicator": cell.indicator,
        "place": Text(cell.region.places[cell.place].name, cell.region.places[cell.place].name_en),
        "column": period,
        "records": shown,
        "packaged": [(f, _printed(f), cell.region.sources.get(f.source)) for f in cell.packaged],
        "is_packaged_in_force": not any(r.state == State.APPROVED for r in shown),
        "waiting": next((r for r in shown if r.state == State.SUBMITTED), None),
        "may_correct": owner is not None and may(request.user, "figures.correct", owner.pk),
        "may_approve": may(request.user, "figures.approve"),
        "statuses": [(s.word, s.label) for s in sorted(Status, reverse=True)],
        "status_value": request.POST.get("status", "reported"),
    }


def _printed(figure: Figure) -> Text:
    if figure.value is None:
        return STATES["not_applicable"]
    return Text(number(figure.value), number(figure.value))
