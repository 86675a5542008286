"""The page of help: who does what where, and the keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.web.pages.hints import HINTS
from tongchou.web.people.access import public

#: Single keys, which a reader can switch off on this page (WCAG 2.1, 2.1.4), then what browsers do by themselves.
KEYS: tuple[tuple[str, Text], ...] = (
    ("/", Text("查找", "search")),
    ("h", Text("首页", "home")),
    ("t", Text("今天要我做的", "to be done today")),
    ("p", Text("政策条文", "text of the policy")),
    ("l", Text("台账", "ledger")),
    ("d", Text("数据", "figures")),
    ("g", Text("公开", "public pages")),
    ("?", Text("本页", "this page")),
)


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show what each role does here, the words of the lamps, and the keys."""
    roles = [(role.label, words) for role, words in HINTS.items()]
    return render(request, "pages/help.html", {"keys": KEYS, "roles": roles})
