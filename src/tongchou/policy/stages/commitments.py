"""Stage *commitments*: the promises of every clause, each a verb and its object, and the targets of milestone years."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date

from tongchou.kernel.parties import PartyKind
from tongchou.policy.dates import find_date, last_day
from tongchou.policy.details import Detail, details, is_system, quantity
from tongchou.policy.model import Clause, ClauseKind, Commitment, Deadline, DeadlineStrength, Target
from tongchou.policy.party_names import GROUP, Found, Names, names_of, places_by_form
from tongchou.policy.phrases import Chunk, Promise, chunks, patterns, promises
from tongchou.policy.pipeline import Draft, Stage
from tongchou.policy.spans import Span

_TO_YEAR = re.compile(
    r"(?:——)?(?:力争|争取|预计|计划)?(?:到|至|截至)?(?:(?P<year>(?:20|21)\d\d)年(?:底|末|年末)?(?:前|时)?|“?十(?P<plan>[一二三四五六七八九])五”?(?:规划)?(?:时期)?(?:期末|末|期间)?|(?P<mid>本世纪中叶))(?!\d|度|[一二三四上下\d])"
)
_TO = re.compile(r"(?:力争|争取)?(?:到|至|截至)")
_NO_STATE = re.compile(
    r"(?:目标(?:是|为|如下)?|以下目标|如下目标|基础上|阶段|主要预期|时间|期间)$|^(?:以|按照|围绕|通过|根据|经过)[^，]*$"
)
_ORGAN = re.compile(
    r"(?:市场监管局|(?:市|省|县|区|州)(?!场|民中|区|域|镇|际|内|县|容|政(?!府|协|务|法)|外)[一-鿿]{0,11}?(?:局|委|办|厅|政府|管委会|委员会|公司|院|中心)|[一-鿿]{2,8}?(?:管委会|人民政府))"
    r"(?=[、和与及]|会同|牵头|负责|要|应|将|须|对|按|根据|围绕|每|定期|依)"
)
_JOIN = re.compile("[、和与及]|会同|以及")
_STARTS = frozenset("各市省县区有相全州")


class _Reader:
    """Reads the clauses of one document."""

    def __init__(self, draft: Draft) -> None:
        self.text = draft.text
        self.draft = draft
        self.names: Names = names_of(draft.places, draft.parties)
        found = self.names.in_text(draft.text)
        self.parties: dict[int, Found] = {
            f.start: f for f in found if f.party is not None or (f.place is not None and self.names.of_place(f.place))
        }
        self.places: list[tuple[int, int, str]]
        if len(draft.places):
            self.places = [(f.start, f.end, f.place.name) for f in found if f.place is not None]
        else:
            self.places = [(a, b, self.text[a:b]) for a, b in places_by_form(self.text)]
        self.place_starts = [p[0] for p in self.places]

    def actors_at(self, start: int, end: int) -> tuple[int, tuple[str, ...]]:
        """Return where the parties named one after another at ``start`` end, and their names."""
        text, at, named = self.text, start, []
        while at < end:
            found = self.parties.get(at)
            if found is not None and found.end <= end:
                party = found.party or (self.names.of_place(found.place) if found.place else None)
                if party is None or party.kind is PartyKind.OTHER:
                    break
                named.append(party.name)
                at = found.end
            elif text[at] in _STARTS or named:
                match = GROUP.match(text, at, end) or _ORGAN.match(text, at, end)
                if match is None or match.end() - at < 2:
                    break
                party = self.names.find(match[0])
                named.append(party.name if party is not None else match[0])
                at = match.end()
            else:
                match = _ORGAN.match(text, at, end)
                if match is None:
                    break
                named.append(match[0])
                at = match.end()
            join = _JOIN.match(text, at, end)
            if join is None:
                return at, tuple(dict.fromkeys(named))
            at = join.end()
        join_back = at if not named else _before_join(text, at)
        return (join_back, tuple(dict.fromkeys(named))) if named else (start, ())

    def read(self, clause: Clause) -> Clause:
        """Return the clause with its commitments and targets."""
        regions = self._regions(clause)
        goal = clause.kind is ClauseKind.GOAL
        silent = clause.kind is ClauseKind.GUIDING_PRINCIPLE
        commitments: list[Commitment] = []
        targets: list[Target] = []
        year: int | None = None
        for start, end in regions:
            found = details(self.text, start, end)
            starts = [d.start for d in found]
            due: Detail | None = None
            where: tuple[str, ...] = ()  # places of the frame in front: 依托清徐、古交资源优势，…
            acting: tuple[str, ...] = ()
            paragraph = start
            for chunk in chunks(self.text, start, end):
                if year is not None and self.text.find("\n", paragraph, chunk.start) >= 0:
                    year = year if goal else None
                paragraph = chunk.start
                match = _TO_YEAR.match(self.text, chunk.start, chunk.end)
                frame = False
                if match is not None and (goal or silent or _TO.match(match[0]) or match.end() == chunk.end):
                    year = _year(match)
                    frame = match.end() == chunk.end or _NO_STATE.search(self.text[match.end() : chunk.end]) is not None
                if goal or silent:
                    if year is not None and not frame:
                        self._target(clause, targets, chunk, match, year)
                    if chunk.ends and silent:
                        year = None
                    continue
                inside = found[bisect_left(starts, chunk.start) : bisect_left(starts, chunk.end)]
                dates = [d for d in inside if d.kind == "date"]
                made, acting = promises(self.text, chunk, self.actors_at, acting)
                for promise in made:
                    own = [d for d in inside if promise.start <= d.start < promise.end]
                    commitments.append(self._commitment(clause, promise, own, dates, due, where, len(commitments) + 1))
                if not made:
                    where = self._places(chunk.start, chunk.end)
                    if match is not None and year is not None and not frame:
                        self._target(clause, targets, chunk, match, year)
                    elif year is not None and not frame and patterns().state.match(self.text, chunk.start, chunk.end):
                        self._target(clause, targets, chunk, None, year)
                    if dates and dates[0].start - chunk.start <= 4 and chunk.end - dates[-1].end <= 2:
                        due = dates[-1]
                if chunk.ends:
                    due, acting, year, where = None, (), None, ()
                elif self.text[chunk.end : chunk.end + 1] in "；;":
                    acting, where = (), ()
        return replace(clause, commitments=tuple(commitments), targets=tuple(targets))

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

    def _target(
        self, clause: Clause, targets: list[Target], chunk: Chunk, frame: re.Match[str] | None, year: int
    ) -> None:
        start = frame.end() if frame is not None else chunk.start
        while start < chunk.end and self.text[start] in "—-–•·":
            start += 1
        words = self.text[start : chunk.end]
        if len(words) < 3 or _NO_STATE.search(words):
            return
        id_ = f"{clause.id}-t{len(targets) + 1}"
        targets.append(Target(id_, year, words, Span(start, chunk.end), self._places(start, chunk.end)))

    def _commitment(
        self,
        clause: Clause,
        promise: Promise,
        own: list[Detail],
        dates: list[Detail],
        due: Detail | None,
        where: tuple[str, ...],
        n: int,
    ) -> Commitment:
        text = self.text
        span = Span(promise.start, promise.end)
        quantities = tuple(quantity(text, d.match) for d in own if d.kind == "quantity")
        named = tuple(dict.fromkeys(d.match[0] for d in own if d.kind == "named"))
        return Commitment(
            id=f"{clause.id}-{n}",
            text=text[promise.start : promise.end],
            span=span,
            verb=text[promise.verb[0] : promise.verb[1]],
            object=text[promise.object : promise.end],
            places=self._places(promise.start, promise.end) or where,
            deadline=self._deadline(clause, promise, dates, due),
            quantities=quantities,
            named=named,
            actors=promise.actors,
            is_system=any(
                d.kind == "system" and is_system(text, d.match, promise.end) for d in own if d.start >= promise.object
            ),
        )

    def _deadline(self, clause: Clause, promise: Promise, dates: list[Detail], due: Detail | None) -> Deadline | None:
        """Return the date in the promise, else the one its sentence opens with, else the one beside the duty."""
        issued = self.draft.issued
        for detail in (*dates, due):
            if detail is not None:
                by = last_day(detail.match[0], issued)
                if by is not None and (issued is None or by >= issued):
                    return self._dated(promise, Span(detail.start, detail.end), by)
        beside = self.draft.dates.get(clause.id)
        if beside is not None:
            by = self._by(beside, issued)
            if by is not None:
                return self._dated(promise, beside, by)
        if promise.strength:
            at = self.text.find(promise.strength, promise.start, promise.end)
            span = Span(at, at + len(promise.strength)) if at >= 0 else Span(promise.start, promise.start)
            return Deadline(promise.strength, self._strength(promise.strength), None, span)
        return None

    def _by(self, span: Span, issued: date | None) -> date | None:
        match = find_date(self.text, *span)
        return last_day(self.text[span.start : span.end] if match is None else match[0], issued)

    def _dated(self, promise: Promise, span: Span, by: date) -> Deadline:
        return Deadline(self.text[span.start : span.end], self._strength(promise.strength), by, span)

    def _strength(self, word: str) -> DeadlineStrength:
        return DeadlineStrength(patterns().strengths.get(word, "firm"))

    def _places(self, start: int, end: int) -> tuple[str, ...]:
        first = bisect_left(self.place_starts, start)
        last = bisect_left(self.place_starts, end)
        return tuple(dict.fromkeys(p[2] for p in self.places[first:last] if p[1] <= end)) if last > first else ()


def _before_join(text: str, at: int) -> int:
    for join in ("会同", "以及"):
        if text.endswith(join, 0, at):
            return at - 2
    return at - 1 if text[at - 1] in "、和与及" else at


def _year(match: re.Match[str]) -> int:
    if match["year"]:
        return int(match["year"])
    if match["mid"]:
        return 2050
    return 2005 + 5 * "一二三四五六七八九".index(match["plan"]) + 5


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
