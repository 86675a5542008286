"""Progress by chapter and by county, one commitment with its feed, and the disclosure log: for everybody."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from tongchou.kernel.text import Text
from tongchou.policy.model import Policy
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.duties.kept_standings import known_of
from tongchou.web.duties.standing import Known, Standing
from tongchou.web.events.words import words_of
from tongchou.web.figures.regions import region_named
from tongchou.web.language import current
from tongchou.web.ledger.models import Document
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public
from tongchou.web.people.models import Organisation
from tongchou.web.public.mail import can_send
from tongchou.web.public.models import Question
from tongchou.web.public.progress import Group, Promise, by_chapter, by_county, concerns, promises
from tongchou.web.public.queries import disclosures
from tongchou.web.public.routing import commitment_of
from tongchou.web.public.standing import LAMPS, confirmed, evidence_of, news, reports_of, standings
from tongchou.web.runs.models import Run
from tongchou.web.runs.steps import State

_A_PAGE = 60


def open_document() -> Document:
    """Return the policy that is public; raise 404 where there is none yet."""
    document = Document.objects.filter(is_builtin=True).first()
    if document is None:
        raise Http404
    return document


def _stamp(document: Document, known: Known) -> str:
    """Return what a part that shows where commitments stand on a day depends on; "" where it cannot be told."""
    return f"{document.stamp} {known.stamp} {known.on}" if document.stamp else ""


def _groups(document: Document, known: Known) -> tuple[list[Group], list[Group]]:
    held = confirmed(known)
    return by_chapter(document.policy, held), by_county(document.policy, region_named(settings.REGION), held)


def _found(document: Document, known: Known) -> dict[str, object]:
    chapters, counties = _groups(document, known)
    return {
        "chapters": chapters,
        "counties": counties,
        "total": sum(g.total for g in chapters),
        "confirmed": sum(g.confirmed for g in chapters),
    }


@public
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Show how far the commitments are, by chapter and by county."""
    document = open_document()
    known = known_of(document, timezone.localdate())
    context = {
        "document": document,
        "region": region_named(settings.REGION),
        "stamp": _stamp(document, known),
        "found": SimpleLazyObject(lambda: _found(document, known)),
        "lamps": LAMPS,
        "answers": Question.objects.published().select_related("organisation")[:5],
        "runs": Run.objects.filter(state=State.PUBLISHED).order_by("-published_at", "-pk")[:5],
    }
    return render(request, "public/progress.html", context)


@public
@require_safe
def progress_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the progress as a file."""
    document = open_document()
    chapters, counties = _groups(document, known_of(document, timezone.localdate()))
    columns = (
        ListingColumn(Text("分类", "By"), 10),
        ListingColumn(Text("章节或县（市、区）", "Chapter or county"), 30),
        ListingColumn(Text("承诺", "Commitments"), 9, "number"),
        ListingColumn(Text("已确认", "Confirmed"), 9, "number"),
        ListingColumn(Text("有日期", "Dated"), 9, "number"),
        *(ListingColumn(lamp.label, 9, "number") for lamp in LAMPS),
    )
    rows: list[list[Cell]] = []
    for word, groups in ((Text("章节", "chapter"), chapters), (Text("县（市、区）", "county"), counties)):
        rows += [
            [word, g.title, g.total, g.confirmed, g.dated, *(g.count(lamp.colour.value) for lamp in LAMPS)]
            for g in groups
        ]
    note = Text(
        "一项承诺可以涉及几个县（市、区）。灯由期限、报告和证据推出，未报不等于零。",
        "One commitment may concern several counties. Lamps follow from days, reports and evidence.",
    )
    foot = Text(f"来源文件 {document.name} · 核对码 {document.check_code}", f"check code {document.check_code}")
    return listing_response(Listing(Text("承诺进度", "Progress of commitments"), note, columns, rows, foot), suffix)


def _chosen(policy: Policy, query: Mapping[str, str], held: Mapping[str, Standing]) -> list[Promise]:
    clause, county, lamp = query.get("clause", ""), query.get("county", ""), query.get("lamp", "")
    found = promises(policy)
    if clause:
        found = [p for p in found if p[0].id == clause or p[0].id.startswith(f"{clause}.")]
    region = region_named(settings.REGION)
    if county in region.places:
        fits = concerns(region, county)
        found = [p for p in found if fits(p)]
    if lamp:
        found = [p for p in found if p[1].id in held and held[p[1].id].lamp.colour.value == lamp]
    return found


@public
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """List the commitments of a chapter, a county or a lamp, each with where it stands."""
    document = open_document()
    known = known_of(document, timezone.localdate())
    held = confirmed(known)
    chosen = _chosen(document.policy, request.GET.dict(), held)
    page = Paginator(chosen, _A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    region = region_named(settings.REGION)
    county = request.GET.get("county", "")
    context = {
        "document": document,
        "rows": [(clause, m, held.get(m.id)) for clause, m in page.object_list],
        "stamp": _stamp(document, known),
        "shown": " ".join(m.id for _, m in page.object_list),
        "page": page,
        "query": query.urlencode(),
        "chapters": [(c.id, c.heading or c.number) for c in document.policy.clauses if c.parent is None],
        "counties": [(p.code, Text(p.name, p.name_en)) for p in map(region.places.__getitem__, region.county_level())],
        "clause": request.GET.get("clause", ""),
        "county": county,
        "lamp": request.GET.get("lamp", ""),
        "lamps": LAMPS,
    }
    return render(request, "public/commitments.html", context)


@public
@require_safe
def commitments_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the commitments chosen as a file."""
    document = open_document()
    held = standings(document, timezone.localdate())
    columns = (
        ListingColumn(Text("编号", "Id"), 9),
        ListingColumn(Text("承诺", "Commitment"), 50),
        ListingColumn(Text("责任单位", "Parties"), 34),
        ListingColumn(Text("时限", "Due"), 12, "date"),
        ListingColumn(Text("状态", "State"), 10),
        ListingColumn(Text("依据", "Because"), 24),
    )
    rows: list[list[Cell]] = []
    for clause, m in _chosen(document.policy, request.GET.dict(), held):
        standing = held.get(m.id)
        rows.append(
            [
                m.id,
                m.text,
                "、".join(p.name for p in clause.duty.parties) if clause.duty else "",
                standing.facts.due if standing else (m.deadline.by if m.deadline else None),
                standing.lamp.label if standing else Text("待确认", "to be confirmed"),
                standing.lamp.why if standing else None,
            ]
        )
    note = Text(f"来源文件 {document.name}", f"source file {document.name}")
    return listing_response(Listing(Text("承诺与进展", "Commitments"), note, columns, rows), suffix)


