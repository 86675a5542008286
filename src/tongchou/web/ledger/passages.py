"""A clause's text cut into passages, each with everything that was read from exactly those characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongchou.policy.model import Clause, Finding, Policy, Repair, RepairKind
from tongchou.policy.spans import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something read from a span of the text: ``kind`` is commitment, target, duty, finding, or remark (on it all).

    A remark has an anchor and nothing else: its words are the whole clause, and pointing at all points at none.
    """

    id: str
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Change:
    """A repair of the document with the id by which the page links to it."""

    id: str
    repair: Repair


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters that belong to the same marks. ``starts`` are the marks that begin here, and carry their anchors.

    ``change`` is set where the text was changed: ``before`` stood here in the source, ``text`` stands now. The first
    passage of a change carries its anchor and shows what stood there.
    """

    text: str
    marks: tuple[Mark, ...]
    starts: tuple[Mark, ...]
    change: Change | None = None
    is_changes_first: bool = False

    @property
    def ids(self) -> str:
        """The ids of what was read from these words, for the page's links between text and rows."""
        ids = [m.id for m in self.marks if m.kind != "remark"]
        return " ".join([*ids, self.change.id] if self.change else ids)

    @property
    def classes(self) -> str:
        """The kinds of the marks, as style classes."""
        return " ".join(dict.fromkeys(f"is-{m.kind}" for m in self.marks if m.kind != "remark"))


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


def passages(text: str, span: Span, marks: Iterable[Mark], changes: Sequence[Change]) -> list[Passage]:
    """Cut ``text[span]`` at every boundary of a mark or a change; nothing overlaps and no character is lost.

    ``changes`` are those inside ``span``, in the order of the text.
    """
    inside = [m for m in marks if m.span.start < span.end and m.span.end > span.start]
    cuts = {span.start, span.end}
    for one in (*(m.span for m in inside), *(c.repair.span for c in changes)):
        cuts.update(min(max(at, span.start), span.end) for at in one)
    deleted: dict[int, list[Change]] = {}
    replaced: dict[int, Change] = {}
    for change in changes:
        if change.repair.span.start == change.repair.span.end:
            deleted.setdefault(change.repair.span.start, []).append(change)
        else:
            replaced[change.repair.span.start] = change
    seen: set[str] = set()
    result: list[Passage] = []
    current: Change | None = None
    for start, end in pairwise(sorted(cuts)):
        here = tuple(m for m in inside if m.span.start <= start and end <= m.span.end)
        result += [Passage("", here, (), change, True) for change in deleted.pop(start, ())]
        begins = replaced.get(start)
        current = begins or (current if current and start < current.repair.span.end else None)
        starts = tuple(m for m in here if m.id not in seen)
        seen.update(m.id for m in starts)
        result.append(Passage(text[start:end], here, starts, current, begins is not None))
    result += [Passage("", (), (), change, True) for change in deleted.pop(span.end, ())]
    return result


def changes_of(policy: Policy) -> list[Change]:
    """Return the repairs shown in place, in the order of the text, each with its number in the table of repairs.

    Punctuation made full width would mark up half the page and tell nobody anything; it stands in the table only.
    """
    numbered = (Change(f"r{n}", r) for n, r in enumerate(policy.repairs, 1))
    shown = [c for c in numbered if c.repair.kind is not RepairKind.PUNCTUATION]
    return sorted(shown, key=lambda c: c.repair.span)


def _within(changes: Sequence[Change], starts: Sequence[int], span: Span) -> list[Change]:
    """Return the changes inside ``span``; ``starts`` are where each of them begins."""
    found = changes[bisect_left(starts, span.start) : bisect_right(starts, span.end)]
    return [c for c in found if c.repair.span.end <= span.end]


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause with its passages, findings, changes and depth, for the page that shows the text."""

    clause: Clause
    heading: list[Passage]
    passages: list[Passage]
    findings: list[tuple[str, Finding]]
    changes: list[Change]
    depth: int


def clause_views(policy: Policy) -> list[ClauseView]:
    """Return every clause with its own text cut into passages; children stand in views of their own."""
    findings: dict[str, list[tuple[str, Finding]]] = {}
    spans: dict[str, list[tuple[str, Span]]] = {}
    for number, finding in enumerate(policy.findings, 1):
        if finding.clause:
            findings.setdefault(finding.clause, []).append((f"f{number}", finding))
            if finding.span:
                spans.setdefault(finding.clause, []).append((f"f{number}", finding.span))
    changes = changes_of(policy)
    starts = [c.repair.span.start for c in changes]
    views = []
    for clause in policy.clauses:
        marks = marks_of(clause, spans.get(clause.id, []))
        # What was deleted between heading and text lies at the edge of both; it is shown once.
        in_heading = _within(changes, starts, clause.heading_span)
        in_text = [c for c in _within(changes, starts, clause.text_span) if c not in in_heading]
        views.append(
            ClauseView(
                clause,
                passages(policy.text, clause.heading_span, marks, in_heading),
                passages(policy.text, clause.text_span, marks, in_text),
                findings.get(clause.id, []),
                [*in_heading, *in_text],
                clause.id.count("."),
            )
        )
    return views
