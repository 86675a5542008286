"""Pages of the ledger of movements: all lines, one entry, posting and reversing, statements and their confirmation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.surfaces.exports import EXPORTS
from tongchou.web.language import current
from tongchou.web.listings import file_response, listing_response
from tongchou.web.money import actions
from tongchou.web.money.amounts import yuan
from tongchou.web.money.models import Confirmation, Entry, Kind, Line, Transfer
from tongchou.web.money.papers import ledger_listing, period_words, statement_listing, statement_paper, statement_title
from tongchou.web.money.queries import entries, lines, organisations_with_flows, totals
from tongchou.web.money.statement import Statement, statement
from tongchou.web.people.access import requires, signed_in
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import check, drafts_of, may
from tongchou.web.runs.pages import titles
from tongchou.web.runs.queries import in_full, visible

_ROWS = 100
_MOST = 20_000


def _found(request: HttpRequest) -> tuple[QuerySet[Line], dict[str, str]]:
    chosen = {name: request.GET.get(name, "").strip()[:80] for name in ("year", "rule", "transfer", "real")}
    found = lines(request.user)
    if chosen["year"].isdigit():
        found = found.filter(entry__year=int(chosen["year"][:4]))
    if chosen["rule"]:
        found = found.filter(entry__rule=chosen["rule"])
    if chosen["transfer"] in Transfer.values:
        found = found.filter(entry__transfer=chosen["transfer"])
    if chosen["real"] == "1":
        found = found.filter(entry__is_illustrative=False)
    return found, chosen


@signed_in
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """List the movements a person may see."""
    found, chosen = _found(request)
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    called = titles(settings.REGION)
    mine = lines(request.user).order_by()
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "rows": [
            (line, called.get(line.entry.rule, line.entry.rule), period_words(line.entry.period), yuan(line.fen))
            for line in page
        ],
        "chosen": chosen,
        "years": sorted(mine.values_list("entry__year", flat=True).distinct(), reverse=True),
        "rules": [(r, called.get(r, r)) for r in sorted(mine.values_list("entry__rule", flat=True).distinct())],
        "transfers": [(t.value, t.words) for t in Transfer],
        "totals": [(Transfer(t).words, yuan(fen)) for t, fen in totals(found)],
        "query": query.urlencode(),
    }
    return render(request, "money/ledger.html", context)


@signed_in
@require_safe
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the list as a file."""
    found, _ = _found(request)
    return listing_response(ledger_listing(found[:_MOST], titles(settings.REGION), timezone.now()), suffix)


