"""Stage *findings* (缺项体检): what the document lacks or contradicts, once a clause, never filled in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

import ahocorasick

from tongchou.kernel.parties import PartyKind
from tongchou.kernel.text import Text
from tongchou.policy import finding_codes as codes
from tongchou.policy.finding_codes import finding
from tongchou.policy.lexicon import any_of, rows, words
from tongchou.policy.model import Clause, ClauseKind, Commitment, Duty, Finding, Role
from tongchou.policy.numbering import count
from tongchou.policy.party_names import Names, names_of
from tongchou.policy.pipeline import Draft, Stage
from tongchou.policy.spans import Span

_DROPPED = re.compile(r"以[^，。；、为]{2,20}为的[^，。；]{0,12}")
_LIST_REACH = 60
_SORTS = {
    "战略": ClauseKind.STRATEGY,
    "任务": ClauseKind.MEASURE,
    "机制": ClauseKind.MECHANISM,
    "目标": ClauseKind.GOAL,
}
_GENERIC = ("各有关", "有关", "相关", "各级")


class _Checks:
    """The checks of one document."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.text = draft.text
        self.names: Names = names_of(draft.places, draft.parties)
        self.covered = {c.id: c.duty for c in draft.clauses}
        self.parent = {c.id: c.parent for c in draft.clauses}
        self.owner = _owners(self.names)
        self.fields = _Fields(draft.text, self.names)
        self._counts: set[tuple[int, ClauseKind | None]] | None = None

    def all(self) -> Iterator[Finding]:
        for clause in self.draft.clauses:
            for check in (self.lead, self.promises, self.targets, self.disagree, self.owners, self.rules, self.unknown):
                yield from check(clause)
        yield from self.terms()
        yield from self.dropped()
        yield from self.addressees()

    def duty_of(self, clause: Clause) -> Duty | None:
        """Return the duty of the clause or of the nearest clause above it."""
        at: str | None = clause.id
        while at is not None:
            duty = self.covered.get(at)
            if duty is not None:
                return duty
            at = self.parent.get(at)
        return None

    def lead(self, clause: Clause) -> Iterator[Finding]:
        duty = clause.duty
        if duty is None or any(p.role is Role.LEAD for p in duty.parties):
            return
        if len(duty.parties) > 1 or any(p.group for p in duty.parties):
            yield finding(codes.NO_LEAD, clause.id, duty.span, count=len(duty.parties))

    def promises(self, clause: Clause) -> Iterator[Finding]:
        made = clause.commitments
        if not made:
            return
        span = Span(made[0].span.start, made[-1].span.end)
        if self.duty_of(clause) is None:
            yield finding(codes.NO_DUTY, clause.id, span, count=len(made))
        missing = sum(m.deadline is None or m.deadline.by is None for m in made)
        if missing:
            yield finding(codes.NO_DATE, clause.id, span, count=len(made), missing=missing)
        if not any(m.quantities for m in made):
            yield finding(codes.NO_MEASURE, clause.id, span, count=len(made))

    def targets(self, clause: Clause) -> Iterator[Finding]:
        missing = [t for t in clause.targets if not any(c.isdigit() for c in t.text)]
        if missing:
            span = Span(clause.targets[0].span.start, clause.targets[-1].span.end)
            yield finding(codes.NO_TARGET_VALUE, clause.id, span, count=len(clause.targets), missing=len(missing))

    def disagree(self, clause: Clause) -> Iterator[Finding]:
        duty = self.duty_of(clause)
        if duty is None:
            return
        named = {p.name for p in duty.parties} | {n for p in duty.parties for n in p.expands_to}
        told: dict[str, Span] = {}
        for made in clause.commitments:
            for actor in made.actors:
                told.setdefault(actor, made.span)
        absent = []
        for actor in told:
            party = self.names.find(actor)
            members = set(self.names.members(party, actor))
            if actor in named or (members and members <= named):
                continue
            absent.append(actor)
        if absent:
            yield finding(
                codes.TEXT_AND_DUTY_DISAGREE, clause.id, told[absent[0]], tuple(absent), party="、".join(absent)
            )

    def owners(self, clause: Clause) -> Iterator[Finding]:
        """Suggest owners for promises on a field that none of the clause's parties, or not all in charge, cover."""
        duty = self.duty_of(clause)
        if duty is None or not clause.commitments:
            return
        named = tuple(p.name for p in duty.parties)
        owned = {
            word: [o for o, stems in self.owner[word] if not _names_owner(named, o, stems)]
            for _, _, word in self.fields.between(*clause.text_span)
        }
        wanted: dict[str, dict[str, None]] = {}
        first: Span | None = None
        for made in clause.commitments:
            for start, end, word in self.fields.between(*made.span):
                missing = owned[word]
                if not missing or (len(word) < 3 and self.fields.often(word)):
                    continue
                partly = len(missing) < len(self.owner[word])
                if partly or not self._covered(start, end, made, owned):
                    first = first or Span(start, end)
                    for owner in missing:
                        wanted.setdefault(owner, {})[word] = None
        if wanted and first is not None:
            said = "、".join(f"{'、'.join(found)}（{owner}）" for owner, found in wanted.items())
            yield finding(codes.OWNER_MISSING, clause.id, first, tuple(wanted), words=said)

    def _covered(self, start: int, end: int, made: Commitment, owned: dict[str, list[str]]) -> bool:
        """Return whether one of the clause's parties is in charge of a field in the same item of the promise."""
        left = max(made.span.start, self.text.rfind("、", made.span.start, start))
        right = self.text.find("、", end, made.span.end)
        items = self.fields.between(left, made.span.end if right < 0 else right)
        return any(len(owned[word]) < len(self.owner[word]) for _, _, word in items)

    def rules(self, clause: Clause) -> Iterator[Finding]:
        said: set[str] = set()
        for made in clause.commitments:
            if not made.is_system:
                continue
            for match in _ruled().finditer(made.object):
                word = match[0]
                row = next(r for r in rows("rule_details") if r["word"] == word)
                if word in said or re.search(row["stated"], clause.text):
                    continue
                said.add(word)
                at = self.text.find(word, made.span.start, made.span.end)
                missing = Text(row["missing_zh"], row["missing_en"])
                span = Span(at, at + len(word))
                yield finding(codes.RULE_MISSING, clause.id, span, words=word, missing=missing)

    def unknown(self, clause: Clause) -> Iterator[Finding]:
        if self.names.known and clause.duty is not None:
            for party in clause.duty.parties:
                if party.party is None and not (party.group and party.name.startswith(_GENERIC)):
                    yield finding(codes.UNKNOWN_PARTY, clause.id, party.span, party=party.name)

    def terms(self) -> Iterator[Finding]:
        where = _locator(self.draft.clauses)
        first: dict[str, tuple[str, Span]] = {}
        defined: set[str] = set()
        for match in _terms().finditer(self.text):
            term = match[0].strip("“”")
            clause = where(match.start())
            if clause is None or term in defined:
                continue
            first.setdefault(term, (clause, Span(*match.span())))
            if self._defined_at(term, *match.span()):
                defined.add(term)
        for term, (clause, span) in first.items():
            if term not in defined:
                yield finding(codes.UNDEFINED, clause, span, term=term)

    def _defined_at(self, term: str, start: int, end: int) -> bool:
        """Return whether the document says here what ``term`` is.

        It does by a word such as 是指 or 包括 or a bracket right behind, by a list right in front (…、…的“四不摘”), or
        by having as many numbered clauses of that kind (四大机制).
        """
        if _defines().match(self.text, end):
            return True
        before = self.text[max(0, start - _LIST_REACH) : start]
        listed = re.split("[，。；：\n]", before)[-1]
        if "“" in self.text[start:end] and "、" in listed:
            return True
        if term[0] in "二两三四五六七八九十" and term[1:2] == "大":
            return (count(term[0].replace("两", "二")), _SORTS.get(term[2:])) in self._counted()
        return False

    def _counted(self) -> set[tuple[int, ClauseKind | None]]:
        """Return how many numbered clauses stand directly under a clause of each kind."""
        if self._counts is None:
            below: Counter[str] = Counter(c.parent for c in self.draft.clauses if c.parent and c.number)
            self._counts = {(below[c.id], c.kind) for c in self.draft.clauses if below[c.id]}
        return self._counts

    def dropped(self) -> Iterator[Finding]:
        where = _locator(self.draft.clauses)
        for match in _DROPPED.finditer(self.text):
            clause = where(match.start())
            if clause is not None:
                yield finding(codes.DROPPED_WORD, clause, Span(*match.span()), words=match[0])

    def addressees(self) -> Iterator[Finding]:
        addressed = self.draft.addressees
        duties = [(c, p) for c in self.draft.clauses if c.duty is not None for p in c.duty.parties]
        if not addressed or not duties:
            return
        owing = {p.name for _, p in duties} | {n for _, p in duties for n in p.expands_to}
        for a in addressed:
            if not a.group and a.name not in owing:
                yield finding(codes.ADDRESSEE_WITHOUT_DUTY, None, a.span, (a.name,), party=a.name)
        named = {a.name for a in addressed} | {n for a in addressed for n in a.expands_to}
        kinds = {_sort(a.name) for a in addressed if not a.group}
        seen: set[str] = set()
        for clause, party in duties:
            if party.name in named or party.name in seen or party.group or _sort(party.name) not in kinds:
                continue
            seen.add(party.name)
            yield finding(codes.DUTY_WITHOUT_ADDRESSEE, clause.id, party.span, (party.name,), party=party.name)


