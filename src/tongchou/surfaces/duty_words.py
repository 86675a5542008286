"""How duties and deadlines of a policy are said in tables and documents."""

from __future__ import annotations

from collections.abc import Iterable

from tongchou.policy.model import Clause, Commitment, Policy, Role
from tongchou.region.model import Region


def parties_in_order(clause: Clause) -> str:
    """Return the parties of a clause's duty in printed order, joined by the enumeration comma."""
    return "、".join(p.name for p in clause.duty.parties) if clause.duty else ""


def leads(clause: Clause) -> str:
    """Return the parties that the text itself says lead, "" where it says none."""
    return "、".join(p.name for p in clause.duty.parties if p.role is Role.LEAD) if clause.duty else ""


def bearers(clause: Clause) -> dict[str, tuple[Role, str]]:
    """Return everyone a clause's duty binds: name to role and to the printed group it comes from, "" for itself."""
    found: dict[str, tuple[Role, str]] = {}
    if clause.duty:
        for party in clause.duty.parties:
            for name in party.expands_to or (party.name,):
                found.setdefault(name, (party.role, party.name if party.expands_to else ""))
    return found


def in_order(names: Iterable[str], region: Region | None) -> list[str]:
    """Return each name once: in the region's order where there is one, unknown ones last, else as they first appear."""
    order = {p.name: i for i, p in enumerate(region.parties)} if region else {}
    return sorted(dict.fromkeys(names), key=lambda name: order.get(name, len(order)))


def quantities(commitment: Commitment) -> str:
    """Return the printed quantities of a commitment."""
    return "；".join(q.text for q in commitment.quantities)


def check_code(policy: Policy) -> str:
    """Return the short code printed on paper, by which it is matched with the file it came from."""
    return policy.source.sha256[:12]


def source_line(policy: Policy) -> str:
    """Return the line that says where a printed page comes from."""
    number = f"{policy.number} " if policy.number else ""
    return f"{number}{policy.source.name} 核对码 {check_code(policy)}"
