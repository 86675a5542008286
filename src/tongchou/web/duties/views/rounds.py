"""Consultation rounds: list, new, one round with who has not replied, the paper as sent, a unit's reply."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.kernel.text import Text
from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.listing import Listing, ListingColumn
from tongchou.web.duties.actions.answering import Given
from tongchou.web.duties.actions.consulting import close_round, reply_to_round, send_round
from tongchou.web.duties.filled import Filled, scan_sent
from tongchou.web.duties.models import Commitment, Consultation, Consulted
from tongchou.web.duties.views.acts import given_in
from tongchou.web.duties.words import Answer, Decision, Reply, RoundState
from tongchou.web.ledger.documents import chosen_document
from tongchou.web.listings import file_response, listing_response
from tongchou.web.people.access import requires, signed_in
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.permissions import check, drafts_of, may

_ANSWERS = 3  # rows of answers a reply form offers for each commitment that is opened


def _seen(request: HttpRequest) -> Any:
    """Return the rounds a person sees: the city all, a unit those it was asked in."""
    drafts = drafts_of(request.user)
    found = Consultation.objects.select_related("made_by")
    return found if drafts is None else found.filter(consulted__organisation__in=drafts).distinct()


def _counted(request: HttpRequest) -> Any:
    return _seen(request).annotate(
        asked=Count("consulted", distinct=True),
        answered=Count("consulted", filter=~Q(consulted__reply=""), distinct=True),
    )


@signed_in
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """List the rounds."""
    context = {
        "rounds": _counted(request),
        "may_send": may(request.user, "duties.confirm"),
        "on": timezone.localdate(),
    }
    return render(request, "duties/rounds.html", context)


_COLUMNS = (
    ListingColumn(Text("轮次", "Round"), 44),
    ListingColumn(Text("发出", "Sent"), 13, "date"),
    ListingColumn(Text("答复期限", "Reply by"), 13, "date"),
    ListingColumn(Text("状态", "State"), 9, "centre"),
    ListingColumn(Text("发出单位数", "Asked"), 9, "number"),
    ListingColumn(Text("已回函", "Answered"), 9, "number"),
)


@signed_in
@require_safe
def rounds_export(request: HttpRequest, suffix: str) -> HttpResponse:
    """Give the list of rounds as a file."""
    lines = [
        [r.title, timezone.localdate(r.sent_at) if r.sent_at else None, r.reply_by, r.stage.label, r.asked, r.answered]
        for r in _counted(request)
    ]
    nothing = Text("征求意见及回函情况。", "Rounds of consultation and replies.")
    return listing_response(Listing(Text("征求意见", "Consultations"), nothing, _COLUMNS, lines), suffix)


@requires("duties.confirm")
@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest) -> HttpResponse:
    """Open a round on chosen commitments, or on all confirmed ones, and send it."""
    document = chosen_document(request, read=request.method == "POST")
    if document is None:
        raise Http404
    source = request.POST if request.method == "POST" else request.GET
    keys = [k for k in source.getlist("chosen") if k.isascii() and k.isdigit()]
    found = Commitment.objects.filter(document=document, decision=Decision.CONFIRMED)
    chosen = list(found.filter(pk__in=keys) if keys else found)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
        form = Filled(request.POST.dict())
        reply_by = form.day("reply_by")
        try:
            form.stop()
            assert reply_by is not None  # noqa: S101 — stop() has raised otherwise
            one = send_round(
                document=document,
                commitments=chosen,
                title=form.text("title"),
                words=form.text("words"),
                reply_by=reply_by,
                by=request.user,
                now=timezone.now(),
            )
        except ProblemsError as error:
            problems = error.problems
        else:
            return HttpResponseRedirect(reverse("duties:round", args=[one.pk]))
    on = timezone.localdate()
    context = {
        "document": document,
        "chosen": chosen,
        "keys": keys,
        "asked": Organisation.objects.filter(duties__commitment__in=[c.pk for c in chosen]).distinct(),
        "problems": problems,
        "wrong": by_field(problems),
        "typed": request.POST,
        "reply_by": on + timedelta(days=14),
    }
    return render(request, "duties/new_round.html", context, status=422 if problems else 200)


def _round(request: HttpRequest, pk: int) -> Consultation:
    found: Consultation = get_object_or_404(_seen(request), pk=pk)
    return found


@signed_in
@require_safe
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round: who was asked, who has not replied, and what replies carry."""
    one = _round(request, pk)
    drafts = drafts_of(request.user)
    asked = one.consulted.select_related("organisation", "scan").prefetch_related(
        "overlays__commitment", "overlays__organisation", "overlays__given_by"
    )
    rows = list(asked if drafts is None else asked.filter(organisation__in=drafts))
    context = {
        "round": one,
        "rows": rows,
        "silent": sum(not r.reply for r in rows),
        "commitments": one.commitments.count(),
        "on": timezone.localdate(),
        "confirms": may(request.user, "duties.confirm"),
        "mine": {r.organisation_id for r in rows if may(request.user, "duties.answer", r.organisation_id)},
    }
    return render(request, "duties/round.html", context)


