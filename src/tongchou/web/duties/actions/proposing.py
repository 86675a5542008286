"""Taking a document's commitments from the reader's contract into the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tongchou.policy.model import Clause
from tongchou.policy.model import Commitment as Read
from tongchou.web.duties.models import Commitment, CommitmentPlace, Duty
from tongchou.web.duties.words import Decision
from tongchou.web.events.record import record
from tongchou.web.figures.regions import region_named
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Proposed:
    """How many commitments were new, read differently than before, or no longer read."""

    added: int
    changed: int
    missing: int


@transaction.atomic
def propose_commitments(*, document: Document, by: User | None, now: datetime) -> Proposed:
    """Take what the reader found as proposals; safe to repeat after every reading.

    Commitments are known by their id. A proposal follows the reading; what a coordinator decided keeps its words and
    all that hangs on it, and another reading is put beside it to be ruled on. Nothing is removed.
    """
    held = {c.code: c for c in Commitment.objects.select_for_update().filter(document=document)}
    added, changed = [], []
    read = [(clause, one) for clause in document.policy.clauses for one in clause.commitments]
    for order, (clause, one) in enumerate(read, 1):
        known = held.pop(one.id, None)
        if known is None:
            added.append(_filled(Commitment(document=document, code=one.id), order, clause, one))
        elif _differs(known, order, clause, one):
            changed.append(known)
    missing = [c for c in held.values() if not c.is_missing]
    for one_missing in missing:
        one_missing.is_missing = True
    if not (added or changed or missing):
        return Proposed(0, 0, 0)
    Commitment.objects.bulk_create(added)
    fields = [f.name for f in Commitment._meta.concrete_fields if not f.primary_key and f.name != "document"]
    Commitment.objects.bulk_update([*changed, *missing], fields, batch_size=200)
    _parties(document, [*added, *changed])
    told = Proposed(len(added), len(changed), len(missing))
    record(
        "duties.commitments_proposed",
        about=document,
        by=by,
        now=now,
        data={"added": told.added, "changed": told.changed, "missing": told.missing},
    )
    return told


def _differs(known: Commitment, order: int, clause: Clause, one: Read) -> bool:
    """Bring a known commitment up to date; return whether anything about it changed."""
    before = {f.attname: getattr(known, f.attname) for f in Commitment._meta.concrete_fields}
    known.is_missing = False
    if known.decision == Decision.PROPOSAL or known.text == one.text:
        _filled(known, order, clause, one)
        known.reread = ""
    else:
        known.reread = one.text
    return before != {f.attname: getattr(known, f.attname) for f in Commitment._meta.concrete_fields}


def _filled(commitment: Commitment, order: int, clause: Clause, one: Read) -> Commitment:
    due = one.deadline
    commitment.order, commitment.clause, commitment.heading = order, clause.id, clause.heading[:400]
    commitment.text, commitment.is_system = one.text, one.is_system
    commitment.start, commitment.end = one.span.start, one.span.end
    commitment.printed_deadline = due.text[:200] if due else ""
    commitment.printed_by = due.by if due else None
    commitment.printed_strength = due.strength.value if due else ""
    return commitment


def _parties(document: Document, commitments: list[Commitment]) -> None:
    """Write the parties and places of commitments as the document prints them."""
    policy = document.policy
    clauses = {c.id: c for c in policy.clauses}
    read = {m.id: m for m in policy.commitments}
    places = region_named(document.region).places if document.region else None
    by_name = {o.name: o for o in Organisation.objects.all()} if document.region else {}
    keys = [c.pk for c in commitments]
    Duty.objects.filter(commitment__in=keys).delete()
    CommitmentPlace.objects.filter(commitment__in=keys).delete()
    duties: list[Duty] = []
    named: list[CommitmentPlace] = []
    for one in commitments:
        clause = clauses.get(one.clause)
        borne: dict[str, Duty] = {}
        for party in clause.duty.parties if clause and clause.duty else ():
            for name in party.expands_to or (party.name,):
                group = party.name if party.expands_to else ""
                organisation = by_name.get(name)
                duty = Duty(commitment=one, organisation=organisation, name=name[:120], role=party.role.value)
                duty.order, duty.group = party.order, group[:120]
                borne.setdefault(duty.name, duty)
        duties += borne.values()
        for name in dict.fromkeys(read[one.code].places if one.code in read else ()):
            place = places.find(name) if places else None
            named.append(CommitmentPlace(commitment=one, name=name[:80], code=place.code if place else ""))
    Duty.objects.bulk_create(duties, batch_size=500)
    CommitmentPlace.objects.bulk_create(named, batch_size=500)
