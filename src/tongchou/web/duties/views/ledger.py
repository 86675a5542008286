"""The live ledger: filters, rows with their lamps, export, and what is done to many rows at once."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from tongchou.web.duties.actions.confirming import confirm_all, follow
from tongchou.web.duties.kept_standings import known_of
from tongchou.web.duties.ledger_rows import Filters, choices, lamp_counts, ledger_listing, matching, signature
from tongchou.web.duties.models import Commitment
from tongchou.web.duties.parameters import lamp_parameters
from tongchou.web.ledger.documents import chosen_document
from tongchou.web.listings import listing_response
from tongchou.web.parts import render_part
from tongchou.web.people.access import public, requires
from tongchou.web.people.models import User
from tongchou.web.people.permissions import may
from tongchou.web.people.roles import Role

ROWS = 50


@public
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the commitments that match, as they stand today."""
    document = chosen_document(request, read=False)
    filters, on = Filters.of(request.GET.dict()), timezone.localdate()
    known = known_of(document, on)
    rows = matching(document, filters, request.user, on, known)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    query = urlencode({"document": document.pk if document else "", **filters.query()})
    confirms = may(request.user, "duties.confirm")
    context = {
        "document": document,
        "filters": filters,
        "choices": SimpleLazyObject(lambda: choices(document, known)),
        "rows": page.object_list,
        "shown": signature(list(page.object_list)),
        "stamp": f"{known.stamp} {on}",
        "page": page,
        "counts": lamp_counts(rows),
        "query": query,
        "on": on,
        "parameters": lamp_parameters(on),
        "confirms": confirms,
        "followers": followers() if confirms else (),
        "done": request.GET.get("done", ""),
    }
    return render_part(request, "duties/ledger_rows.html", "duties/ledger.html", context)


def followers() -> list[User]:
    """Return the people who may follow a commitment for the city."""
    on = timezone.localdate()
    held = User.objects.filter(is_active=True, memberships__role=Role.COORDINATOR, memberships__since__lte=on)
    return list(held.exclude(memberships__until__lt=on).distinct())


@public
@require_safe
def ledger_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the rows the filters leave as a file."""
    document = chosen_document(request, read=False)
    if document is None:
        raise Http404
    on = timezone.localdate()
    rows = matching(document, Filters.of(request.GET.dict()), request.user, on)
    return listing_response(ledger_listing(document, rows, on), suffix)


@requires("duties.confirm")
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing to all chosen rows: confirm them, name who follows them, or take them into a consultation."""
    assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
    keys = [k for k in request.POST.getlist("chosen") if k.isascii() and k.isdigit()][: settings.LEDGER_ROWS * 10]
    chosen = list(Commitment.objects.filter(pk__in=keys))
    now, done = timezone.now(), 0
    match request.POST.get("do"):
        case "confirm":
            done = confirm_all(commitments=chosen, by=request.user, now=now)
        case "follow":
            follower = next((f for f in followers() if f.username == request.POST.get("follower")), None)
            for one in chosen:
                follow(commitment=one, follower=follower, by=request.user, now=now)
            done = len(chosen)
        case "consult":
            query = urlencode({"chosen": [c.pk for c in chosen]}, doseq=True)
            return HttpResponseRedirect(f"{reverse('duties:new-round')}?{query}")
        case _:
            raise Http404
    back = request.POST.get("query", "")
    return HttpResponseRedirect(f"{reverse('duties:ledger')}?{back}&done={done}")
