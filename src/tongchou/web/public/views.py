"""Progress by chapter and by county, and one commitment: for everybody."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.figures.regions import region_named
from tongchou.web.ledger.models import Document
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public
from tongchou.web.public.progress import Group, by_chapter, by_county
from tongchou.web.public.standing import Lamp, standings


def open_document() -> Document:
    """Return the policy that is public; raise 404 where there is none yet."""
    document = Document.objects.filter(is_builtin=True).first()
    if document is None:
        raise Http404
    return document


def _groups(document: Document) -> tuple[list[Group], list[Group]]:
    held = standings(document)
    return by_chapter(document.policy, held), by_county(document.policy, region_named(settings.REGION), held)


@public
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Show how far the commitments are, by chapter and by county."""
    document = open_document()
    chapters, counties = _groups(document)
    context = {
        "document": document,
        "region": region_named(settings.REGION),
        "chapters": chapters,
        "counties": counties,
        "lamps": list(Lamp),
        "total": sum(g.total for g in chapters),
    }
    return render(request, "public/progress.html", context)


@public
@require_safe
def progress_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the progress as a file."""
    document = open_document()
    chapters, counties = _groups(document)
    columns = (
        ListingColumn(Text("分类", "By"), 10),
        ListingColumn(Text("章节或县（市、区）", "Chapter or county"), 30),
        ListingColumn(Text("承诺", "Commitments"), 9, "number"),
        ListingColumn(Text("有日期", "Dated"), 9, "number"),
        *(ListingColumn(lamp.label, 9, "number") for lamp in Lamp),
    )
    rows: list[list[Cell]] = []
    for word, groups in ((Text("章节", "chapter"), chapters), (Text("县（市、区）", "county"), counties)):
        rows += [[word, g.title, g.total, g.dated, *(g.count(lamp.colour) for lamp in Lamp)] for g in groups]
    note = Text(
        "一项承诺可以涉及几个县（市、区）。灯由期限、报告和证据推出，未报不等于零。",
        "One commitment may concern several counties. Lamps follow from days, reports and evidence.",
    )
    foot = Text(f"来源文件 {document.name} · 核对码 {document.check_code}", f"check code {document.check_code}")
    return listing_response(Listing(Text("承诺进度", "Progress of commitments"), note, columns, rows, foot), suffix)
