"""Who a matter has come to by the rules of escalation: visible, dated, and sent to nobody by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongchou.kernel.text import Text
from tongchou.web.duties.lamps import Calendar
from tongchou.web.duties.parameters import EscalationParameters, Step
from tongchou.web.duties.standing import Standing


@dataclass(frozen=True, slots=True)
class Escalated:
    """A commitment at the highest step it has reached, and the days it is over."""

    standing: Standing
    step: Step
    days: int

    @property
    def to(self) -> Text:
        """To whom it goes."""
        return self.step.to.text()


def escalated(rows: Sequence[Standing], on: date, parameters: EscalationParameters) -> list[Escalated]:
    """Return the commitments that reached a step: overdue before silent, the longest first. Closed ones never do."""
    found = []
    for row in rows:
        if row.calendar is Calendar.CLOSED:
            continue
        late = (on - row.facts.due).days if row.facts.due and row.facts.due < on else None
        reached = [s for s in parameters.steps if late is not None and s.after == "overdue" and late >= s.days]
        if reached and late is not None:
            found.append(Escalated(row, max(reached, key=lambda s: s.days), late))
            continue
        reached = [s for s in parameters.steps if s.after == "silence" and row.silence >= s.days]
        if reached:
            found.append(Escalated(row, max(reached, key=lambda s: s.days), row.silence))
    return sorted(found, key=lambda e: (e.step.after != "overdue", -e.days, e.standing.commitment.order))
