"""What a workbook that came back would change, and what in it is wrong, each at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tongchou.kernel.problems import Problem, ProblemKind
from tongchou.kernel.text import Text
from tongchou.surfaces.workbook.form import FormColumn, FormRow, read_form
from tongchou.surfaces.workbook.received import received_sheets
from tongchou.surfaces.workbook.returned import Fault
from tongchou.web.duties import codes
from tongchou.web.duties.actions.answering import Given
from tongchou.web.duties.actions.checking import MOST_WORDS
from tongchou.web.duties.filled import day_of, number_of
from tongchou.web.duties.models import Commitment, Overlay
from tongchou.web.duties.words import Answer, Decision, ReportState, Said
from tongchou.web.duties.workbook_forms import (
    answers_shown,
    latest_reports,
    ledger_columns,
    progress_columns,
    unit_names,
)
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an import would do: decide, answer, or report. ``before`` and ``now`` are what a person reads."""

    row: int
    commitment: Commitment
    what: Text
    before: str
    now: str
    decision: Decision | None = None
    reason: str = ""
    given: Given | None = None
    said: tuple[Said, str, date] | None = None


@dataclass
class Outcome:
    """What came of looking at a workbook: changes, or faults (then nothing is done)."""

    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: int = 0


class _Row:
    """A row being read; faults gather at their cells."""

    def __init__(self, row: FormRow, outcome: Outcome) -> None:
        self.row = row
        self.outcome = outcome

    def fault(self, name: str, kind: ProblemKind, **values: object) -> None:
        where = f"{self.row.sheet}!{self.row.number}"
        problem: Problem = kind.at(where, **values)
        self.outcome.faults.append(Fault(problem, self.row.sheet, self.row.number, self.row.columns.get(name, 0)))

    def day(self, name: str) -> date | None:
        text = self.row.text(name)
        found = self.row.day(name) or (day_of(text) if text else None)
        if text and found is None:
            self.fault(name, codes.BAD_DATE, text=text[:40])
        return found

    def number(self, name: str) -> Decimal | None:
        text = self.row.text(name)
        found = number_of(text) if text else None
        if text and found is None:
            self.fault(name, codes.BAD_NUMBER, text=text[:40])
        return found

    def words(self, name: str, most: int = MOST_WORDS) -> str:
        text = self.row.text(name)
        if len(text) > most:
            self.fault(name, codes.TOO_LONG, most=most)
        return text


def _matched(
    name: str, data: bytes, columns: Sequence[FormColumn], document: Document, outcome: Outcome
) -> list[tuple[_Row, Commitment]]:
    """Return the rows with their commitments; unknown and repeated keys are faults."""
    rows = read_form(received_sheets(name, data), columns)
    if rows is None:
        outcome.faults.append(Fault(codes.NOT_OUR_FORM.at(name), "", 1))
        return []
    outcome.rows = len(rows)
    by_code = {c.code: c for c in Commitment.objects.filter(document=document)}
    seen: set[str] = set()
    found = []
    for row in rows:
        one, code = _Row(row, outcome), row.text("code")
        commitment = by_code.get(code)
        if commitment is None:
            one.fault("shown", codes.UNKNOWN_CODE, code=code or "—")
        elif code in seen:
            one.fault("shown", codes.REPEATED_CODE, code=code)
        else:
            seen.add(code)
            found.append((one, commitment))
    return found


def look_at_ledger(name: str, data: bytes, document: Document, given_by: Organisation) -> Outcome:
    """Return what the whole ledger as it came back would change; raise ``ProblemsError`` for what is no table."""
    outcome = Outcome()
    units = {o.name: o for o in Organisation.objects.all()}
    answers = answers_shown(document, given_by)
    for row, one in _matched(name, data, ledger_columns(unit_names()), document, outcome):
        decision = _decision(row, one, outcome)
        given = _answers(row, units)
        if given and (decision or one.state) is not Decision.CONFIRMED:
            for kind in given:
                if not _says_same(answers.get(one.pk, {}).get(kind), given[kind]):
                    row.fault("decision", codes.NOT_CONFIRMED, code=one.code)
                    break
            continue
        for kind, answer in given.items():
            held = answers.get(one.pk, {}).get(kind)
            if not _says_same(held, answer):
                shown = Overlay(commitment=one, kind=kind, **answer.fields()).said.zh
                before = held.said.zh if held else ""
                outcome.changes.append(Change(row.row.number, one, kind.label, before, shown, given=answer))
    return outcome


