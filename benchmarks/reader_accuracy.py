"""How well the reader does on documents it was not built on: precision and recall of every stage, with sample sizes.

The samples are our own, in invented places, with labels written by hand (``tests/corpus``). Those from number 51 on
were written and labelled before the rules were frozen and looked at only afterwards. No region is given, so every name
is recognised by its form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks._reader_corpus import Gold, Sample, samples
from tongchou.policy.model import Clause, Commitment
from tongchou.policy.reader import read_bytes

STAGES = ("clauses", "kinds", "parties", "commitments", "commitments, exact", "deadlines", "targets")
_OVERLAP = 0.6  # share of the joint length that two spans must have in common to be the same promise


@dataclass(slots=True)
class Score:
    """Counts of one stage."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


def score(chosen: Iterable[Sample]) -> dict[str, Score]:
    """Read every sample and return the score of each stage."""
    scores = {stage: Score() for stage in STAGES}
    for sample in chosen:
        for stage, right, found, wanted in _score_one(sample):
            scores[stage].add(right, found, wanted)
    return scores


def _score_one(sample: Sample) -> Iterable[tuple[str, int, int, int]]:
    policy = read_bytes(*sample.file())
    read = {c.id: c for c in policy.clauses}
    gold = {g.id: g for g in sample.clauses}
    both = [(read[i], gold[i]) for i in gold if i in read]
    yield "clauses", sum(c.heading == g.heading for c, g in both), len(read), len(gold)
    yield "kinds", sum(c.kind.value == g.kind for c, g in both), len(read), len(gold)
    parties = {(c.id, p.name, p.role.value) for c in read.values() if c.duty is not None for p in c.duty.parties}
    wanted = {(g.id, name, role) for g in gold.values() for name, role in g.parties}
    yield "parties", len(parties & wanted), len(parties), len(wanted)
    targets = {(c.id, t.text, t.year) for c in read.values() for t in c.targets}
    aims = {(g.id, text, year) for g in gold.values() for text, year in g.targets}
    yield "targets", len(targets & aims), len(targets), len(aims)
    matched = exact = dated = 0
    for clause, labels in both:
        for made, (text, by) in _match(clause, labels):
            matched += 1
            exact += made.text == text
            dated += by is not None and made.deadline is not None and made.deadline.by == by
    found, total = sum(len(c.commitments) for c in read.values()), sum(len(g.commitments) for g in gold.values())
    yield "commitments", matched, found, total
    yield "commitments, exact", exact, found, total
    due = sum(m.deadline is not None and m.deadline.by is not None for c in read.values() for m in c.commitments)
    yield "deadlines", dated, due, sum(by is not None for g in gold.values() for _, by in g.commitments)


def _match(clause: Clause, labels: Gold) -> Iterable[tuple[Commitment, tuple[str, object]]]:
    """Pair promises found with promises wanted that overlap by more than the limit, each at most once."""
    left = list(clause.commitments)
    for label in labels.commitments:
        start = clause.text.find(label[0])
        if start < 0:
            continue
        start += clause.text_span.start
        end = start + len(label[0])
        for made in left:
            joint = min(end, made.span.end) - max(start, made.span.start)
            whole = max(end, made.span.end) - min(start, made.span.start)
            if joint >= _OVERLAP * whole:
                left.remove(made)
                yield made, label
                break


def main() -> None:
    """Print the table for the samples the rules were written on, for the held-out ones, and for all."""
    everything = samples()
    parts = {
        "written on": [s for s in everything if not s.held_out],
        "held out": [s for s in everything if s.held_out],
        "all": list(everything),
    }
    for name, chosen in parts.items():
        print(f"{name}: {len(chosen)} documents, {sum(len(s.text) for s in chosen)} characters")
        print(f"  {'stage':<20}{'precision':>10}{'recall':>10}{'right':>8}{'found':>8}{'wanted':>8}")
        for stage, s in score(chosen).items():
            print(f"  {stage:<20}{s.precision:>10.3f}{s.recall:>10.3f}{s.right:>8}{s.found:>8}{s.wanted:>8}")


if __name__ == "__main__":
    main()