@public
@require_safe
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Show one commitment: its words in the clause, who, when, where it stands, what was reported and asked."""
    document = open_document()
    found = commitment_of(document.policy, code)
    if found is None:
        raise Http404
    clause, m = found
    context = {
        "document": document,
        "clause": clause,
        "commitment": m,
        "standing": standings(document, timezone.localdate(), code).get(code),
        "reports": reports_of(document, code),
        "evidence": evidence_of(document, code),
        "answers": Question.objects.published().filter(document=document, commitment=code)[:20],
        "can_send": can_send(),
    }
    return render(request, "public/commitment.html", context)


@public
@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Give what became public about a commitment as an Atom feed."""
    document = open_document()
    found = commitment_of(document.policy, code)
    if found is None:
        raise Http404
    page = request.build_absolute_uri(reverse("public:commitment", args=[code]))
    held = news(document, code)[:50]
    atom = Atom1Feed(
        title=f"{code} {found[1].text[:60]}",
        link=page,
        description=found[1].text,
        language="en" if current() == "en" else "zh-Hans",
        feed_url=request.build_absolute_uri(),
    )
    for one in held:
        link = request.build_absolute_uri(one.address)
        atom.add_item(one.title.in_(current()), link, one.words, unique_id=link, pubdate=one.at, updateddate=one.at)
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public
@require_safe
def disclosure_log(request: HttpRequest) -> HttpResponse:
    """Show what became public when: kind, organisation and number of the event, so that it can be checked."""
    page = Paginator(disclosures(), 100).get_page(request.GET.get("page"))
    names = Organisation.objects.in_bulk()
    rows = [(e, words_of(e.kind), names[e.organisation].title if e.organisation in names else None) for e in page]
    return render(request, "public/disclosures.html", {"rows": rows, "page": page})


@public
@require_safe
def disclosure_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the disclosure log as a file."""
    names = Organisation.objects.in_bulk()
    columns = (
        ListingColumn(Text("留痕序号", "Event"), 9, "number"),
        ListingColumn(Text("时间", "Time"), 18),
        ListingColumn(Text("公开了什么", "What became public"), 30),
        ListingColumn(Text("单位", "Organisation"), 24),
        ListingColumn(Text("校验码", "Link"), 14),
    )
    rows: list[list[Cell]] = [
        [
            e.number,
            f"{timezone.localtime(e.at):%Y-%m-%d %H:%M}",
            words_of(e.kind),
            names[e.organisation].title if e.organisation in names else None,
            e.hash[:12],
        ]
        for e in disclosures()[:20_000]
    ]
    note = Text("什么时候公开了什么。", "What became public and when.")
    return listing_response(Listing(Text("公开记录", "Disclosure log"), note, columns, rows), suffix)
