"""Posting movements and reversing them; a unit's word on its statement. One transaction and one event each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import ProblemsError
from tongchou.rules.paying import End, Movement, movements, pays_of
from tongchou.web.events.record import record
from tongchou.web.figures.regions import region_named
from tongchou.web.money import codes
from tongchou.web.money.models import Account, Confirmation, Entry, Kind, Line
from tongchou.web.money.resolving import accounts
from tongchou.web.money.statement import statement
from tongchou.web.people.models import Organisation, User
from tongchou.web.runs.models import Run

Flows = dict[tuple[int, int, str], int]  # (payer, payee, place) → fen


def post(*, run: Run, acknowledgement: str, by: User, now: datetime) -> list[Entry]:
    """Post what an approved run orders, an entry a period; posting it twice posts it once.

    Where the run supersedes one that was posted, the difference is posted (补充结算). A run with what-if values or
    made-up figures needs an ``acknowledgement``, and all its lines are illustrative. Raises :class:`ProblemsError`.
    """
    try:
        with transaction.atomic():
            return _post(run, acknowledgement.strip()[:500], by, now)
    except IntegrityError:  # another run paid the same at the same moment
        paid = Entry.objects.filter(rule=run.rule, is_open=True, kind=Kind.PAYMENT).exclude(run=run).first()
        where = {"run": paid.run_id if paid is not None else "?"}
        raise ProblemsError([codes.PAID_BY_ANOTHER.at("post", **where)]) from None


def _post(run: Run, acknowledgement: str, by: User, now: datetime) -> list[Entry]:
    held = Run.objects.select_for_update(of=("self",)).select_related("record").get(pk=run.pk)
    if not held.is_settled or held.record is None:
        raise ProblemsError([codes.NOT_APPROVED.at("post")])
    data = held.record.data
    pays = pays_of(data)
    if pays is None:
        raise ProblemsError([codes.MOVES_NOTHING.at("post")])
    if held.is_not_real and not acknowledgement:
        raise ProblemsError([codes.NOT_ACKNOWLEDGED.at("acknowledgement")])
    there = list(Entry.objects.filter(run=held, is_open=True).exclude(kind=Kind.REVERSAL).order_by("period"))
    if there:
        return there
    ordered = movements(data)
    known = accounts((end for m in ordered for end in (m.payer, m.payee)), pays, region_named(held.region))
    chain = _chain(held)
    entries = []
    for period in sorted(set(data["periods"]), key=Period.parse):
        before = _before(held, period, chain)
        flows = _flows((m for m in ordered if m.period == period), known)
        lines = _less(flows, [line for entry in before for line in entry.lines.all()])
        entry = Entry.objects.create(
            kind=Kind.SUPPLEMENT if before else Kind.PAYMENT,
            run=held,
            rule=held.rule,
            period=period,
            year=Period.parse(period).start.year,
            clauses="、".join(data["rule"]["declaration"]["clauses"]),
            column=pays.column,
            transfer=pays.kind,
            purpose=pays.purpose.zh,
            purpose_en=pays.purpose.en,
            corrects=before[-1] if before else None,
            is_illustrative=held.is_not_real,
            acknowledgement=acknowledgement if held.is_not_real else "",
            fen=sum(lines.values()),
            posted_by=by,
            posted_at=now,
        )
        _write(entry, lines)
        entries.append(entry)
    told = {"entries": [e.pk for e in entries], "fen": [e.fen for e in entries], "hash": held.record.hash}
    record("money.posted", about=held, by=by, now=now, organisation=held.organisation, data=told)
    return entries


@transaction.atomic
def reverse(*, entry: Entry, reason: str, by: User, now: datetime) -> Entry:
    """Undo an entry by a contra entry that says why; nothing is deleted. Raises :class:`ProblemsError`."""
    held = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    later = held.corrections.filter(is_open=True).first()
    problems = []
    if not held.is_open or held.kind == Kind.REVERSAL:
        problems.append(codes.NOT_OPEN.at("entry"))
    elif later is not None:
        problems.append(codes.CORRECTED.at("entry", number=later.number))
    if not reason.strip():
        problems.append(codes.REASON_NEEDED.at("reason"))
    if problems:
        raise ProblemsError(problems)
    contra = Entry.objects.create(
        kind=Kind.REVERSAL,
        run_id=held.run_id,
        rule=held.rule,
        period=held.period,
        year=held.year,
        clauses=held.clauses,
        column=held.column,
        transfer=held.transfer,
        purpose=held.purpose,
        purpose_en=held.purpose_en,
        reverses=held,
        reason=reason.strip()[:500],
        is_illustrative=held.is_illustrative,
        acknowledgement=held.acknowledgement,
        fen=held.fen,
        posted_by=by,
        posted_at=now,
    )
    _write(contra, {(line.payee_id, line.payer_id, line.place): line.fen for line in held.lines.all()})
    Entry.objects.filter(pk=held.pk).update(is_open=False)
    data = {"entry": held.pk, "reason": contra.reason, "fen": held.fen}
    record("money.reversed", about=contra, by=by, now=now, data=data)
    return contra


@transaction.atomic
def confirm(
    *, organisation: Organisation, year: int, digest: str, agrees: bool, words: str, by: User, now: datetime
) -> Confirmation:
    """Keep an organisation's word on its statement as it stood when it was opened (``digest``)."""
    held = statement(organisation, year)
    problems = []
    if held.digest != digest:
        problems.append(codes.CHANGED_MEANWHILE.at("statement"))
    if Confirmation.objects.filter(organisation=organisation, year=year, digest=digest).exists():
        problems.append(codes.SAID_ALREADY.at("statement"))
    if not agrees and not words.strip():
        problems.append(codes.REASON_NEEDED.at("words"))
    if problems:
        raise ProblemsError(problems)
    found = Confirmation.objects.create(
        organisation=organisation,
        year=year,
        digest=digest,
        income=held.income,
        outgo=held.outgo,
        agrees=agrees,
        words=words.strip()[:1000],
        by=by,
        at=now,
    )
    data = {"year": year, "agrees": agrees, "digest": digest}
    record("money.statement_answered", about=found, by=by, now=now, organisation=organisation, data=data)
    return found


