"""Reading the ledger: the city sees all of it, an organisation what concerns it or its own runs ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Sum

from tongchou.web.money.models import Entry, Kind, Line
from tongchou.web.people.models import Organisation
from tongchou.web.people.permissions import drafts_of
from tongchou.web.runs.models import Run

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User


def lines(user: User | AnonymousUser) -> QuerySet[Line]:
    """Return the lines a person may see, the latest first."""
    found = Line.objects.select_related("entry__run", "payer__organisation", "payee__organisation")
    found = found.order_by("-entry__posted_at", "-entry_id", "number")
    seen = drafts_of(user)
    if seen is None:
        return found
    mine = Q(payer__organisation__in=seen) | Q(payee__organisation__in=seen)
    return found.filter(mine | Q(entry__run__organisation__in=seen))


def entries(user: User | AnonymousUser) -> QuerySet[Entry]:
    """Return the entries that hold a line a person may see."""
    found = Entry.objects.select_related("run__organisation", "posted_by", "corrects", "reverses")
    seen = drafts_of(user)
    return found if seen is None else found.filter(lines__in=lines(user).order_by().values("pk")).distinct()


def entries_of(user: User | AnonymousUser, run: Run) -> list[Entry]:
    """Return the entries of a run that a person may see."""
    return list(entries(user).filter(run=run).order_by("pk"))


def totals(found: QuerySet[Line]) -> list[tuple[str, int]]:
    """Return real money moved by type of transfer, in fen, reversals taken off."""
    real = found.order_by().filter(entry__is_illustrative=False)
    rows: dict[str, int] = {}
    for row in real.values("entry__transfer", "entry__kind").annotate(sum=Sum("fen")):
        sign = -1 if row["entry__kind"] == Kind.REVERSAL else 1
        rows[row["entry__transfer"]] = rows.get(row["entry__transfer"], 0) + sign * row["sum"]
    return sorted(rows.items())


def organisations_with_flows(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Return the organisations and years with a statement that a person may see, counties in their order."""
    years: dict[str, set[int]] = {}
    mine = lines(user).order_by()
    seen = drafts_of(user)
    for side in ("payer", "payee"):
        for organisation, year in mine.values_list(f"{side}__organisation", "entry__year").distinct():
            if organisation is not None and (seen is None or organisation in seen):
                years.setdefault(organisation, set()).add(year)
    held = Organisation.objects.filter(pk__in=years)
    return [{"organisation": one, "years": sorted(years[one.pk], reverse=True)} for one in held]
