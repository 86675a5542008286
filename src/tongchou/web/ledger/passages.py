"""A clause's text cut into passages, each with everything that was read from exactly those characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongchou.policy.model import Clause, Policy, Repair, RepairKind
from tongchou.policy.spans import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something read from a span of the text: ``kind`` is commitment, target, duty, finding, or remark (on it all)."""

    id: str
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters that belong to the same marks. ``starts`` are the marks that begin here, and carry their anchors.

    ``repair`` is set where the text was changed: ``before`` stood here in the source, ``text`` stands now.
    """

    text: str
    marks: tuple[Mark, ...]
    starts: tuple[Mark, ...]
    repair: Repair | None = None

    @property
    def ids(self) -> str:
        """The marks' ids, for the page's links between text and ledger."""
        return " ".join(m.id for m in self.marks)

    @property
    def classes(self) -> str:
        """The kinds of the marks and of the change, as style classes."""
        kinds = dict.fromkeys(f"is-{m.kind}" for m in self.marks)
        return " ".join(kinds)


def marks_of(clause: Clause, finding_ids: Sequence[tuple[str, Span]]) -> list[Mark]:
    """Return what was read from a clause, each with its span; ``finding_ids`` are the clause's findings in place."""
    marks = [Mark(f"c{m.id}", "commitment", m.span) for m in clause.commitments]
    marks += [Mark(f"t{t.id}", "target", t.span) for t in clause.targets]
    if clause.duty:
        marks += [Mark(f"d{clause.id}", "duty", span) for span in clause.duty.spans or (clause.duty.span,)]
    whole = max(1, len(clause.text))
    for id_, span in finding_ids:
        # A finding about the clause as a whole is reached by its anchor; colouring every word would point at nothing.
        local = 2 * (span.end - span.start) < whole and not (clause.duty and span in clause.duty.spans)
        marks.append(Mark(id_, "finding" if local else "remark", span))
    return marks


def passages(text: str, span: Span, marks: Iterable[Mark], repairs: Iterable[Repair]) -> list[Passage]:
    """Cut ``text[span]`` at every boundary of a mark or a repair; nothing overlaps and no character is lost."""
    inside = [m for m in marks if m.span.start < span.end and m.span.end > span.start]
    changes = [r for r in repairs if span.start <= r.span.start <= r.span.end <= span.end and _is_shown(r)]
    cuts = {span.start, span.end}
    for one in (*(m.span for m in inside), *(r.span for r in changes)):
        cuts.update(min(max(at, span.start), span.end) for at in one)
    deleted: dict[int, list[Repair]] = {}
    replaced: dict[int, Repair] = {}
    for change in changes:
        if change.span.start == change.span.end:
            deleted.setdefault(change.span.start, []).append(change)
        else:
            replaced[change.span.start] = change
    seen: set[str] = set()
    result: list[Passage] = []
    current: Repair | None = None
    points = sorted(cuts)
    for start, end in pairwise(points):
        here = tuple(m for m in inside if m.span.start <= start and end <= m.span.end)
        result += [Passage("", here, (), change) for change in deleted.pop(start, ())]
        current = replaced.get(start) or (current if current and start < current.span.end else None)
        starts = tuple(m for m in here if m.id not in seen)
        seen.update(m.id for m in starts)
        result.append(Passage(text[start:end], here, starts, current))
    result += [Passage("", (), (), change) for change in deleted.pop(span.end, ())]
    return result


def _is_shown(repair: Repair) -> bool:
    # Punctuation made full width would mark up half the page and tell nobody anything.
    return repair.kind is not RepairKind.PUNCTUATION


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause with its passages, findings and depth, for the page that shows the text."""

    clause: Clause
    heading: list[Passage]
    passages: list[Passage]
    findings: list[tuple[str, object]]
    depth: int


def clause_views(policy: Policy) -> list[ClauseView]:
    """Return every clause with its own text cut into passages; children stand in views of their own."""
    findings: dict[str, list[tuple[str, object]]] = {}
    spans: dict[str, list[tuple[str, Span]]] = {}
    for number, finding in enumerate(policy.findings, 1):
        if finding.clause:
            findings.setdefault(finding.clause, []).append((f"f{number}", finding))
            if finding.span:
                spans.setdefault(finding.clause, []).append((f"f{number}", finding.span))
    views = []
    for clause in policy.clauses:
        marks = marks_of(clause, spans.get(clause.id, []))
        views.append(
            ClauseView(
                clause,
                passages(policy.text, clause.heading_span, marks, policy.repairs),
                passages(policy.text, clause.text_span, marks, policy.repairs),
                findings.get(clause.id, []),
                clause.id.count("."),
            )
        )
    return views