def _names_owner(named: tuple[str, ...], owner: str, stems: tuple[str, ...]) -> bool:
    """Return whether ``owner`` is among the parties named, by its name or by a stem of it."""
    return owner in named or any(stem in name for stem in stems for name in named)


def _sort(name: str) -> str:
    """Return the sort of party by form; addressees that are named one by one must be complete within their sort."""
    if name.endswith(("管委会", "管理委员会")):
        return "zone"
    return "government" if name.endswith("政府") else "department"


def _locator(clauses: list[Clause]) -> Callable[[int], str | None]:
    """Return a function that gives the id of the innermost clause at an offset."""
    spans = sorted((c.span.start, c.span.end, c.id) for c in clauses)
    starts = [s[0] for s in spans]

    def at(offset: int) -> str | None:
        i = bisect_right(starts, offset) - 1
        return spans[i][2] if i >= 0 and offset < spans[i][1] else None

    return at


@lru_cache(maxsize=1)
def _terms() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{r['pattern']})" for r in rows("undefined_terms")), re.MULTILINE)


@lru_cache(maxsize=1)
def _ruled() -> re.Pattern[str]:
    return re.compile(any_of(words("rule_details")))


@lru_cache(maxsize=1)
def _defines() -> re.Pattern[str]:
    return re.compile(rf"”?(?:[（(](?!以下|试行)|，?(?:{any_of(words('definition_words'))}))")


