"""The coordinator's worklist: what was read and not yet decided, clause by clause."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from tongchou.web.duties.actions.confirming import confirm_all
from tongchou.web.duties.actions.proposing import propose_commitments
from tongchou.web.duties.models import Commitment
from tongchou.web.duties.words import Decision
from tongchou.web.ledger.documents import chosen_document, required_document
from tongchou.web.people.access import requires
from tongchou.web.people.models import User


@requires("duties.confirm")
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Show the clauses with what is undecided in each, and the commitments of the one chosen."""
    document = chosen_document(request, read=False)
    held = Commitment.objects.filter(document=document)
    undecided = Q(decision=Decision.PROPOSAL) | Q(reread__gt="") | Q(is_missing=True)
    clauses = list(
        held.order_by("clause")
        .values("clause", "heading")
        .annotate(total=Count("pk"), open=Count("pk", filter=undecided), first=Count("order"))
        .order_by("clause")
    )
    order = {c: n for n, c in enumerate(dict.fromkeys(held.order_by("order").values_list("clause", flat=True)))}
    clauses.sort(key=lambda c: order[c["clause"]])
    chosen = request.GET.get("clause") or next((c["clause"] for c in clauses if c["open"]), "")
    found = held.filter(undecided).filter(clause=chosen) if chosen else held.filter(undecided)
    page = Paginator(found.prefetch_related("duties"), settings.LEDGER_ROWS).get_page(request.GET.get("page"))
    context = {
        "document": document,
        "clauses": clauses,
        "chosen": chosen,
        "page": page,
        "rows": page.object_list,
        "open": sum(c["open"] for c in clauses),
        "total": sum(c["total"] for c in clauses),
        "query": urlencode({"document": document.pk if document else "", "clause": chosen}),
        "done": request.GET.get("done", ""),
    }
    return render(request, "duties/confirm.html", context)


@requires("duties.confirm")
@require_POST
def confirm_clause(request: HttpRequest) -> HttpResponse:
    """Confirm what is ticked, or everything undecided of a clause or of the document."""
    assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
    document = chosen_document(request, read=False)
    if document is None:
        raise Http404
    found = Commitment.objects.filter(document=document).filter(Q(decision=Decision.PROPOSAL) | Q(reread__gt=""))
    clause = request.POST.get("clause", "")
    match request.POST.get("do"):
        case "chosen":
            keys = [k for k in request.POST.getlist("chosen") if k.isascii() and k.isdigit()]
            found = found.filter(pk__in=keys)
        case "clause":
            found = found.filter(clause=clause)
        case "all":
            pass
        case _:
            raise Http404
    done = confirm_all(commitments=list(found), by=request.user, now=timezone.now())
    query = urlencode({"document": document.pk, "done": done})
    return HttpResponseRedirect(f"{reverse('duties:confirm')}?{query}")


@requires("duties.confirm")
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Take what the reader found in a document into the ledger."""
    assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
    document = required_document(request)
    propose_commitments(document=document, by=request.user, now=timezone.now())
    return HttpResponseRedirect(f"{reverse('duties:confirm')}?document={document.pk}")