@signed_in
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the paper as it was sent."""
    one = _round(request, pk)
    if one.draft is None:
        raise Http404
    return file_response(one.draft.content(), EXPORTS[".docx"].media_type, one.title, "docx")


@requires("duties.confirm")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a round."""
    assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
    one = get_object_or_404(Consultation, pk=pk)
    with suppress(ProblemsError):  # closed already: the page says so
        close_round(consultation=one, by=request.user, now=timezone.now())
    return HttpResponseRedirect(reverse("duties:round", args=[pk]))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int, id_: str) -> HttpResponse:
    """Take a unit's stamped reply with the answers it carries."""
    check(request.user, "duties.answer", id_)
    consulted = get_object_or_404(
        Consulted.objects.select_related("consultation", "organisation"), consultation=pk, organisation=id_
    )
    commitments = list(consulted.consultation.commitments.filter(duties__organisation=id_))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            waiting = _take_reply(request, consulted, commitments)
        except ProblemsError as error:
            problems = error.problems
        else:
            query = "?waiting=" + ",".join(p.where for p in waiting) if waiting else ""
            return HttpResponseRedirect(reverse("duties:round", args=[pk]) + query)
    context = {
        "consulted": consulted,
        "round": consulted.consultation,
        "commitments": commitments,
        "is_open": consulted.consultation.state == RoundState.SENT,
        "reply_choices": Reply,
        "answer_choices": list(Answer),
        "units": Organisation.objects.filter(duties__commitment__in=[c.pk for c in commitments]).distinct(),
        "rows": range(1, _ANSWERS + 1),
        "problems": problems,
        "wrong": by_field(problems),
        "typed": request.POST,
        "on": timezone.localdate(),
    }
    return render(request, "duties/reply.html", context, status=422 if problems else 200)


def _take_reply(request: HttpRequest, consulted: Consulted, commitments: list[Commitment]) -> list[Problem]:
    assert isinstance(request.user, User)  # noqa: S101 — the permission needs an account
    form = Filled(request.POST.dict())
    chosen, signed_on = form.choice("reply", Reply), form.day("signed_on")
    by_code = {c.code: c for c in commitments}
    answers: list[tuple[Commitment, Given]] = []
    for number in range(1, _ANSWERS + 1):
        code = form.text(f"a{number}-code")
        if code and code in by_code:
            given = given_in(form, f"a{number}-")
            if given is not None:
                answers.append((by_code[code], given))
    scan = None
    try:
        scan = scan_sent(request)
    except ProblemsError as error:
        form.problems += error.problems
    form.stop()
    assert chosen is not None  # noqa: S101 — stop() has raised otherwise
    assert signed_on is not None  # noqa: S101
    return reply_to_round(
        consulted=consulted,
        reply=chosen,
        words=form.text("words"),
        scan=scan,
        signed_on=signed_on,
        answers=answers,
        by=request.user,
        now=timezone.now(),
    )
