"""The ledger as Excel, out and back: forms, receiving one, looking at what it would change, importing it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.workbook.returned import returned_workbook
from tongchou.web.duties.actions.importing import import_ledger, look, receive_ledger
from tongchou.web.duties.models import ReceivedLedger
from tongchou.web.duties.workbook_forms import ledger_form, progress_form
from tongchou.web.duties.workbook_reading import Outcome
from tongchou.web.files.actions import sent
from tongchou.web.files.kinds import TABLES
from tongchou.web.ledger.documents import chosen_document
from tongchou.web.ledger.models import Document
from tongchou.web.listings import file_response
from tongchou.web.people.access import signed_in
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import check, may, organisations_of

_SHOWN = 500  # changes or faults on the page; the workbook sent back has all


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — only people with an account come here
    return request.user


def _document(request: HttpRequest) -> Document:
    document = chosen_document(request, read=False)
    if document is None:
        raise Http404
    return document


def _own(request: HttpRequest) -> list[Organisation]:
    """Return the units whose progress the person may send."""
    held = organisations_of(request.user, "duties.report")
    return list(Organisation.objects.filter(pk__in=held or ()))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def workbooks(request: HttpRequest) -> HttpResponse:
    """Offer the forms, and take a filled one: what it would change is shown next."""
    user, confirms, own = _user(request), may(request.user, "duties.confirm"), _own(request)
    problems: tuple[Problem, ...] = ()
    document = _document(request)
    if request.method == "POST":
        is_progress = request.POST.get("what") == "progress"
        unit = _named(request, is_progress)
        try:
            name, data = sent(request, endings=TABLES)
            received = receive_ledger(
                document=document,
                name=name,
                data=data,
                given_by=unit,
                is_progress=is_progress,
                by=user,
                now=timezone.now(),
            )
        except ProblemsError as error:
            problems = error.problems
        else:
            return HttpResponseRedirect(reverse("duties:received", args=[received.pk]))
    earlier = ReceivedLedger.objects.select_related("file", "received_by", "organisation")
    if not confirms:
        earlier = earlier.filter(organisation__in=[o.pk for o in own])
    context = {
        "document": document,
        "confirms": confirms,
        "own": own,
        "earlier": earlier[:30],
        "problems": problems,
        "accept": ",".join(TABLES),
    }
    return render(request, "duties/workbooks.html", context, status=422 if problems else 200)


def _named(request: HttpRequest, is_progress: bool) -> Organisation:
    """Return in whose name a workbook speaks; raise ``PermissionDenied`` for another's."""
    if is_progress:
        unit = get_object_or_404(Organisation, pk=request.POST.get("unit", ""))
        check(request.user, "duties.report", unit.pk)
        return unit
    check(request.user, "duties.confirm")
    return get_object_or_404(Organisation, pk=min(_user(request).organisations))


@signed_in
@require_safe
def ledger_template(request: HttpRequest) -> HttpResponse:
    """Give the whole ledger as a form."""
    check(request.user, "duties.confirm")
    user, document = _user(request), _document(request)
    unit = get_object_or_404(Organisation, pk=min(user.organisations))
    data = ledger_form(document, user, unit, timezone.localdate())
    return file_response(data, EXPORTS[".xlsx"].media_type, f"{document.title[:40]}-台账", "xlsx")


@signed_in
@require_safe
def progress_template(request: HttpRequest, id_: str) -> HttpResponse:
    """Give a unit's commitments as a form for its progress."""
    check(request.user, "duties.report", id_)
    unit, user = get_object_or_404(Organisation, pk=id_), _user(request)
    data = progress_form(_document(request), unit, user, timezone.localdate())
    return file_response(data, EXPORTS[".xlsx"].media_type, f"{unit.name}-承诺进展填报表", "xlsx")


def _received(request: HttpRequest, pk: int) -> ReceivedLedger:
    found = ReceivedLedger.objects.select_related("file", "document", "organisation").defer("document__contract")
    one = get_object_or_404(found, pk=pk)
    permission = "duties.report" if one.is_progress else "duties.confirm"
    check(request.user, permission, one.organisation_id if one.is_progress else None)
    return one


@signed_in
@require_safe
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a workbook would change, or what is wrong in it; nothing is changed by looking."""
    return _look_page(request, _received(request, pk))


def _look_page(request: HttpRequest, one: ReceivedLedger, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    outcome = Outcome()
    try:
        outcome = look(one, timezone.now())
    except ProblemsError as error:
        problems = error.problems
    context = {
        "received": one,
        "outcome": outcome,
        "changes": outcome.changes[:_SHOWN],
        "faults": outcome.faults[:_SHOWN],
        "problems": problems,
    }
    return render(request, "duties/received.html", context, status=422 if problems or outcome.faults else 200)


@signed_in
@require_safe
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the same workbook back, wrong cells red with their reasons."""
    one = _received(request, pk)
    data = returned_workbook(one.file.name, one.file.content(), look(one, timezone.now()).faults)
    stem = one.file.name.rpartition(".")[0]
    return file_response(data, EXPORTS[".xlsx"].media_type, f"{stem}-需要更正", "xlsx")


@signed_in
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Import a workbook that was looked at: all of it, or nothing where anything is wrong."""
    one = _received(request, pk)
    try:
        import_ledger(received=one, by=_user(request), now=timezone.now())
    except ProblemsError as error:
        return _look_page(request, one, error.problems[:_SHOWN])
    return HttpResponseRedirect(reverse("duties:received", args=[pk]))
