"""Pages of a document: text, ledger, findings, export, and receiving another one."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.places import Places
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.policy.labels import KINDS, REPAIR_KINDS, ROLES, STRENGTHS
from tongchou.surfaces.exports import EXPORTS
from tongchou.web import codes
from tongchou.web.computing.catalogue import by_clause
from tongchou.web.duties.actions.proposing import propose_commitments
from tongchou.web.figures.regions import region_named
from tongchou.web.ledger.actions import receive_document
from tongchou.web.ledger.documents import required_document
from tongchou.web.ledger.labels import FINDING_TITLES, TIMINGS
from tongchou.web.ledger.models import Document
from tongchou.web.ledger.passages import clause_views
from tongchou.web.ledger.queries import Filters, choices, counts, findings_by_clause, findings_by_code, ledger, only
from tongchou.web.listings import as_received, file_response
from tongchou.web.parts import render_part
from tongchou.web.people.access import public, requires
from tongchou.web.people.models import User

_LABELS = {
    "kinds": KINDS,
    "strengths": STRENGTHS,
    "timings": TIMINGS,
    "roles": ROLES,
    "repair_kinds": REPAIR_KINDS,
    "finding_titles": FINDING_TITLES,
}


def _places(document: Document) -> Places:
    return region_named(document.region).places if document.region else Places(())


@public
@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Show the text clause by clause, beside it what was read from it."""
    document = required_document(request)
    context = {
        "document": document,
        "policy": document.policy,
        "views": lambda: clause_views(document.policy),  # only where the page is not kept
        "counts": counts(document.policy),
        # Rules serve the clauses of the region's own policy; those of another document are numbered otherwise.
        "rules": by_clause(settings.REGION) if document.is_builtin else {},
        **_LABELS,
    }
    return render(request, "ledger/policy.html", context)


@public
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Show the commitments that match the filters."""
    document = required_document(request)
    filters = Filters.of(request.GET.dict())
    rows = ledger(document.policy, filters, _places(document))
    query = request.GET.copy()
    query["document"] = str(document.pk)
    query.pop("page", None)
    page = Paginator(rows, settings.LEDGER_ROWS).get_page(request.GET.get("page"))
    context = {
        "document": document,
        "rows": page.object_list,
        "page": page,
        "matching": len(rows),
        "total": len(document.policy.commitments),
        "filters": filters,
        "choices": lambda: choices(document.policy),
        "query": query.urlencode(),
        "exports": list(EXPORTS),
        **_LABELS,
    }
    return render_part(request, "ledger/rows.html", "ledger/table.html", context)


@public
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """Show what the document does not say, as a worklist by kind or by clause."""
    document = required_document(request)
    by_clause = request.GET.get("by") == "clause"
    context = {
        "document": document,
        "policy": document.policy,
        "by_clause": by_clause,
        "groups": findings_by_clause(document.policy) if by_clause else findings_by_code(document.policy),
        "headings": {c.id: c.heading or Truncator(c.text).chars(15) for c in document.policy.clauses},
        **_LABELS,
    }
    return render(request, "ledger/findings.html", context)


@public
@require_safe
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the document, or the rows the filters leave, as a file of the kind asked for."""
    document = required_document(request)
    kind = EXPORTS.get(f".{suffix}")
    if kind is None:
        raise Http404
    filters = Filters.of(request.GET.dict())
    content = document.policy
    if filters.is_set:
        content = only(content, ledger(content, filters, _places(document)))
    region = region_named(document.region) if document.region else None
    name = f"{document.title[:60]}-{kind.label.zh}"
    return file_response(kind.render(content, region), kind.media_type, name, suffix)


@public
@require_safe
def received(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a document's bytes as they were received; never shown inside the page."""
    document = Document.objects.seen_by(request.user).filter(pk=pk).first()
    if document is None:
        raise Http404
    return as_received(document.received_bytes(), document.name)


@requires("ledger.receive")
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents, and receive another one."""
    problems: tuple[Problem, ...] = ()
    use_region = request.method != "POST" or "use_region" in request.POST
    if request.method == "POST":
        region = region_named(settings.REGION) if use_region else None
        try:
            name, data = _uploaded(request)
            document = receive_document(data=data, name=name, region=region, now=timezone.now())
            assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
            propose_commitments(document=document, by=request.user, now=timezone.now())
        except ProblemsError as error:
            problems = error.problems
        else:
            return HttpResponseRedirect(f"{reverse('policy')}?document={document.pk}")
    context = {
        "problems": problems,
        "use_region": use_region,
        "received": Document.objects.defer("contract"),
        "region": region_named(settings.REGION),
        "max_mb": settings.UPLOAD_BYTES // 1024**2,
        "max_bytes": settings.UPLOAD_BYTES,
    }
    return render(request, "ledger/documents.html", context, status=422 if problems else 200)


def _uploaded(request: HttpRequest) -> tuple[str, bytes]:
    """Return the name and the bytes of the file sent; raise :class:`ProblemsError` without one of a fair size."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise ProblemsError([codes.NO_FILE.at("file")])
    name = file.name or "file"
    if file.size is not None and file.size > settings.UPLOAD_BYTES:
        raise ProblemsError([codes.FILE_TOO_LARGE.at(name, mb=settings.UPLOAD_BYTES // 1024**2)])
    return name, file.read()
