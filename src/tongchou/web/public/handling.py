"""Pages on which organisations handle the questions of the public: the list, and one question with what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.kernel.text import Text
from tongchou.kernel.working_days import working_days_left
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.events.record import history
from tongchou.web.events.words import words_of
from tongchou.web.listings import listing_response
from tongchou.web.people.access import requires
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import may
from tongchou.web.public import codes
from tongchou.web.public.actions import approve_reply, draft_reply, publish, return_reply, route
from tongchou.web.public.calendar import setting
from tongchou.web.public.models import Question
from tongchou.web.public.personal_data import struck_out
from tongchou.web.public.queries import Filters, handled_by, matching
from tongchou.web.public.secrecy import decipher
from tongchou.web.public.states import Kind, Outcome, ReplyState, State

_A_PAGE = 50


@requires("public.read")
@require_safe
def handling(request: HttpRequest) -> HttpResponse:
    """List the questions the person's organisation has, those due first."""
    on = timezone.localdate()
    filters = Filters.of(request.GET.dict())
    found = matching(handled_by(request.user), filters, on, public=False).order_by("answered_at", "due", "pk")
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    near = setting("near_working_days", on).value
    context = {
        "rows": [(q, _left(q, on), near) for q in page.object_list],
        "page": page,
        "filters": filters,
        "query": query.urlencode(),
        "states": [("waiting", Text("待答复", "waiting for a reply")), *((s.value, s.label) for s in State)],
        "kinds": [(k.value, k.label) for k in Kind],
        "near": near,
    }
    return render(request, "public/handling.html", context)


def _left(question: Question, on: date) -> int | None:
    """Return the working days left for a reply; nothing where it has been given."""
    if question.answered_at is not None:
        return None
    return working_days_left(on, question.due)


@requires("public.read")
@require_safe
def handling_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the list as a file; ways to reach people are never in it."""
    on = timezone.localdate()
    found = matching(handled_by(request.user), Filters.of(request.GET.dict()), on, public=False)
    columns = (
        ListingColumn(Text("编号", "Number"), 7, "number"),
        ListingColumn(Text("种类", "Kind"), 10),
        ListingColumn(Text("条款", "Clause"), 8),
        ListingColumn(Text("内容", "Words"), 50),
        ListingColumn(Text("责任单位", "Organisation"), 20),
        ListingColumn(Text("状态", "State"), 14),
        ListingColumn(Text("收到", "Received"), 11, "date"),
        ListingColumn(Text("答复期限", "Due"), 11, "date"),
        ListingColumn(Text("结果", "Outcome"), 10),
    )
    rows: list[list[Cell]] = [
        [
            q.pk,
            q.kind_label,
            q.clause,
            q.words,
            q.organisation.title,
            q.state_label,
            timezone.localdate(q.received_at),
            q.due,
            q.outcome_label,
        ]
        for q in found[:5000]
    ]
    note = Text("内部办理用，未公开的内容不得外传。", "For handling; what is not published stays inside.")
    return listing_response(Listing(Text("群众提问办理", "Questions in hand"), note, columns, rows), suffix)


@requires("public.read")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one question and do what the form asks; what was typed is kept when it cannot be done."""
    found = get_object_or_404(handled_by(request.user), pk=pk)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        action = _ACTIONS.get(request.POST.get("action", ""))
        if action is None:
            raise Http404
        assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
        try:
            action(found, request, request.user, timezone.now())
        except ProblemsError as error:
            problems = error.problems
        else:
            seen = handled_by(request.user).filter(pk=pk).exists()
            return HttpResponseRedirect(reverse("public:question", args=[pk]) if seen else reverse("public:handling"))
    found = get_object_or_404(handled_by(request.user), pk=pk)
    return render(request, "public/question.html", _shown(request, found, problems), status=422 if problems else 200)


def _shown(request: HttpRequest, found: Question, problems: tuple[Problem, ...]) -> dict[str, object]:
    user, organisation = request.user, found.organisation_id
    drafts = list(found.replies.select_related("by", "decided_by"))
    waiting = found.state in (State.RECEIVED, State.ROUTED)
    last = next((d for d in drafts if d.state == ReplyState.RETURNED), None)
    may_draft = waiting and may(user, "public.draft", organisation)
    may_approve = found.state == State.DRAFTED and may(user, "public.approve", organisation)
    typed = request.POST
    organisations = list(Organisation.objects.all())
    names = {o.pk: o.title for o in organisations}
    return {
        "question": found,
        "left": _left(found, timezone.localdate()),
        "drafts": drafts,
        "history": [(e, words_of(e.kind), names.get(e.organisation)) for e in reversed(history(found)[:50])],
        "contact": decipher(found.contact) if found.contact and (may_draft or may_approve) else "",
        "may_route": waiting and may(user, "public.route"),
        "may_draft": may_draft,
        "may_approve": may_approve,
        "may_publish": found.state == State.ANSWERED and may(user, "public.publish"),
        "organisations": [(o.pk, o.title) for o in organisations],
        "outcomes": [(o.value, o.label) for o in Outcome],
        "text": typed.get("text", last.text if last else ""),
        "outcome": typed.get("outcome", last.outcome if last else ""),
        "reason": typed.get("reason", ""),
        "organisation": typed.get("organisation", ""),
        "public_words": typed.get("words", struck_out(found.words)),
        "public_reply": typed.get("reply", struck_out(found.reply)),
        "problems": [p for p in problems if not p.where],
        "wrong": by_field(problems),
    }


def _route(found: Question, request: HttpRequest, by: User, now: datetime) -> None:
    organisation = Organisation.objects.filter(pk=request.POST.get("organisation", "")).first()
    if organisation is None:
        raise ProblemsError([codes.NO_SUCH_ORGANISATION.at("organisation")])
    route(question=found, organisation=organisation, reason=request.POST.get("reason", ""), by=by, now=now)


def _draft(found: Question, request: HttpRequest, by: User, now: datetime) -> None:
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\0", "")
    draft_reply(question=found, text=text, outcome=request.POST.get("outcome", ""), by=by, now=now)


def _approve(found: Question, request: HttpRequest, by: User, now: datetime) -> None:
    approve_reply(question=found, by=by, now=now)


def _return(found: Question, request: HttpRequest, by: User, now: datetime) -> None:
    return_reply(question=found, reason=request.POST.get("reason", ""), by=by, now=now)


def _publish(found: Question, request: HttpRequest, by: User, now: datetime) -> None:
    words, reply = (request.POST.get(n, "").replace("\r\n", "\n").replace("\0", "") for n in ("words", "reply"))
    publish(question=found, words=words, reply=reply, by=by, now=now)


_ACTIONS: dict[str, Callable[[Question, HttpRequest, User, datetime], None]] = {
    "route": _route,
    "draft": _draft,
    "approve": _approve,
    "return": _return,
    "publish": _publish,
}