@lru_cache(maxsize=8)
def _owners(names: Names) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the parties in charge of every field word: by the region's list, else by the general table."""
    owners: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    listed = [p for p in names.parties if p.kind is PartyKind.DEPARTMENT and p.fields]
    if listed:
        for party in listed:
            for word in party.fields:
                owners.setdefault(word, []).append((party.name, ()))
    else:
        for row in rows("department_fields"):
            for word in row["fields"].split("|"):
                owners.setdefault(word, []).append((row["department"], tuple(row["stem"].split("|"))))
    return owners


@lru_cache(maxsize=8)
def _field_words(names: Names) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in _owners(names):
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


class _Fields:
    """Where the words for fields of work stand in a text, found in one pass."""

    def __init__(self, text: str, names: Names) -> None:
        self.found = [(end + 1 - len(word), end + 1, word) for end, word in _field_words(names).iter_long(text)]
        self.starts = [f[0] for f in self.found]
        self.counts = Counter(f[2] for f in self.found)

    def between(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Return the words that begin in ``text[start:end]``: start, end, word."""
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def often(self, word: str) -> bool:
        """Return whether the document uses the word more than once, so that it points to nobody in particular."""
        return self.counts[word] > 1


def run(draft: Draft) -> None:
    """Add the findings to those of the outline, in the order of the text."""
    draft.findings += _Checks(draft).all()
    end = len(draft.text)
    draft.findings.sort(key=lambda f: (f.span.start if f.span else end, f.code))


STAGE = Stage(
    "findings",
    reads=("text", "clauses", "addressees", "parties", "places"),
    writes=("findings",),
    run=run,
)
