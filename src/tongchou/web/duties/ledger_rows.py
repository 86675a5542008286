"""The live ledger as a page or a file shows it: commitments that match, how each stands, and what filters offer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.duties.kept_standings import known_of
from tongchou.web.duties.lamps import Calendar, Colour, Shown
from tongchou.web.duties.models import Commitment, CommitmentPlace
from tongchou.web.duties.standing import Known, Standing
from tongchou.web.duties.words import Decision, Said
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation
from tongchou.web.signals import ICONS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

NOBODY = "none"  # filter: no unit has said anything


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show of the ledger; an empty value does not restrict."""

    organisation: str = ""
    place: str = ""
    clause: str = ""
    lamp: str = ""
    said: str = ""
    evidence: str = ""
    calendar: str = ""
    decision: str = ""
    follower: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Take the filters from a query; a value that means nothing restricts to nothing."""
        return cls(**{k: query.get(k, "").strip()[:100] for k in cls.__dataclass_fields__})

    @property
    def is_set(self) -> bool:
        """Whether anything restricts."""
        return self != Filters()

    def query(self) -> dict[str, str]:
        """Return the filters that restrict, as a query."""
        return {k: v for k in self.__dataclass_fields__ if (v := getattr(self, k))}


def matching(
    document: Document | None, filters: Filters, user: User | AnonymousUser, on: date, known: Known | None = None
) -> list[Standing]:
    """Return the commitments of a document that match and that the person may see, as they stand on a day.

    ``known`` is what :func:`known_of` said of them, where it was asked already.
    """
    known = known or known_of(document, on)  # before the keys: what they are asked of may be older, never newer
    rows = known.standings(_keys(known, document, filters, user), filters.organisation)
    return [row for row in rows if _fits(row, filters)]


def _keys(known: Known, document: Document | None, filters: Filters, user: User | AnonymousUser) -> Iterable[int]:
    if not user.is_authenticated or filters.place or filters.clause or filters.follower or filters.words:
        found = narrowed(Commitment.objects.seen_by(user).filter(document=document), filters)
        return dict.fromkeys(found.values_list("pk", flat=True))
    # People with an account see all of them, and what stands in the commitments is at hand.
    return [
        key
        for key, row in known.together.items()
        if (
            row.commitment.decision == filters.decision
            if filters.decision
            else row.commitment.decision != Decision.REJECTED
        )
        and (not filters.organisation or any(d.organisation_id == filters.organisation for d in row.duties))
    ]


def narrowed(found: QuerySet[Commitment], filters: Filters) -> QuerySet[Commitment]:
    """Restrict by what stands in the commitment itself."""
    if filters.organisation:
        found = found.filter(duties__organisation=filters.organisation)
    if filters.place:
        found = found.filter(places__code=filters.place)
    if filters.clause:
        found = found.filter(Q(clause=filters.clause) | Q(clause__startswith=f"{filters.clause}."))
    found = found.filter(decision=filters.decision) if filters.decision else found.exclude(decision=Decision.REJECTED)
    if filters.follower:
        found = found.filter(follower__username=filters.follower)
    if filters.words:
        found = found.filter(Q(text__icontains=filters.words) | Q(code=filters.words))
    return found


def _fits(row: Standing, filters: Filters) -> bool:
    if filters.lamp and row.lamp.colour != filters.lamp:
        return False
    if filters.said and (row.said or NOBODY) != filters.said:
        return False
    if filters.evidence and row.evidence != filters.evidence:
        return False
    return not filters.calendar or row.calendar == filters.calendar


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to."""

    organisations: Sequence[Organisation]
    places: Sequence[tuple[str, str]]
    clauses: Sequence[tuple[str, str]]
    lamps: Sequence[Colour] = tuple(Colour)
    said: Sequence[Said] = tuple(Said)
    evidence: Sequence[Shown] = tuple(Shown)
    calendar: Sequence[Calendar] = tuple(Calendar)
    decisions: Sequence[Decision] = tuple(Decision)


def choices(document: Document | None, known: Known) -> Choices:
    """Return the units, places and clauses that occur in a document, in one query."""
    places = CommitmentPlace.objects.filter(commitment__document=document).exclude(code="")
    clauses = ((c.clause, c.heading) for c in known.commitments.values())
    return Choices(
        known.units, list(places.order_by("code").values_list("code", "name").distinct()), list(dict.fromkeys(clauses))
    )


def signature(rows: Sequence[Standing]) -> str:
    """Return which rows these are, in their order: part of the name of what is kept of a page that shows them."""
    return " ".join(str(row.commitment.pk) for row in rows)


def lamp_counts(rows: Sequence[Standing]) -> list[tuple[Colour, str, int]]:
    """Return each lamp with its icon and how many of the rows show it."""
    counted = Counter(row.lamp.colour for row in rows)
    return [(colour, ICONS[colour], counted[colour]) for colour in Colour]


_COLUMNS = (
    ListingColumn(Text("序号", "No."), 5, "centre"),
    ListingColumn(Text("编号", "Id"), 8, "centre"),
    ListingColumn(Text("承诺事项", "Commitment"), 38),
    ListingColumn(Text("责任单位（按原文顺序）", "Parties (as printed)"), 26),
    ListingColumn(Text("牵头", "Lead"), 12),
    ListingColumn(Text("时限", "Due"), 13, "date"),
    ListingColumn(Text("单位自报", "Unit says"), 9, "centre"),
    ListingColumn(Text("佐证", "Evidence"), 10, "centre"),
    ListingColumn(Text("时限状态", "Calendar"), 9, "centre"),
    ListingColumn(Text("灯", "Lamp"), 9, "centre"),
    ListingColumn(Text("未发声（天）", "Silent (days)"), 8, "number"),
    ListingColumn(Text("备注", "Note"), 16),
)
UNREPORTED = Text("未报", "none")


def ledger_listing(document: Document, rows: Sequence[Standing], on: date) -> Listing:
    """Return the ledger as a list for paper and file."""
    lines: list[list[Cell]] = []
    for number, row in enumerate(rows, 1):
        one = row.commitment
        note = [] if one.decision == Decision.CONFIRMED else [one.state.label]
        note += [Text("含代录", "with words entered on behalf")] if row.is_entered else []
        note += [Text("示例", "illustrative")] if row.is_illustrative else []
        lines.append(
            [
                number,
                one.code,
                one.text,
                "、".join(d.name for d in row.duties),
                "、".join(row.leads),
                row.facts.due,
                row.said.label if row.said else UNREPORTED,
                row.evidence.label,
                row.calendar.label,
                Text(f"{row.lamp.icon} {row.lamp.label.zh}", f"{row.lamp.icon} {row.lamp.label.en}"),
                row.silence,
                Text("；".join(t.zh for t in note), "; ".join(t.en for t in note)),
            ]
        )
    day = Text(f"{on.year}年{on.month}月{on.day}日", f"{on.day} {on:%B} {on.year}")
    note_text = Text(
        "截至{day}。单位自报、佐证、时限三项分列；灯由三项推出，不作人工设定。牵头和时限写明出处：原文所无的，取已签字盖章的答复。",
        "As of {day}. What the unit says, what is shown and what the calendar says stand apart; the lamp follows from "
        "the three and is never set by hand. Lead and date not printed in the text are signed answers.",
    ).format(day=day)
    title = Text(f"{document.title}台账", f"Ledger: {document.title}")
    foot = f"{document.number} {document.name} 核对码 {document.check_code}".strip()
    return Listing(title, note_text, _COLUMNS, lines, Text(foot, foot))