@signed_in
@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one entry with the lines a person may see."""
    return _entry(request, get_object_or_404(entries(request.user), pk=pk), [])


def _entry(request: HttpRequest, found: Entry, problems: list[Problem]) -> HttpResponse:
    shown = [(line, yuan(line.fen)) for line in lines(request.user).filter(entry=found)]
    context = {
        "entry": found,
        "lines": shown,
        "sum": yuan(found.fen),
        "is_whole": drafts_of(request.user) is None,
        "rule_title": titles(settings.REGION).get(found.rule, found.rule),
        "period": period_words(found.period),
        "reversal": Entry.objects.filter(reverses=found).first(),
        "corrections": list(found.corrections.all()),
        "may_reverse": found.is_open and found.kind != Kind.REVERSAL and may(request.user, "money.reverse"),
        "problems": problems,
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "money/entry.html", context, status=422 if problems else 200)


@requires("money.post")
@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Post what an approved run orders."""
    run = get_object_or_404(visible(request.user), pk=pk)
    check(request.user, "money.post", run.organisation_id)
    words = request.POST.get("acknowledgement", "") if "acknowledge" in request.POST else ""
    try:
        actions.post(run=run, acknowledgement=words, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except ProblemsError as error:
        from tongchou.web.runs.views import run_page

        return run_page(request, get_object_or_404(in_full(request.user), pk=pk), list(error.problems))
    return HttpResponseRedirect(f"{reverse('runs:run', args=[pk])}#money")


@requires("money.reverse")
@require_POST
def reverse_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an entry by a contra entry."""
    found = get_object_or_404(entries(request.user), pk=pk)
    check(request.user, "money.reverse", found.run.organisation_id)
    try:
        reason = request.POST.get("reason", "")
        contra = actions.reverse(entry=found, reason=reason, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except ProblemsError as error:
        return _entry(request, get_object_or_404(entries(request.user), pk=pk), list(error.problems))
    return HttpResponseRedirect(reverse("money:entry", args=[contra.pk]))


@signed_in
@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """List the statements a person may see, with what the unit said of each."""
    held = organisations_with_flows(request.user)
    said: dict[tuple[str, int], Confirmation] = {}
    for one in Confirmation.objects.order_by("at"):
        said[one.organisation_id, one.year] = one
    context = {
        "rows": [
            (row["organisation"], [(year, said.get((row["organisation"].pk, year))) for year in row["years"]])
            for row in held
        ]
    }
    return render(request, "money/statements.html", context)


def _statement(request: HttpRequest, id_: str, year: int) -> Statement:
    """Return a statement; only the organisation itself and the city see it."""
    organisation = get_object_or_404(Organisation, pk=id_)
    seen = drafts_of(request.user)
    if seen is not None and organisation.pk not in seen:
        raise Http404
    return statement(organisation, year)


@signed_in
@require_safe
def statement_page(request: HttpRequest, id_: str, year: int) -> HttpResponse:
    """Show an organisation's statement of a year."""
    return _page(request, _statement(request, id_, year), [])


def _page(request: HttpRequest, held: Statement, problems: list[Problem]) -> HttpResponse:
    called = titles(settings.REGION)
    said = list(Confirmation.objects.filter(organisation=held.organisation, year=held.year).select_related("by"))
    context: dict[str, Any] = {
        "statement": held,
        "title": statement_title(held),
        "rows": [
            (f, called.get(f.entry.rule, f.entry.rule), period_words(f.entry.period), yuan(f.income), yuan(f.outgo))
            for f in held.flows
        ],
        "income": yuan(held.income),
        "outgo": yuan(held.outgo),
        "balance": yuan(held.balance),
        "made_up": (yuan(held.illustrative_income), yuan(held.illustrative_outgo)) if held.has_made_up else None,
        "said": [(one, one.digest == held.digest) for one in said],
        "may_confirm": bool(held.flows)
        and not any(one.digest == held.digest for one in said)
        and may(request.user, "money.confirm", held.organisation.pk),
        "problems": problems,
        "typed": request.POST.get("words", ""),
    }
    return render(request, "money/statement.html", context, status=422 if problems else 200)


@signed_in
@require_safe
def statement_export(request: HttpRequest, id_: str, year: int, suffix: str) -> HttpResponse:
    """Give a statement as a file; the Word document is a paper to be signed and sealed."""
    held, called, now = _statement(request, id_, year), titles(settings.REGION), timezone.now()
    if suffix == "docx":
        data = statement_paper(held, called, now, current())
        return file_response(data, EXPORTS[".docx"].media_type, statement_title(held).in_(current()), suffix)
    return listing_response(statement_listing(held, called, now), suffix)


@requires("money.confirm")
@require_POST
def confirm(request: HttpRequest, id_: str, year: int) -> HttpResponse:
    """Keep the organisation's word on its statement: received as stated, or not and why."""
    held = _statement(request, id_, year)
    if not may(request.user, "money.confirm", held.organisation.pk):
        raise PermissionDenied("money.confirm")
    try:
        actions.confirm(
            organisation=held.organisation,
            year=year,
            digest=request.POST.get("digest", ""),
            agrees=request.POST.get("agrees") == "yes",
            words=request.POST.get("words", ""),
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except ProblemsError as error:
        return _page(request, held, list(error.problems))
    return HttpResponseRedirect(reverse("money:statement", args=[id_, year]))
