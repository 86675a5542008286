"""The interface put together: its routes, its guard, its errors, and its description (OpenAPI 3.1)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.renderers import JSONRenderer

from tongchou import __version__
from tongchou.web.api.errors import answer_errors
from tongchou.web.api.guard import Anybody, Rate
from tongchou.web.api.routes import collection, commitments, documents, figures, people, public, registers, rules, runs
from tongchou.web.people.access import public as open_to_all

_ABOUT = """统筹工作台的数据接口。看得到什么与网页相同：未审定的只有本单位和市级能看到。
程序用令牌：`Authorization: Bearer tc_…`，在“接口令牌”页生成；写操作要带写权限的令牌。
错误都是 `{"problems": [{code, where, message, hint, severity}]}`。列表分页：`page`、`per_page`（最多 200）。

The records of the pages as data, by the same rules of who sees what. Programs send a token. Every error has one shape.
Answers to problems are in Chinese; `?language=en` gives English."""


class _NoDocs(DocsBase):
    """The page of the description is ours: ninja's own loads its script from elsewhere."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> Any:
        """Never asked: there is no address for it."""
        raise NotImplementedError


_json = JSONRenderer()
_json.json_dumps_params = {"ensure_ascii": False}  # Chinese can be read

api = NinjaAPI(
    title="统筹 Tongchou",
    version=__version__,
    description=_ABOUT,
    docs=_NoDocs(),
    renderer=_json,
    docs_url=None,
    auth=Anybody(),
    throttle=[Rate("120/m", "1200/m")],
    urls_namespace="api",
)
answer_errors(api)
for _router in (documents, commitments, people, figures, collection, rules, runs, registers, public):
    api.add_router("", _router.router)


def addresses() -> list[URLPattern | URLResolver]:
    """Return the addresses of the interface, each open to all at the door: the guard stands inside."""
    patterns: list[URLPattern | URLResolver] = api.urls[0]
    for one in patterns:
        if isinstance(one, URLPattern):
            open_to_all(one.callback)
    return patterns
