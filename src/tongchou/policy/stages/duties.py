"""Stage *duties*: who is responsible for each clause, from brackets, lines, sentences and table columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from tongchou.policy.lexicon import any_of, words
from tongchou.policy.model import Addressee, Clause, Duty, DutyParty, Role
from tongchou.policy.party_names import Names, has_suffix, is_group, names_of
from tongchou.policy.party_phrases import Named, Phrase, read_phrase
from tongchou.policy.pipeline import Draft, Stage
from tongchou.policy.spans import Span
from tongchou.policy.tables import Cell

_OPEN, _CLOSE = "（(〔[［【", "）)〕]］】"
_PLAIN = rf"[^{re.escape(_OPEN + _CLOSE)}\n]*+"
_OPENS, _CLOSES = f"[{re.escape(_OPEN)}]", f"[{re.escape(_CLOSE)}]"
# A bracket with up to two levels of brackets in it; possessive, so that no text makes it slow.
_INNERMOST = rf"{_OPENS}{_PLAIN}{_CLOSES}"
_INNER = rf"{_OPENS}{_PLAIN}(?:{_INNERMOST}{_PLAIN})*+{_CLOSES}"
_BRACKETS = re.compile(rf"{_OPENS}({_PLAIN}(?:{_INNER}{_PLAIN})*+){_CLOSES}")
_DUTY_WORD = re.compile("负责|牵头|配合|落实|参与|主办|协办|承办|单位|部门|分工|协助")
_AFTER = re.compile(r"[ \t\u3000]*(?:[。；;.]|\n|$)")
_BEFORE = "。；;！？\n"
_BY_SENTENCE = re.compile(
    r"(?:^|(?<=[。；\n]))(?:(?:此项|该项|上述|以上|本项|具体)(?:工作|任务|事项)?)?由([^。；\n]{2,90}?(?:牵头|负责|配合|组织实施|落实))"
    r"(?:组织实施|落实|实施)?[。；]?[ \u3000]*(?=\n|$)",
    re.MULTILINE,
)


@lru_cache(maxsize=1)
def _lines() -> re.Pattern[str]:
    """Responsibility lines: a label at the start of a line or behind a full stop, up to the end of the line."""
    label = any_of(words("duty_words", form="label"))
    return re.compile(
        rf"(?:^|(?<=[。；;\n）)〕]))[ \t\u3000]*"
        rf"(?P<line>【?(?:{label})】?[ \u3000]*[：:][^\n]*|【(?:{label})】[^\n]*)",
        re.MULTILINE,
    )


def run(draft: Draft) -> None:
    """Give every clause its duty and read the addressees."""
    names = names_of(draft.places, draft.parties)
    text = draft.text
    if draft.addressed is not None:
        phrase = read_phrase(text, draft.addressed.start, draft.addressed.end, names)
        draft.addressees += [_addressee(p, names) for p in phrase.parties]
    clauses = draft.clauses
    for i, clause in enumerate(clauses):
        cells = draft.rows.get(clause.id)
        phrases = _of_cells(text, cells, names) if cells else _of_text(text, clause, names)
        spans = [(span, phrase) for span, phrase in phrases if phrase.parties or phrase.deadline]
        if any(phrase.parties for _, phrase in spans):
            clauses[i] = clause.having(duty=_duty(text, spans, names))
        for _, phrase in spans:
            if phrase.deadline is not None:
                draft.dates[clause.id] = phrase.deadline
    for clause_id, cells in draft.rows.items():
        for cell in cells:
            if cell.role == "deadline":
                draft.dates[clause_id] = cell.span


def _of_cells(text: str, cells: tuple[Cell, ...], names: Names) -> Iterator[tuple[Span, Phrase]]:
    roles = {"lead": Role.LEAD, "support": Role.SUPPORT, "responsible": None}
    for cell in cells:
        if cell.role in roles:
            phrase = read_phrase(text, *cell.span, names, roles[cell.role])
            yield cell.span, phrase


def _of_text(text: str, clause: Clause, names: Names) -> list[tuple[Span, Phrase]]:
    start, end = clause.text_span
    found: list[tuple[Span, Phrase]] = []
    if start == end:
        return found
    for match in _BRACKETS.finditer(text, start, end):
        span = Span(*match.span())
        phrase = _in_bracket(text, match, end, names)
        if phrase is not None:
            found.append((span, phrase))
    brackets = [span.start for span, _ in found]
    labelled = text.find("：", start, end) >= 0 or text.find("】", start, end) >= 0 or text.find(":", start, end) >= 0
    for match in _lines().finditer(text, start, end) if labelled else ():
        span = Span(*match.span("line"))
        i = bisect_left(brackets, span.end)
        if not i or found[i - 1][0].end <= span.start:
            found.append((span, read_phrase(text, *span, names)))
    if not found and text.find("由", start, end) >= 0:
        for match in _BY_SENTENCE.finditer(text, start, end):
            phrase = read_phrase(text, *match.span(1), names)
            if phrase.parties and phrase.says_duty:
                found.append((Span(*match.span()), phrase))
    found.sort(key=lambda f: f[0])
    return found


def _in_bracket(text: str, match: re.Match[str], end: int, names: Names) -> Phrase | None:
    """Read a bracket that names who is responsible; ``None`` for any other bracket."""
    inner = match[1]
    if len(inner) < 3:
        return None
    worded = _DUTY_WORD.search(inner) is not None
    closes = match.end() >= end or _AFTER.match(text, match.end(), end) is not None
    opens = text[match.start() - 1] in _BEFORE if match.start() else True
    if not (closes or opens) or not (worded or has_suffix(inner) or is_group(inner)):
        return None
    phrase = read_phrase(text, *match.span(1), names)
    if not phrase.parties and phrase.deadline is None:
        return None
    if phrase.says_duty:
        return phrase
    # Without a word such as 负责 the bracket must hold nothing but parties.
    named = sum(p.span.end - p.span.start for p in phrase.parties)
    marks = sum(c in "、，,；; 和及与等\u3000/" for c in inner)
    return phrase if named + marks >= len(inner) - 1 and (closes or opens) and _parties_only(phrase, names) else None


def _parties_only(phrase: Phrase, names: Names) -> bool:
    """Return whether every name is a party beyond doubt: known, a group, or 市…局 and the like."""
    return all(
        p.group
        or names.find(p.name) is not None
        or (p.name[0] in "市省县区州国中" and len(p.name) > 2)
        or "政府" in p.name
        or "管委会" in p.name
        for p in phrase.parties
    )


def _duty(text: str, phrases: list[tuple[Span, Phrase]], names: Names) -> Duty:
    parties: list[DutyParty] = []
    seen: set[str] = set()
    for _, phrase in phrases:
        for named in phrase.parties:
            party = names.find(named.name)
            name = party.name if party is not None else named.name
            if name in seen:
                continue
            seen.add(name)
            group = named.group or bool(party is not None and party.members)
            parties.append(
                DutyParty(
                    name=name,
                    printed=text[named.span.start : named.span.end],
                    order=len(parties) + 1,
                    role=named.role or Role.RESPONSIBLE,
                    span=named.span,
                    group=group,
                    expands_to=names.members(party, named.name) if group else (),
                    party=party.id if party is not None else None,
                )
            )
    spans = tuple(span for span, _ in phrases)
    return Duty(
        phrase="；".join(text[s.start : s.end] for s in spans),
        span=Span(spans[0].start, max(s.end for s in spans)),
        spans=spans,
        parties=tuple(parties),
    )


def _addressee(named: Named, names: Names) -> Addressee:
    party = names.find(named.name)
    group = named.group or bool(party is not None and party.members)
    name = party.name if party is not None else named.name
    return Addressee(name, named.span, group, names.members(party, named.name) if group else ())


STAGE = Stage(
    "duties",
    reads=("text", "clauses", "rows", "addressed", "places", "parties"),
    writes=("clauses", "addressees", "dates"),
    run=run,
)
