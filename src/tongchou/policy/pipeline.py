"""The chain of named stages that turns the bytes of a document into a :class:`~tongchou.policy.model.Policy`.

decode → script → repair → outline → duties → commitments → findings
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.model import Addressee, Clause, Finding, Repair, RepairKind, Source
from tongchou.policy.spans import Edit, EditedText, Span, span_to_source
from tongchou.policy.tables import Cell


@dataclass(frozen=True, slots=True)
class Change:
    """One edit, made or proposed, while going from ``texts[layer]``'s original to its result.

    A proposal (``applied`` false) stands at ``edit.start`` of the original of ``layer`` and was not made.
    """

    layer: int
    edit: Edit
    kind: RepairKind
    evidence: str
    confidence: float
    applied: bool = True


class CutKind(StrEnum):
    """Why a part of the source is not in the text read."""

    FURNITURE = "furniture"  # navigation and labels of the web site
    DATA = "data"  # title block and labels kept as document data: number, issuer, dates
    SECOND_COPY = "second_copy"  # another copy of a stretch that stays
    INTERPRETATION = "interpretation"  # 政策解读, kept apart


@dataclass(frozen=True, slots=True)
class Cut:
    """A part left out of the text read; ``span`` counts characters of the decoded source."""

    span: Span
    kind: CutKind


@dataclass(slots=True)
class Draft:
    """What the stages read and write. Each stage says which of these it reads and which it writes."""

    name: str
    data: bytes
    places: Places
    parties: Parties
    source: Source | None = None  # decode
    text: str = ""  # decode writes the source text; script and repair replace it
    texts: list[EditedText] = field(default_factory=list)  # one a layer of edits, oldest first
    changes: list[Change] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)  # repair
    title: str = ""  # repair reads the head of the document
    number: str | None = None
    issuer: str | None = None
    issued: date | None = None
    effective: date | None = None
    interpretation: str = ""
    attachments: list[str] = field(default_factory=list)
    addressed: Span | None = None  # outline: where the addressees are named
    rows: dict[str, tuple[Cell, ...]] = field(default_factory=dict)  # outline: the cells of clauses that are table rows
    addressees: list[Addressee] = field(default_factory=list)  # duties
    dates: dict[str, Span] = field(default_factory=dict)  # duties: a date printed beside a clause's parties
    clauses: list[Clause] = field(default_factory=list)  # outline; duties and commitments replace them
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the chain, with the parts of the draft it reads and writes."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    run: Callable[[Draft], None]


def run(draft: Draft, stages: Iterable[Stage]) -> Draft:
    """Run the stages over ``draft`` in order and return it; raises ``ProblemsError`` where the input cannot be read."""
    for stage in stages:
        stage.run(draft)
    return draft


def repairs(draft: Draft) -> tuple[Repair, ...]:
    """Return the changes of ``draft`` as repairs of the final text, in its order.

    A change inside a part that was cut later is left out: nothing of it stands in the text read.
    """
    found = []
    for change in draft.changes:
        edit = change.edit
        old = Span(edit.start, edit.start + len(edit.before))
        if change.applied:
            span, rest = draft.texts[change.layer].place_of(edit), draft.texts[change.layer + 1 :]
        else:
            span, rest = old, draft.texts[change.layer :]
        kept = True
        for text in rest:
            if text.removed(span):
                kept = False
                break
            span = text.span_to_new(span)
        if kept:
            source = span_to_source(old, draft.texts[: change.layer])
            found.append(
                Repair(
                    span,
                    source,
                    edit.before,
                    edit.after,
                    change.kind,
                    change.evidence,
                    change.confidence,
                    change.applied,
                )
            )
    return tuple(sorted(found, key=lambda r: (r.span, r.source_span)))
