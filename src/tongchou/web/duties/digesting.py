"""The weekly list of a unit: what is asked of its people, what is late, and what nobody has spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.duties.lamps import Colour, lamp
from tongchou.web.duties.parameters import lamp_parameters
from tongchou.web.duties.standing import Standing, facts_of_unit
from tongchou.web.people.models import Organisation, User
from tongchou.web.todo import todos

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a weekly list."""

    zh: str
    en: str
    count: int
    address: str
    due: str = ""

    @property
    def words(self) -> Text:
        """The line in both languages."""
        return Text(self.zh, self.en)

    def as_dict(self) -> dict[str, object]:
        """Return the line as it is kept."""
        return asdict(self)


def monday(on: date) -> date:
    """Return the Monday of a day's week, by which a week is known."""
    return on - timedelta(days=on.weekday())


def lines_for(organisation: Organisation, people: Sequence[User], rows: Sequence[Standing], on: date) -> list[Line]:
    """Return a unit's list. ``people`` are those who act for it, ``rows`` the standing of its commitments.

    What several people are asked is told once.
    """
    parameters = lamp_parameters(on)
    shown = [(row, lamp(facts_of_unit(row, organisation.pk), on, parameters)) for row in rows]
    told = (
        (Colour.RED, Text("逾期的承诺", "commitments overdue")),
        (Colour.YELLOW, Text("临期或受阻的承诺", "commitments due soon or blocked")),
        (Colour.GREY, Text("久未报告的承诺", "commitments without a word")),
    )
    lines = []
    for colour, words in told:
        found = [row for row, one in shown if one.colour is colour]
        if found:
            dues = [row.facts.due for row in found if row.facts.due]
            codes = "、".join(row.commitment.code for row in found[:_MOST_NAMED])
            more = "…" if len(found) > _MOST_NAMED else ""
            address = f"{reverse('duties:ledger')}?organisation={organisation.pk}&lamp={colour.value}"
            due = min(dues).isoformat() if dues else ""
            said = Text(f"{words.zh}：{codes}{more}", f"{words.en}: {codes}{more}")
            lines.append(Line(said.zh, said.en, len(found), address, due))
    asked: dict[str, Line] = {}
    for person in people:
        for one in todos(person, on):
            due = one.due.isoformat() if one.due else ""
            line = Line(one.words.zh, one.words.en, one.count, one.address, due)
            held = asked.get(line.address + line.zh)
            if held is None or held.count < line.count:
                asked[line.address + line.zh] = line
    ours = {line.address for line in lines}
    return lines + [line for line in asked.values() if line.address not in ours]
