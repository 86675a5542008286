"""What was promised and what happened: stages with their dates, the delay, whether a date was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongchou.kernel.text import Text
from tongchou.registers.dates import last_day
from tongchou.registers.register import Register
from tongchou.registers.row import Values


class Verdict(StrEnum):
    """How a promised date stands."""

    KEPT = "kept"
    LATE = "late"
    OVERDUE = "overdue"
    PENDING = "pending"
    HAPPENED = "happened"
    UNDATED = "undated"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The words of the lamp."""
        return _LABELS[self]

    @property
    def lamp(self) -> str:
        """The colour of the lamp: green, yellow, red, blue or grey."""
        return _LAMPS[self]


_LABELS = {
    Verdict.KEPT: Text("如期兑现", "kept its date"),
    Verdict.LATE: Text("迟于承诺", "later than promised"),
    Verdict.OVERDUE: Text("逾期未成", "overdue"),
    Verdict.PENDING: Text("未到期", "not yet due"),
    Verdict.HAPPENED: Text("已成，文中无期限", "done; no date was promised"),
    Verdict.UNDATED: Text("文中无期限", "no date was promised"),
    Verdict.UNKNOWN: Text("结果未收集", "outcome not collected"),
}
_LAMPS = {
    Verdict.KEPT: "blue",
    Verdict.LATE: "yellow",
    Verdict.OVERDUE: "red",
    Verdict.PENDING: "green",
    Verdict.HAPPENED: "blue",
    Verdict.UNDATED: "grey",
    Verdict.UNKNOWN: "grey",
}


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as printed and how it stands. ``days``: how much later than promised (less than 0: earlier)."""

    promised: str
    strength: str
    due: date | None
    happened: date | None
    days: int | None
    verdict: Verdict


def promise(register: Register, values: Values, on: date, state: str = "") -> Promise | None:
    """Return how the promised stage of a row in ``state`` stands on a day; ``None`` for a register without stages."""
    stages = register.declared.stages
    if stages is None:
        return None
    due = last_day(values[stages.due]) if values.get(stages.due) else None
    happened = last_day(values[stages.open]) if values.get(stages.open) else None
    if due is None:
        days, verdict = None, Verdict.HAPPENED if happened else Verdict.UNDATED
    elif happened is None and state in stages.unknown:
        days, verdict = None, Verdict.UNKNOWN
    elif happened is not None:
        days = (happened - due).days
        verdict = Verdict.KEPT if days <= 0 else Verdict.LATE
    else:
        days = (on - due).days
        verdict = Verdict.OVERDUE if days > 0 else Verdict.PENDING
    promised, strength = (_said(register, values, name) for name in (stages.promised, stages.strength))
    return Promise(promised, strength, due, happened, days, verdict)


def reached(register: Register, values: Values) -> str:
    """Return the last stage in order that has a date; empty where none has."""
    stages = register.declared.stages
    dated = [name for name in (stages.order if stages else []) if values.get(name)]
    return dated[-1] if dated else ""


def _said(register: Register, values: Values, name: str | None) -> str:
    if name is None or not (held := values.get(name)):
        return ""
    choices = register.declared.fields[name].choices or {}
    return choices[held].zh if held in choices else str(held)