def _decision(row: _Row, one: Commitment, outcome: Outcome) -> Decision | None:
    """Return what is decided about a commitment where the row decides anything new."""
    text, reason = row.row.text("decision"), row.words("reason")
    decision = next((d for d in Decision if d.label.zh == text), None)
    if text and decision is None:
        row.fault("decision", codes.NO_SUCH_CHOICE, text=text[:40])
        return None
    if decision is None or (decision == one.decision and (decision != Decision.REJECTED or reason == one.reason)):
        return None
    if decision is Decision.PROPOSAL:
        row.fault("decision", codes.NOT_UNDONE)
        return None
    if decision is Decision.REJECTED and not reason:
        row.fault("reason", codes.REASON_NEEDED)
        return None
    what = Text("确认", "decision")
    said = decision.label.zh + (f"：{reason}" if decision is Decision.REJECTED else "")
    outcome.changes.append(
        Change(row.row.number, one, what, one.state.label.zh, said, decision=decision, reason=reason)
    )
    return decision


def _answers(row: _Row, units: dict[str, Organisation]) -> dict[Answer, Given]:
    """Return the answers a row gives, faults told at their cells."""
    given: dict[Answer, Given] = {}
    lead = row.row.text("lead")
    if lead and lead not in units:
        row.fault("lead", codes.NO_SUCH_CHOICE, text=lead[:40])
    elif lead:
        given[Answer.LEAD] = Given(Answer.LEAD, organisation=units[lead])
    day = row.day("date")
    if day is not None:
        given[Answer.DATE] = Given(Answer.DATE, date=day)
    measure, target, unit = row.words("measure", 200), row.number("target"), row.words("unit", 40)
    if target is not None and not unit:
        row.fault("unit", codes.UNIT_NEEDED)
    elif (target is not None or unit) and not measure:
        row.fault("measure", codes.NEEDED)
    elif measure:
        given[Answer.MEASURE] = Given(Answer.MEASURE, measure=measure, target=target, unit=unit)
    note = row.words("note")
    if note:
        given[Answer.NOTE] = Given(Answer.NOTE, words=note)
    return given


def _says_same(held: Overlay | None, given: Given) -> bool:
    if held is None:
        return False
    fields = given.fields()
    organisation = fields.pop("organisation")
    if held.organisation_id != (organisation.pk if organisation else None):
        return False
    return all(getattr(held, name) == value for name, value in fields.items())


def look_at_progress(name: str, data: bytes, document: Document, organisation: Organisation, on: date) -> Outcome:
    """Return what a unit's progress as it came back would report; raise ``ProblemsError`` for what is no table."""
    outcome = Outcome()
    latest = latest_reports(document, organisation)
    borne = set(
        Commitment.objects.filter(document=document, duties__organisation=organisation).values_list("pk", flat=True)
    )
    for row, one in _matched(name, data, progress_columns(), document, outcome):
        text, words, day = row.row.text("status"), row.words("words"), row.day("said_on")
        held = latest.get(one.pk)
        if not text and not words:
            continue
        said = next((s for s in Said if s.label.zh == text), None)
        same = held is not None and said == held.status and words == held.words and day in (held.said_on, None)
        if same:
            continue
        before = len(outcome.faults)
        if said is None:
            row.fault("status", codes.NO_SUCH_CHOICE if text else codes.NEEDED, text=text[:40])
        if not words:
            row.fault("words", codes.NEEDED)
        if day is None and not row.row.text("said_on"):
            row.fault("said_on", codes.NEEDED)
        elif day is not None and day > on:
            row.fault("said_on", codes.FUTURE_DATE)
        if one.pk not in borne:
            row.fault("shown", codes.NOT_ITS_DUTY, unit=organisation.title, code=one.code)
        elif one.decision != Decision.CONFIRMED:
            row.fault("shown", codes.NOT_CONFIRMED, code=one.code)
        elif held is not None and held.state == ReportState.SUBMITTED:
            row.fault("status", codes.CHANGED_MEANWHILE, who=organisation.title, state=held.stage.label)
        if len(outcome.faults) > before or said is None or day is None:
            continue
        shown = f"{said.label.zh}（{day.isoformat()}）：{words}"
        was = f"{held.says.label.zh}（{held.said_on.isoformat()}）：{held.words}" if held else ""
        what = Text("单位自报", "unit says")
        outcome.changes.append(Change(row.row.number, one, what, was, shown, said=(said, words, day)))
    return outcome
