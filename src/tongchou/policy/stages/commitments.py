"""Stage *commitments*: the promises of every clause, each a verb and its object, and the targets of milestone years."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from tongchou.policy.dates import find_date, is_size, last_day
from tongchou.policy.details import Detail, details, is_system, quantity
from tongchou.policy.model import Clause, ClauseKind, Commitment, Deadline, DeadlineStrength, Quantity, Target
from tongchou.policy.parties_in_text import ActingParties
from tongchou.policy.party_names import names_of, places_by_form
from tongchou.policy.phrases import SENTENCE_END, Promise, chunks, grammar, promises
from tongchou.policy.pipeline import Draft, Stage
from tongchou.policy.spans import Span

_TO_YEAR = re.compile(
    r"(?:——)?(?:力争|争取|预计|计划)?(?P<to>到|至|截至)?(?:(?P<year>(?:20|21)\d\d)年(?:底|末|年末)?(?:前|时)?"
    r"|“?十(?P<plan>[一二三四五六七八九])五”?(?:规划)?(?:时期)?(?:期末|末|期间)?|(?P<mid>本世纪中叶))"
    r"(?!\d|度|[一二三四上下\d])"
)
# 第一阶段（2021年至2022年）：…
_STAGE = re.compile(r"(?:第[一二三四五]阶段|[近中远]期)[^，。]*((?:20|21)\d\d)年[^\d，。]*$")
_YEAR_FIRST = frozenset("—力争预计到至截2“十本")
_NO_STATE = re.compile(
    r"(?:目标(?:是|为|如下)?|以下目标|如下目标|基础上|阶段|主要预期|时间|期间)$|^(?:以|按照|围绕|通过|根据|经过)[^，]*$"
)
# Sentences that rule or explain, and promise nothing.
_RULE = re.compile(r"禁止|严禁|不得|不准|起(?:施行|实施|执行|生效)|有效期|负责解释|是指|以下简称|同时废止")
# Frames whose places are those of the promise that follows: 依托清徐、古交资源优势，打造…
_PLACING = ("依托", "针对", "对", "在", "围绕", "立足", "以", "支持", "结合")
_NOTHING: list[Detail] = []
_PLANS = "一二三四五六七八九"


class _Reader:
    """Reads the clauses of one document."""

    def __init__(self, draft: Draft) -> None:
        self.text = draft.text
        self.draft = draft
        names = names_of(draft.places, draft.parties)
        found = names.in_text(draft.text)
        self.acting = ActingParties(draft.text, names, found)
        if len(draft.places):
            self.places = [(f.start, f.end, f.place.name) for f in found if f.place is not None]
        else:
            self.places = [(a, b, self.text[a:b]) for a, b in places_by_form(self.text)]
        self.grammar = grammar()
        self.strengths = {w: DeadlineStrength(s) for w, s in self.grammar.strengths.items()}
        self.place_starts = [p[0] for p in self.places]

    def read(self, clause: Clause) -> Clause:
        """Return the clause with its commitments and targets."""
        commitments: list[Commitment] = []
        targets: list[Target] = []
        for start, end in self._regions(clause):
            if clause.kind in (ClauseKind.GOAL, ClauseKind.GUIDING_PRINCIPLE):
                self._read_goal(clause, start, end, targets)
            else:
                self._read_measure(clause, start, end, commitments, targets)
        if not commitments and not targets:
            return clause
        return clause.having(commitments=tuple(commitments), targets=tuple(targets))

    def _regions(self, clause: Clause) -> list[tuple[int, int]]:
        """Return the parts of the clause's text that are neither duty nor number; of a table row the task cells."""
        cells = self.draft.rows.get(clause.id)
        if cells:
            return [c.span for c in cells if c.role in ("task", "other")]
        start, end = clause.text_span
        regions = []
        for span in clause.duty.spans if clause.duty is not None else ():
            if span.start > start:
                regions.append((start, span.start))
            start = max(start, span.end)
        if start < end:
            regions.append((start, end))
        return regions

    def _read_goal(self, clause: Clause, start: int, end: int, targets: list[Target]) -> None:
        """Read states promised for a year: everything from 到2022年 to the next year named or, elsewhere, full stop."""
        silent = clause.kind is ClauseKind.GUIDING_PRINCIPLE
        year: int | None = None
        for chunk in chunks(self.text, start, end):
            match = _TO_YEAR.match(self.text, chunk.start, chunk.end)
            frame = chunk.start
            if match is not None and (not silent or match["to"]):
                year, frame = _year(match), match.end()
            elif (stage := _STAGE.match(self.text, chunk.start, chunk.end)) is not None:
                year, frame = int(stage[1]), chunk.end
            if year is not None:
                self._target(clause, targets, frame, chunk.end, year)
            if silent and chunk.stop in SENTENCE_END:
                year = None

    def _read_measure(
        self, clause: Clause, start: int, end: int, commitments: list[Commitment], targets: list[Target]
    ) -> None:
        text = self.text
        found = details(text, start, end)
        rules = _RULE.search(text, start, end) is not None
        at = 0
        due: Detail | None = None
        year: int | None = None
        where: tuple[str, ...] = ()  # places of the frame in front: 依托清徐、古交资源优势，…
        acting: tuple[str, ...] = ()
        for chunk in chunks(text, start, end):
            first = at
            while at < len(found) and found[at].start < chunk.end:
                at += 1
            inside = found[first:at] if at > first else _NOTHING
            frame = chunk.start
            if text[frame] in _YEAR_FIRST:
                match = _TO_YEAR.match(text, frame, chunk.end)
                if match is not None and (match["to"] or match.end() == chunk.end):
                    year, frame = _year(match), match.end()
            if rules and _RULE.search(text, chunk.start, chunk.end):
                made: list[Promise] = []
            else:
                made, acting = promises(self.grammar, text, chunk, self.acting, acting)
            for promise in made:
                one = self._commitment(clause, promise, inside, due, where, len(commitments) + 1)
                commitments.append(one)
                if one.places is not where:
                    where = ()
            if not made:
                where = self._places(chunk.start, chunk.end) if acting or text.startswith(_PLACING, chunk.start) else ()
                if year is not None and (frame > chunk.start or self.grammar.state.match(text, frame, chunk.end)):
                    self._target(clause, targets, frame, chunk.end, year)
                dates = [d for d in inside if d.kind == "date"]
                if dates and dates[0].start - chunk.start <= 4 and chunk.end - dates[-1].end <= 2:
                    due = dates[-1]
            if chunk.stop in SENTENCE_END:
                due, acting, year, where = None, (), None, ()
            elif chunk.stop in "；;":
                acting, where = (), ()

    def _target(self, clause: Clause, targets: list[Target], start: int, end: int, year: int) -> None:
        while start < end and self.text[start] in "—-–•·":
            start += 1
        words = self.text[start:end]
        if len(words) < 3 or _NO_STATE.search(words):
            return
        id_ = f"{clause.id}-t{len(targets) + 1}"
        targets.append(Target(id_, year, words, Span(start, end), self._places(start, end)))

    def _commitment(
        self,
        clause: Clause,
        promise: Promise,
        inside: list[Detail],
        due: Detail | None,
        where: tuple[str, ...],
        number: int,
    ) -> Commitment:
        text = self.text
        start, end, verb, verb_end, _, actors = promise
        quantities: tuple[Quantity, ...] = ()
        named: tuple[str, ...] = ()
        if inside:
            own = [d for d in inside if start <= d.start < end]
            quantities = tuple(quantity(text, d.match) for d in own if d.kind == "quantity")
            named = tuple(dict.fromkeys(d.match[0] for d in own if d.kind == "named"))
        # By position: this runs once for every promise, and names of arguments take a tenth of its time.
        return Commitment(
            f"{clause.id}-{number}",
            text[start:end],
            tuple.__new__(Span, (start, end)),
            text[verb:verb_end],
            text[verb_end:end],
            self._places(start, end) or (where if text[start] != "全" else ()),
            self._deadline(clause, promise, inside, due),
            quantities,
            named,
            actors,
            is_system(text, verb_end, end),
        )

    def _deadline(self, clause: Clause, promise: Promise, inside: list[Detail], due: Detail | None) -> Deadline | None:
        """Return the date in the promise, else the one its sentence opens with, else the one beside the duty."""
        text, strength = self.text, promise.strength
        if inside or due is not None:
            issued = self.draft.issued
            for detail in (*inside, due):
                if detail is not None and detail.kind == "date" and not is_size(text, detail.start, detail.end):
                    by = last_day(detail.match[0], issued)
                    if by is not None and (issued is None or by >= issued):
                        return Deadline(detail.match[0], self._strength(strength), by, Span(detail.start, detail.end))
        beside = self.draft.dates.get(clause.id)
        if beside is not None:
            by = self._by(text[beside.start : beside.end])
            if by is not None:
                return Deadline(text[beside.start : beside.end], self._strength(strength), by, beside)
        if not strength:
            return None
        at = text.find(strength, promise.start, promise.end)
        return Deadline(strength, self._strength(strength), None, Span(at, at + len(strength)))

    def _by(self, printed: str) -> date | None:
        match = find_date(printed, 0, len(printed))
        return last_day(printed if match is None else match[0], self.draft.issued)

    def _strength(self, word: str) -> DeadlineStrength:
        return self.strengths.get(word, DeadlineStrength.FIRM)

    def _places(self, start: int, end: int) -> tuple[str, ...]:
        starts = self.place_starts
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return ()
        last = bisect_left(starts, end, first)
        return tuple(dict.fromkeys(p[2] for p in self.places[first:last] if p[1] <= end))


def _year(match: re.Match[str]) -> int:
    if match["year"]:
        return int(match["year"])
    if match["mid"]:
        return 2050
    return 2010 + 5 * _PLANS.index(match["plan"])


def run(draft: Draft) -> None:
    """Replace every clause by one with its commitments and targets."""
    reader = _Reader(draft)
    draft.clauses = [reader.read(clause) for clause in draft.clauses]


STAGE = Stage(
    "commitments",
    reads=("text", "clauses", "rows", "dates", "issued", "places", "parties"),
    writes=("clauses",),
    run=run,
)
