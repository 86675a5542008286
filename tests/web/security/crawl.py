"""Walking the workbench: every address that is declared, every page a person can reach, every form on them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from lxml import html

from tongchou.web.people.access import ATTRIBUTE

STARTS = ("/", "/policy/", "/ledger/", "/figures/", "/rules/", "/people/", "/people/account/", "/public/", "/todo/",
          "/search/")  # fmt: skip
_SAMPLES = {"int": "999999999", "str": "none-such", "slug": "xlsx", "path": "none/such", "uuid": "0" * 8}
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One declared address, with arguments that name nothing."""

    path: str
    access: str  # "public", "signed in" or a permission
    view: Any

    @property
    def exempt(self) -> bool:
        """Whether it takes requests without the form token."""
        return bool(getattr(self.view, "csrf_exempt", False))


def routes() -> list[Route]:
    return [
        Route("/" + _ARGUMENT.sub(lambda m: _SAMPLES[m[1] or "str"], pattern), str(getattr(view, ATTRIBUTE, "")), view)
        for pattern, view in _views(get_resolver().url_patterns)
    ]


def _views(patterns: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _views(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one.callback


@dataclass(frozen=True)
class Form:
    """A form as a page has it: where it goes, and its fields with what they hold."""

    page: str
    action: str
    method: str
    fields: tuple[tuple[str, str, str], ...]  # kind, name, value

    def filled(self, text: str) -> dict[str, str]:
        """Return what is sent when every field for writing holds ``text`` and every other what it held."""
        return {name: text if kind in _WRITTEN else value for kind, name, value in self.fields}

    @property
    def writes(self) -> bool:
        return any(kind in _WRITTEN for kind, _, _ in self.fields)


_WRITTEN = {"text", "search", "textarea", "email", "password", "url", "tel", "number", "date", "month"}


@dataclass
class Walk:
    """What one person saw: pages by address, forms by where they go."""

    pages: dict[str, Any] = field(default_factory=dict)
    forms: dict[tuple[str, str, tuple[str, ...]], Form] = field(default_factory=dict)


def walk(client: Client, starts: tuple[str, ...] = ("/",), most: int = 200, per_view: int = 2) -> Walk:
    """Follow every link on this site, breadth first; of addresses that one view answers, ``per_view`` are opened."""
    seen, opened, found = set(starts), {}, Walk()
    waiting = deque(starts)
    while waiting and len(found.pages) < most:
        address = waiting.popleft()
        response = client.get(address)
        found.pages[address] = response
        if response.status_code != 200 or "html" not in response.headers.get("Content-Type", ""):
            continue
        tree = html.fromstring(response.content)
        for form in _forms(tree, address):
            names = tuple(n for _, n, _ in form.fields)
            found.forms.setdefault((form.method, _view_of(form.action), names), form)
        for link in tree.xpath("//a/@href | //*/@hx-get"):
            target = urlsplit(urljoin(address, str(link)))
            if target.netloc or target.scheme or not target.path.startswith("/"):
                continue
            next_ = target.path + (f"?{target.query}" if target.query else "")
            view = _view_of(target.path)
            if next_ not in seen and opened.get(view, 0) < per_view and not target.path.startswith("/static/"):
                seen.add(next_)
                opened[view] = opened.get(view, 0) + 1
                waiting.append(next_)
    return found


def _view_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Exception:  # whatever does not resolve is a page of its own
        return path


def _forms(tree: Any, page: str) -> Iterator[Form]:
    for form in tree.xpath("//form"):
        action = urljoin(page, form.get("action") or page)
        fields = []
        for one in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name] | .//button[@name]"):
            kind = one.get("type", "text") if one.tag == "input" else one.tag
            if one.tag == "select":
                chosen = one.xpath("./option[@selected]/@value") or one.xpath(".//option[@value != '']/@value") or [""]
                value = str(chosen[0])
            else:
                value = one.get("value") or (one.text or "" if one.tag == "textarea" else "")
            if kind not in ("file", "submit") and not (kind in ("checkbox", "radio") and one.get("checked") is None):
                fields.append((kind, str(one.get("name")), str(value)))
        yield Form(page, action, (form.get("method") or "get").lower(), tuple(fields))
