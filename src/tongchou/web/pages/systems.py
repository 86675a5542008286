"""The table of contents: the systems the policy says should exist, and what there is here for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Listing, ListingColumn
from tongchou.systems.directory import MODULES, TIERS, System, systems
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.figures.regions import check_code, region_named
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public

_REACH, _SUPPLY = Text("可达", "reach"), Text("供给", "supply")
# Systems that are worked with on pages of their own: number → name of the view and what the page is called.
_PAGES: dict[str, tuple[tuple[str, Text], ...]] = {
    "S01": (("ledger", Text("承诺事项", "commitments")), ("duties:ledger", Text("在办台账", "ledger in motion"))),
    "S02": (("duties:plans", Text("实施方案", "implementation plans")),),
    "S03": (("duties:ledger", Text("在办台账", "ledger in motion")),),
    "S06": (("reach", _REACH),),
    "S12": (("public:progress", Text("公开", "public pages")), ("public:ask", Text("提问", "ask"))),
    "S17": (("connections", Text("联通", "connections")),),
    "S20": (("runs:runs", Text("测算", "runs")), ("money:statements", Text("对账单", "statements"))),
    "S21": (("money:ledger", Text("支付台账", "movements")),),
    "S47": (("reach", _REACH),),
    "S48": (("reach", _REACH),),
    "S70": (("reach", _REACH),),
    "S72": (("connections", Text("联通", "connections")),),
    "S73": (("connections", Text("联通", "connections")),),
    "S74": (("supply", _SUPPLY),),
    "S75": (("supply", _SUPPLY),),
    "S76": (("public:data", Text("数据下载", "data")),),
    "S77": (("supply", _SUPPLY),),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Something there is for a system: a page, a register or a rule."""

    kind: Text
    label: Text
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One system with what there is for it."""

    system: System
    tier: Text
    parts: tuple[Part, ...]


_PAGE = Text("页面", "page")
_REGISTER = Text("登记", "register")
_RULE = Text("规则", "rule")
_NOTHING = Text("还没有", "nothing yet")


@lru_cache(maxsize=4)
def lines(region: str) -> tuple[Line, ...]:
    """Return every system with the pages, registers and rules that serve it, in the order of the policy."""
    catalogue, _ = rules_of(region)
    found: dict[str, list[Part]] = {id_: list(_pages(id_)) for id_ in systems()}
    for register in catalogue.registers.values():
        parts = found.setdefault(register.declared.system, [])
        parts.append(Part(_REGISTER, register.declared.title.text(), _address("register", register.id)))
    for rule in catalogue.rules.values():
        found.setdefault(rule.declared.system, []).append(
            Part(_RULE, rule.declared.title.text(), reverse("rule", args=[rule.id]))
        )
    return tuple(Line(one, TIERS[one.tier], tuple(found[one.id])) for one in systems().values())


def _pages(id_: str) -> list[Part]:
    shown = []
    for view, label in _PAGES.get(id_, ()):
        if address := _address(view):
            shown.append(Part(_PAGE, label, address))
    return shown


def _address(view: str, *arguments: str) -> str:
    try:
        return reverse(view, args=arguments)
    except NoReverseMatch:
        return ""


@public
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Show the systems by module, with what is there for each and what is not yet."""
    held = lines(settings.REGION)
    context = {
        "region": region_named(settings.REGION),
        "modules": [(id_, title, [x for x in held if x.system.module == id_]) for id_, title in MODULES.items()],
        "total": len(held),
        "served": sum(bool(line.parts) for line in held),
    }
    return render(request, "pages/systems.html", context)


@public
@require_safe
def directory_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the systems as a file."""
    columns = (
        ListingColumn(Text("编号", "No."), 7, "centre"),
        ListingColumn(Text("系统", "System"), 34),
        ListingColumn(Text("依据条款", "Clauses"), 16),
        ListingColumn(Text("条文地位", "Standing in the text"), 18),
        ListingColumn(Text("现有页面、登记和规则", "Pages, registers and rules"), 60),
    )
    rows = [
        (line.system.id, line.system.title, "、".join(line.system.clauses), line.tier, _told(line.parts))
        for line in lines(settings.REGION)
    ]
    region = region_named(settings.REGION)
    listing = Listing(
        Text(f"{region.title.zh}区域协调发展各系统", f"Systems of the policy of {region.title.en}"),
        Text("编号依条文先后；空缺表示还没有。", "Numbered in the order of the text; an empty cell means nothing yet."),
        columns,
        rows,
        Text(f"核对码 {check_code(region.folder)}", f"check code {check_code(region.folder)}"),
    )
    return listing_response(listing, suffix)


def _told(parts: tuple[Part, ...]) -> Text:
    if not parts:
        return _NOTHING
    return Text(
        "；".join(f"{p.kind.zh}：{p.label.zh}" for p in parts),
        "; ".join(f"{p.kind.en}: {p.label.en}" for p in parts),
    )