def _chain(run: Run) -> set[int]:
    """Return the runs that a run supersedes, one after the other."""
    found: set[int] = set()
    at = run.supersedes
    while at is not None and at.pk not in found:
        found.add(at.pk)
        at = at.supersedes
    return found


def _before(run: Run, period: str, chain: set[int]) -> list[Entry]:
    """Return the open entries that a run's entry supplements, the first one first; refuse to pay anything twice."""
    found = Entry.objects.filter(rule=run.rule, period=period, is_open=True, is_illustrative=run.is_not_real).exclude(
        kind=Kind.REVERSAL
    )
    entries = list(found.prefetch_related("lines").order_by("pk"))
    other = next((entry for entry in entries if entry.run_id not in chain), None)
    if other is not None:
        raise ProblemsError([codes.PAID_BY_ANOTHER.at("post", run=other.run_id)])
    return entries


def _flows(ordered: Iterable[Movement], known: dict[End, Account]) -> Flows:
    found: Flows = defaultdict(int)
    for m in ordered:
        found[known[m.payer].pk, known[m.payee].pk, m.place] += m.fen
    return found


def _less(flows: Flows, lines: Iterable[Line]) -> Flows:
    """Return what is still to move when ``lines`` have moved, every amount above zero."""
    net: Flows = defaultdict(int)
    for (payer, payee, place), fen in flows.items():
        net[(payer, payee, place) if payer < payee else (payee, payer, place)] += fen if payer < payee else -fen
    for line in lines:
        forward = line.payer_id < line.payee_id
        pair = (line.payer_id, line.payee_id) if forward else (line.payee_id, line.payer_id)
        net[(*pair, line.place)] -= line.fen if forward else -line.fen
    return {
        (one, other, place) if fen > 0 else (other, one, place): abs(fen)
        for (one, other, place), fen in net.items()
        if fen
    }


def _write(entry: Entry, flows: Flows) -> None:
    ordered = sorted(flows.items(), key=lambda item: (item[0][2], item[0][0], item[0][1]))
    Line.objects.bulk_create(
        Line(entry=entry, number=n, payer_id=payer, payee_id=payee, place=place, fen=fen)
        for n, ((payer, payee, place), fen) in enumerate(ordered, 1)
    )
