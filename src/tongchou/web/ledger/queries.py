"""Questions asked of a document: which commitments match, which findings there are, who has which duties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tongchou.kernel.places import Places
from tongchou.policy.model import Clause, ClauseKind, Commitment, Duty, Finding, Policy, Role

DATED, PACED, UNDATED = "dated", "paced", "undated"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One commitment with its clause, as the ledger shows it."""

    clause: Clause
    commitment: Commitment

    @property
    def parties(self) -> tuple[str, ...]:
        """Names of the parties printed in the clause's duty."""
        return tuple(p.name for p in self.clause.duty.parties) if self.clause.duty else ()

    @property
    def has_lead(self) -> bool:
        """Whether the text names a lead."""
        return self.clause.duty is not None and any(p.role is Role.LEAD for p in self.clause.duty.parties)

    @property
    def timing(self) -> str:
        """``dated``, ``paced`` (a pace is printed, no date) or ``undated``."""
        if self.commitment.deadline is None:
            return UNDATED
        return DATED if self.commitment.deadline.by else PACED


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show of the ledger; an empty value does not restrict."""

    party: str = ""
    place: str = ""
    kind: str = ""
    timing: str = ""
    clause: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Take the filters from a query; values that mean nothing restrict to nothing, they are not dropped."""
        return cls(**{k: query.get(k, "").strip()[:100] for k in cls.__dataclass_fields__})

    @property
    def is_set(self) -> bool:
        """Whether anything restricts."""
        return self != Filters()


def parties_of(clause: Clause) -> set[str]:
    """Return the names under which a clause can be found: printed parties and the members of printed groups."""
    found: set[str] = set()
    if clause.duty:
        for party in clause.duty.parties:
            found.add(party.name)
            found.update(party.expands_to)
    return found


def ledger(policy: Policy, filters: Filters, places: Places) -> list[LedgerRow]:
    """Return the commitments that match, in the order of the text."""
    place = places.find(filters.place)
    names = {place.name, *place.aliases} if place else {filters.place}
    rows = []
    for clause in policy.clauses:
        if filters.clause and not (clause.id == filters.clause or clause.id.startswith(f"{filters.clause}.")):
            continue
        if filters.kind and clause.kind != filters.kind:
            continue
        if filters.party and filters.party not in parties_of(clause):
            continue
        for commitment in clause.commitments:
            row = LedgerRow(clause, commitment)
            if filters.timing and row.timing != filters.timing:
                continue
            if filters.place and not names.intersection(commitment.places):
                continue
            if filters.words and filters.words not in commitment.text:
                continue
            rows.append(row)
    return rows


def only(policy: Policy, rows: list[LedgerRow]) -> Policy:
    """Return the policy with just the commitments of ``rows``, for an export of what is on the screen."""
    kept = {row.commitment.id for row in rows}
    clauses = tuple(replace(c, commitments=tuple(m for m in c.commitments if m.id in kept)) for c in policy.clauses)
    return replace(policy, clauses=clauses)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to in one document."""

    parties: list[str]
    places: list[str]
    kinds: list[ClauseKind]
    clauses: list[tuple[str, str]]


def choices(policy: Policy) -> Choices:
    """Return the parties, places, kinds and clauses that occur, in the order of the text."""
    parties = dict.fromkeys(
        name for clause, duty in policy.duties for p in duty.parties for name in (p.name, *p.expands_to)
    )
    return Choices(
        parties=list(parties),
        places=list(dict.fromkeys(p for m in policy.commitments for p in m.places)),
        kinds=list(dict.fromkeys(c.kind for c in policy.clauses if c.commitments)),
        clauses=[(c.id, c.heading) for c in policy.clauses if c.level <= 2 and (c.heading or c.number)],
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a document at a glance."""

    clauses: int
    duties: int
    no_lead: int
    parties: int
    commitments: int
    dated: int
    targets: int
    findings: int
    proposals: int


def counts(policy: Policy) -> Counts:
    """Count what was read. A duty has no lead when no party of several is said to lead."""
    duties = policy.duties
    return Counts(
        clauses=len(policy.clauses),
        duties=len(duties),
        no_lead=sum(len(d.parties) > 1 and all(p.role is not Role.LEAD for p in d.parties) for _, d in duties),
        parties=len({n for _, d in duties for n in _bearers(d)}),
        commitments=len(policy.commitments),
        dated=sum(m.deadline is not None and m.deadline.by is not None for m in policy.commitments),
        targets=len(policy.targets),
        findings=len(policy.findings),
        proposals=sum(not r.applied for r in policy.repairs),
    )


def _bearers(duty: Duty) -> set[str]:
    return {n for p in duty.parties for n in (p.expands_to or (p.name,))}


Numbered = tuple[int, Finding]  # with its number in the document, by which pages link to it


def findings_by_code(policy: Policy) -> list[tuple[str, list[Numbered]]]:
    """Return the findings grouped by code, in the order of codes; inside a group in the order of the text."""
    order = _order(policy)
    return _grouped(policy, lambda f: f.code, lambda f: (f.code, order.get(f.clause or "", 0)))


def findings_by_clause(policy: Policy) -> list[tuple[str, list[Numbered]]]:
    """Return the findings grouped by clause, in the order of the text; those about the whole document come first."""
    order = _order(policy)
    return _grouped(policy, lambda f: f.clause or "", lambda f: (order.get(f.clause or "", 0), f.code))


def _order(policy: Policy) -> dict[str, int]:
    return {c.id: i for i, c in enumerate(policy.clauses, 1)}


def _grouped(
    policy: Policy, name: Callable[[Finding], str], order: Callable[[Finding], tuple[int | str, int | str]]
) -> list[tuple[str, list[Numbered]]]:
    groups: dict[str, list[Numbered]] = {}
    for number, finding in sorted(enumerate(policy.findings, 1), key=lambda n: order(n[1])):
        groups.setdefault(name(finding), []).append((number, finding))
    return list(groups.items())
