"""What the reader gives: the contract ``tongchou.policy/1``.

Every span counts characters (Unicode code points) of :attr:`Policy.text`, the repaired text; ``source_span`` counts
characters of the decoded source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from tongchou.kernel.text import Text
from tongchou.policy.spans import Span

SCHEMA = "tongchou.policy/1"


class ClauseKind(StrEnum):
    """What a clause is for."""

    GUIDING_PRINCIPLE = "guiding_principle"
    GOAL = "goal"
    STRATEGY = "strategy"
    MEASURE = "measure"
    MECHANISM = "mechanism"
    SAFEGUARD = "safeguard"
    OTHER = "other"


class Role(StrEnum):
    """The role the text itself gives a party; order of naming is never read as a role."""

    LEAD = "lead"  # 牵头
    SUPPORT = "support"  # 配合
    RESPONSIBLE = "responsible"  # named, no role said


class DeadlineStrength(StrEnum):
    """How strongly a date or pace is promised, by the printed word."""

    FIRM = "firm"  # a date with no weakening word, 确保, 必须
    STRIVE = "strive"  # 力争
    SEEK = "seek"  # 争取
    SOON = "soon"  # 尽快, 加快
    GRADUAL = "gradual"  # 逐步, 有序


class RepairKind(StrEnum):
    """What was changed between the source and the text read."""

    SCRIPT = "script"  # Traditional character or Taiwan word to mainland official usage
    INSERTED = "inserted"  # characters pushed in, taken out
    PUNCTUATION = "punctuation"  # half width to full width
    VARIANT = "variant"  # another difference between two copies of the text


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text came from."""

    name: str
    sha256: str
    format: str  # txt, docx, pdf, html
    encoding: str  # utf-8, gb18030, or "" where the format settles it
    script: str  # hans, hant
    characters: int


@dataclass(frozen=True, slots=True)
class DutyParty:
    """One party as printed in a duty.

    ``name`` is the whole name after shared suffixes are distributed, in the form the region's party list uses.
    """

    name: str
    printed: str
    order: int  # 1, 2, 3 … as printed
    role: Role
    span: Span
    group: bool  # printed as a group such as 各县（市、区）人民政府
    expands_to: tuple[str, ...]  # party names, in the region's order; empty without a region's party list
    party: str | None  # id in the region's party list


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is responsible for a clause, with the phrase as printed.

    Brackets and lines that stand apart are joined by ``；`` in ``phrase``; ``span`` then reaches from the first to the
    last, and ``spans`` gives each.
    """

    phrase: str
    span: Span
    spans: tuple[Span, ...]
    parties: tuple[DutyParty, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a commitment is due. ``by`` is the last day of the printed period, ``None`` where only a pace is printed."""

    text: str
    strength: DeadlineStrength
    by: date | None
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed quantity: ``4个`` is ``value=4, unit="个"``; ``text`` is what stands there.

    A range has its lower end in ``value`` and its upper end in ``upper``; ``bound`` says how 以上, 以下 or 左右
    limits it.
    """

    text: str
    value: float
    unit: str
    span: Span
    upper: float | None = None
    bound: Literal["", "at_least", "at_most", "about"] = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise: a verb and its object."""

    id: str  # "2.8-3": the third commitment of clause 2.8
    text: str
    span: Span
    verb: str
    object: str
    places: tuple[str, ...]  # names as the region (or the text) gives them
    deadline: Deadline | None
    quantities: tuple[Quantity, ...]
    named: tuple[str, ...]  # plans, laws and documents named in it
    actors: tuple[str, ...]  # parties named in the text as acting
    is_system: bool  # describes a standing institution, mechanism, platform, network or list


@dataclass(frozen=True, slots=True)
class Target:
    """A state promised for a milestone year."""

    id: str  # "1.2.1-t1"
    year: int
    text: str
    span: Span
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered or unnumbered clause with everything read from it."""

    id: str
    number: str  # as printed, "" for an unnumbered paragraph
    level: int  # 1 for the highest numbered level of the document
    kind: ClauseKind
    heading: str
    text: str  # without number and heading; the duty phrase included
    span: Span  # number, heading and text
    heading_span: Span
    text_span: Span
    source_span: Span
    parent: str | None
    duty: Duty | None
    commitments: tuple[Commitment, ...]
    targets: tuple[Target, ...]

    def having(
        self,
        duty: Duty | None = None,
        commitments: tuple[Commitment, ...] | None = None,
        targets: tuple[Target, ...] | None = None,
    ) -> Clause:
        """Return this clause with a duty, commitments or targets read from it (``dataclasses.replace`` is slow)."""
        return Clause(
            self.id,
            self.number,
            self.level,
            self.kind,
            self.heading,
            self.text,
            self.span,
            self.heading_span,
            self.text_span,
            self.source_span,
            self.parent,
            self.duty if duty is None else duty,
            self.commitments if commitments is None else commitments,
            self.targets if targets is None else targets,
        )


@dataclass(frozen=True, slots=True)
class Repair:
    """One change or proposed change. ``applied`` is false for a proposal: the text still has ``before``.

    ``span`` stands where ``before`` (a proposal) or ``after`` (applied) is in the repaired text.
    """

    span: Span
    source_span: Span
    before: str
    after: str
    kind: RepairKind
    evidence: str
    confidence: float
    applied: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the document lacks or contradicts; a suggestion names a likely owner."""

    code: str
    clause: str | None
    span: Span | None
    message: Text
    hint: Text
    suggestion: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """A party or group the document is addressed to."""

    name: str
    span: Span
    group: bool
    expands_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A document as read."""

    source: Source
    title: str
    number: str | None
    issuer: str | None
    issued: date | None
    effective: date | None
    text: str
    addressees: tuple[Addressee, ...]
    clauses: tuple[Clause, ...]
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]
    interpretation: str  # 政策解读, kept apart; "" when there is none
    attachments: tuple[str, ...] = ()

    def clause(self, id_: str) -> Clause:
        """Return the clause with this id; raise ``KeyError``."""
        for clause in self.clauses:
            if clause.id == id_:
                return clause
        raise KeyError(id_)

    @property
    def duties(self) -> tuple[tuple[Clause, Duty], ...]:
        """Return every clause that has a duty, with it."""
        return tuple((c, c.duty) for c in self.clauses if c.duty is not None)

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        """Return every commitment of the document in order."""
        return tuple(m for c in self.clauses for m in c.commitments)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return every milestone target of the document in order."""
        return tuple(t for c in self.clauses for t in c.targets)
