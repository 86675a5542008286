"""The chain of named stages that turns the bytes of a document into a :class:`~tongchou.policy.model.Policy`.

decode → script → repair → outline → duties → commitments → findings
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.model import Addressee, Clause, Finding, RepairKind, Source
from tongchou.policy.spans import Edit, EditedText


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
    title: str = ""  # repair reads the head of the document
    number: str | None = None
    issuer: str | None = None
    issued: date | None = None
    effective: date | None = None
    interpretation: str = ""
    attachments: list[str] = field(default_factory=list)
    addressees: list[Addressee] = field(default_factory=list)  # outline
    clauses: list[Clause] = field(default_factory=list)  # outline; duties and commitments replace them
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the chain, with the parts of the draft it reads and writes."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    run: Callable[[Draft], None]
