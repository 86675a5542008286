"""Checking the ledger: every entry adds up, what was posted is what the runs order, reversals undo."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Count, Sum

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.paying import movements, pays_of
from tongchou.web.figures.regions import region_named
from tongchou.web.money import codes
from tongchou.web.money.models import Account, Entry, Kind, Line
from tongchou.web.money.resolving import accounts
from tongchou.web.runs.models import Run

Net = Counter[tuple[int, str]]  # (account, place) → fen
LABEL = Text("资金台账", "ledger of movements")


def faults() -> Iterator[Problem]:
    """Yield what is wrong with the ledger of movements."""
    sums = Entry.objects.annotate(found=Sum("lines__fen"), count=Count("lines"))
    for entry in sums.iterator(chunk_size=500):
        if (entry.found or 0) != entry.fen:
            yield codes.WRONG_SUM.at(f"entry {entry.pk}", found=entry.found or 0, noted=entry.fen)
    for contra in Entry.objects.filter(kind=Kind.REVERSAL).iterator(chunk_size=500):
        both = Line.objects.filter(entry__in=(contra.pk, contra.reverses_id))
        if any(_net(both).values()):
            yield codes.NOT_UNDONE.at(f"entry {contra.pk}")
    yield from _not_as_ordered()


def balances() -> dict[Account, int]:
    """Return what each account has received less what it paid, in fen; together they are zero."""
    found: dict[int, int] = defaultdict(int)
    for payer, payee, fen in Line.objects.values_list("payer", "payee", "fen").iterator(chunk_size=5000):
        found[payer] -= fen
        found[payee] += fen
    known = Account.objects.select_related("organisation").in_bulk(list(found))
    return {known[pk]: fen for pk, fen in found.items()}


def _not_as_ordered() -> Iterator[Problem]:
    """Compare the open entries of each rule and period with what the last run posted orders."""
    held: dict[tuple[str, str, bool], list[Entry]] = defaultdict(list)
    entries = Entry.objects.filter(is_open=True).exclude(kind=Kind.REVERSAL).order_by("pk").prefetch_related("lines")
    for entry in entries:
        held[entry.rule, entry.period, entry.is_illustrative].append(entry)
    for (_, period, _), group in held.items():
        run = Run.objects.select_related("record").get(pk=group[-1].run_id)
        posted = _net(line for entry in group for line in entry.lines.all())
        try:
            ordered = _ordered(run, period)
        except ProblemsError:
            ordered = None
        if ordered is None or {k: v for k, v in posted.items() if v} != {k: v for k, v in ordered.items() if v}:
            yield codes.NOT_AS_ORDERED.at(f"entry {group[-1].pk}", run=run.pk)


def _ordered(run: Run, period: str) -> Net | None:
    if run.record is None or not run.is_settled:
        return None
    data = run.record.data
    pays = pays_of(data)
    if pays is None:
        return None
    mine = [m for m in movements(data) if m.period == period]
    known = accounts((end for m in mine for end in (m.payer, m.payee)), pays, region_named(run.region), opens=False)
    if any(end not in known for m in mine for end in (m.payer, m.payee)):
        return None  # never posted
    found: Net = Counter()
    for m in mine:
        found[known[m.payer].pk, m.place] -= m.fen
        found[known[m.payee].pk, m.place] += m.fen
    return found


def _net(lines: object) -> Net:
    found: Net = Counter()
    for line in lines:  # type: ignore[attr-defined]
        found[line.payer_id, line.place] -= line.fen
        found[line.payee_id, line.place] += line.fen
    return found
