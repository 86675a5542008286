"""The page of the search over everything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongchou.web.finding import Hit, find, pieces
from tongchou.web.language import current
from tongchou.web.people.access import public

_MOST = 20
_LETTERS = 60


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found for ``?words=`` that the reader may see, by kind of thing."""
    words = " ".join(request.GET.get("words", "").replace("\0", " ").split())[:_LETTERS]
    kinds: dict[str, list[Hit]] = {}
    for hit in find(request.user, words, _MOST):
        kinds.setdefault(hit.kind.in_(current()), []).append(hit)
    groups = [
        (
            kind,
            [(pieces(words, h.title.in_(current())), pieces(words, h.around.in_(current())), h.address) for h in hits],
        )
        for kind, hits in kinds.items()
    ]
    context = {"words": words, "groups": groups, "total": sum(len(hits) for _, hits in groups), "most": _MOST}
    return render(request, "search/search.html", context)
