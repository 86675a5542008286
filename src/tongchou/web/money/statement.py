"""A county's statement of a year: every flow with its clause, rule and workings, totals and balance."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import Q

from tongchou.kernel.text import Text
from tongchou.web.money.models import Entry, Line
from tongchou.web.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Flow:
    """One line of a statement: what came in or went out, to or from whom, and on what it rests."""

    line: Line
    entry: Entry
    other: Text
    income: int | None
    outgo: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """An organisation's flows of a year. Totals are of real money; what is illustrative is added up apart."""

    organisation: Organisation
    year: int
    flows: tuple[Flow, ...]
    digest: str

    def _sum(self, *, made_up: bool, incoming: bool) -> int:
        held = [f for f in self.flows if f.entry.is_illustrative == made_up]
        return sum((f.income if incoming else f.outgo) or 0 for f in held)

    @property
    def income(self) -> int:
        """Real money received, in fen."""
        return self._sum(made_up=False, incoming=True)

    @property
    def outgo(self) -> int:
        """Real money paid, in fen."""
        return self._sum(made_up=False, incoming=False)

    @property
    def balance(self) -> int:
        """Received less paid, in fen."""
        return self.income - self.outgo

    @property
    def illustrative_income(self) -> int:
        """Illustrative amounts received, in fen."""
        return self._sum(made_up=True, incoming=True)

    @property
    def illustrative_outgo(self) -> int:
        """Illustrative amounts paid, in fen."""
        return self._sum(made_up=True, incoming=False)

    @property
    def has_made_up(self) -> bool:
        """Whether any of it is illustrative."""
        return any(f.entry.is_illustrative for f in self.flows)


def statement(organisation: Organisation, year: int) -> Statement:
    """Return an organisation's statement of a year, in the order of posting."""
    lines = (
        Line.objects.filter(entry__year=year)
        .filter(Q(payer__organisation=organisation) | Q(payee__organisation=organisation))
        .select_related("entry__run", "payer__organisation", "payee__organisation")
        .order_by("entry__posted_at", "entry_id", "number")
    )
    flows = []
    digest = hashlib.sha256(f"{organisation.pk} {year}".encode())
    for line in lines:
        comes = line.payee.organisation_id == organisation.pk
        other = line.payer if comes else line.payee
        flows.append(Flow(line, line.entry, other.title, line.fen if comes else None, None if comes else line.fen))
        digest.update(f"{line.pk} {line.payer_id} {line.payee_id} {line.fen}\n".encode())
    return Statement(organisation, year, tuple(flows), digest.hexdigest())
