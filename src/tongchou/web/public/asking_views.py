"""Pages on which the public asks, looks a reply up, reads others' replies, and follows a commitment. No account."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.kernel.text import Text
from tongchou.kernel.working_days import Holidays, after_working_days, holidays
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.listings import listing_response
from tongchou.web.people.access import public
from tongchou.web.people.models import Organisation
from tongchou.web.public.asking import LEAST, MOST, MOST_CONTACT, Asked, ask
from tongchou.web.public.calendar import setting
from tongchou.web.public.following import ask_to_follow, confirm, end, follower_to_confirm, follower_to_end
from tongchou.web.public.mail import can_send, send_confirmation
from tongchou.web.public.models import Question
from tongchou.web.public.queries import Filters, by_code, matching
from tongchou.web.public.routing import commitment_of, responsible
from tongchou.web.public.states import Kind, Outcome
from tongchou.web.public.views import open_document

_A_PAGE = 30


def sender_of(request: HttpRequest) -> str:
    """Return the address a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _notices(on: date, days: int, held: Holidays) -> tuple[str, ...]:
    """Return the notices that set the holidays of a term; none where a year of it has no notice."""
    due = after_working_days(on, days, held)
    if not held.cover(on, due):
        return ()
    return tuple(n.number for year in range(on.year, due.year + 1) for n in held.notices[year])


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest) -> HttpResponse:
    """Take a question; on success show the code by which its reply is looked up, once."""
    document = open_document()
    given = request.POST if request.method == "POST" else request.GET
    asked = Asked(
        kind=given.get("kind", Kind.QUESTION.value),
        words=given.get("words", "").replace("\r\n", "\n").replace("\0", "").strip(),
        clause=given.get("clause", "").strip()[:40],
        commitment=given.get("commitment", "").strip()[:60],
        contact=given.get("contact", "").replace("\0", "").strip(),
    )
    problems: tuple[Problem, ...] = ()
    now = timezone.now()
    if request.method == "POST":
        # The field is out of sight of people; programs fill it in, and are told what people are told.
        if given.get("website", ""):
            return render(request, "public/asked.html", {"code": "", "question": None})
        try:
            question, code = ask(asked=asked, document=document, sender=sender_of(request), now=now)
        except ProblemsError as error:
            problems = error.problems
        else:
            return render(request, "public/asked.html", {"code": code, "question": question})
    term = setting("reply_working_days", timezone.localdate(now))
    clauses = [c for c in document.policy.clauses if c.commitments]
    found = commitment_of(document.policy, asked.commitment) if asked.commitment else None
    to = responsible(document.policy, found[0].id if found else asked.clause, Organisation.objects.in_bulk())
    context = {
        "asked": asked,
        "about": found[1] if found else None,
        "to": to,
        "kinds": [(k.value, k.label) for k in Kind],
        "clauses": [(c.id, Text(f"{c.id} {c.heading}", f"{c.id} {c.heading}")) for c in clauses],
        "problems": [p for p in problems if not p.where],
        "wrong": by_field(problems),
        "term": term,
        "notices": _notices(timezone.localdate(now), term.value, holidays()),
        "least": LEAST,
        "most": MOST,
        "most_contact": MOST_CONTACT,
    }
    return render(request, "public/ask.html", context, status=422 if problems else 200)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Look a question up by its code. The code is sent in a form, so that no log and no history holds it."""
    code = request.POST.get("code", "").strip()[:40] if request.method == "POST" else ""
    question = by_code(code)
    context = {
        "code": code,
        "question": question,
        "is_asked": bool(code),
        "routings": question.routings.select_related("organisation") if question is not None else (),
    }
    return render(request, "public/track.html", context, status=404 if code and question is None else 200)


def _published(request: HttpRequest) -> tuple[Filters, QuerySet[Question]]:
    filters = Filters.of(request.GET.dict())
    found = Question.objects.published().select_related("organisation").order_by("-published_at", "-pk")
    return filters, matching(found, filters, timezone.localdate(), public=True)


@public
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """List the questions whose replies are published."""
    filters, matched = _published(request)
    page = Paginator(matched, _A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page,
        "filters": filters,
        "query": query.urlencode(),
        "kinds": [(k.value, k.label) for k in Kind],
        "outcomes": [(o.value, o.label) for o in Outcome],
    }
    return render(request, "public/answers.html", context)


@public
@require_safe
def answers_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the published questions and replies as a file."""
    _, found = _published(request)
    columns = (
        ListingColumn(Text("编号", "Number"), 7, "number"),
        ListingColumn(Text("种类", "Kind"), 10),
        ListingColumn(Text("条款", "Clause"), 8),
        ListingColumn(Text("内容", "Words"), 44),
        ListingColumn(Text("答复单位", "Answered by"), 20),
        ListingColumn(Text("结果", "Outcome"), 10),
        ListingColumn(Text("答复", "Reply"), 50),
        ListingColumn(Text("收到", "Received"), 11, "date"),
        ListingColumn(Text("公开", "Published"), 11, "date"),
    )
    rows: list[list[Cell]] = [
        [
            q.pk,
            q.kind_label,
            q.clause,
            q.public_words,
            q.organisation.title,
            q.outcome_label,
            q.reply,
            timezone.localdate(q.received_at),
            timezone.localdate(q.published_at) if q.published_at else None,
        ]
        for q in found[:5000]
    ]
    note = Text("群众提问与答复，个人信息已隐去。", "Questions and replies; personal data has been taken out.")
    return listing_response(Listing(Text("公开问答", "Questions and replies"), note, columns, rows), suffix)


@public
@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one published question with its reply."""
    question = get_object_or_404(Question.objects.published().select_related("organisation", "document"), pk=pk)
    return render(request, "public/answer.html", {"question": question})


@public
@require_http_methods(["POST"])
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Take an address and send the first letter. What is said does not tell whether the address was known."""
    if not can_send():
        raise Http404
    document = open_document()
    if request.POST.get("website", ""):
        return render(request, "public/following.html", {"step": "sent", "commitment": code})
    try:
        follower = ask_to_follow(
            document=document,
            commitment=code,
            address=request.POST.get("address", ""),
            sender=sender_of(request),
            now=timezone.now(),
        )
    except ProblemsError as error:
        context = {"step": "wrong", "commitment": code, "problems": error.problems}
        return render(request, "public/following.html", context, status=422)
    if follower.confirmed_at is None:
        send_confirmation(follower, request.build_absolute_uri("/").rstrip("/"))
    return render(request, "public/following.html", {"step": "sent", "commitment": code})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by a button, so that a program that opens links confirms nothing."""
    follower = follower_to_confirm(token, timezone.now())
    if follower is None:
        return render(request, "public/following.html", {"step": "gone"}, status=404)
    if request.method == "POST":
        confirm(follower=follower, now=timezone.now())
        return render(request, "public/following.html", {"step": "confirmed", "commitment": follower.commitment})
    return render(request, "public/following.html", {"step": "confirm", "commitment": follower.commitment})


@public
@never_cache
@csrf_exempt  # a mail program posts here with nothing but the link (RFC 8058); the link's signature is the authority
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, token: str) -> HttpResponse:
    """Stop following by one click in a mail program, or by the button on this page; the address is deleted."""
    follower = follower_to_end(token)
    if follower is None:
        return render(request, "public/following.html", {"step": "ended"})
    if request.method == "POST":
        end(follower=follower, now=timezone.now())
        return render(request, "public/following.html", {"step": "ended"})
    return render(request, "public/following.html", {"step": "end", "commitment": follower.commitment})
