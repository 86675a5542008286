"""To whom a question goes: the first organisation the clause names, in the order of naming, which is not a rank."""

from __future__ import annotations

from collections.abc import Mapping

from tongchou.kernel.text import Text
from tongchou.policy.model import Clause, Commitment, Policy
from tongchou.web.people.models import Membership, Organisation
from tongchou.web.people.roles import Role


def clause_of(policy: Policy, clause: str) -> Clause | None:
    """Return a clause by its id."""
    return next((c for c in policy.clauses if c.id == clause), None)


def commitment_of(policy: Policy, commitment: str) -> tuple[Clause, Commitment] | None:
    """Return a commitment by its id, with its clause."""
    return next(((c, m) for c in policy.clauses for m in c.commitments if m.id == commitment), None)


def responsible(
    policy: Policy, clause: str, organisations: Mapping[str, Organisation]
) -> tuple[Organisation, Text] | None:
    """Return the first organisation named by the clause or the nearest clause above it, and why it is that one."""
    by_name = {o.name: o for o in organisations.values()}
    found = clause_of(policy, clause)
    while found is not None:
        for party in sorted(found.duty.parties, key=lambda p: p.order) if found.duty else ():
            held = organisations.get(party.party or "") or by_name.get(party.name)
            if held is not None:
                return held, Text(
                    "条款 {clause} 责任单位中第一个列名", "named first among those responsible for clause {clause}"
                ).format(clause=found.id)
        found = clause_of(policy, found.parent) if found.parent else None
    return None


def keeper() -> Organisation:
    """Return the organisation that keeps the intake: the coordinators', else the first there is."""
    held = Membership.objects.filter(role=Role.COORDINATOR, until__isnull=True).select_related("organisation").first()
    return held.organisation if held else Organisation.objects.order_by("order", "pk")[:1].get()
