"""Implementation plans against commitments: who has filed, and what share of its commitments a plan takes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Listing, ListingColumn
from tongchou.web.duties.models import Duty, Plan, PlanTask
from tongchou.web.duties.words import Decision
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Coverage:
    """A unit's newest plan and how many of its confirmed commitments the plan's tasks take up."""

    organisation: Organisation
    plan: Plan | None
    taken_up: int
    commitments: int

    @property
    def share(self) -> float | None:
        """Commitments taken up over all it bears, ``None`` without any."""
        return self.taken_up / self.commitments if self.commitments else None

    @property
    def percent(self) -> int | None:
        """The share in whole percent; 100 only where all are taken up."""
        return int(100 * self.taken_up / self.commitments) if self.commitments else None


def coverages(document: Document | None) -> list[Coverage]:
    """Return every unit with confirmed commitments in the region's order, in four queries."""
    bearing = Duty.objects.filter(
        commitment__document=document, commitment__decision=Decision.CONFIRMED, organisation__isnull=False
    )
    counted = dict(bearing.order_by().values_list("organisation").annotate(n=Count("commitment", distinct=True)))
    newest: dict[str, Plan] = {}
    for plan in Plan.objects.filter(document=document).order_by("version").select_related("file"):
        newest[plan.organisation_id] = plan
    borne = {(d.organisation_id, d.commitment_id) for d in bearing.only("organisation_id", "commitment_id")}
    through = PlanTask.commitments.through
    taken: dict[str, set[int]] = {}
    rows = through.objects.filter(plantask__plan__in=[p.pk for p in newest.values()])
    for unit, commitment in rows.values_list("plantask__plan__organisation", "commitment_id"):
        if (unit, commitment) in borne:
            taken.setdefault(unit, set()).add(commitment)
    return [
        Coverage(o, newest.get(o.pk), len(taken.get(o.pk, ())), counted[o.pk])
        for o in Organisation.objects.filter(pk__in=counted)
    ]


_COLUMNS = (
    ListingColumn(Text("序号", "No."), 5, "centre"),
    ListingColumn(Text("单位", "Unit"), 20),
    ListingColumn(Text("实施方案", "Plan"), 30),
    ListingColumn(Text("版次", "Version"), 6, "centre"),
    ListingColumn(Text("报送日期", "Filed"), 13, "date"),
    ListingColumn(Text("列入承诺（项）", "Taken up"), 9, "number"),
    ListingColumn(Text("全部承诺（项）", "All"), 9, "number"),
    ListingColumn(Text("覆盖率（%）", "Coverage (%)"), 9, "number"),
    ListingColumn(Text("备注", "Note"), 10, "centre"),
)


def coverage_listing(document: Document, rows: Sequence[Coverage]) -> Listing:
    """Return the register of plans for paper and file."""
    missing = Text("未报送", "not filed")
    lines = [
        [
            n,
            c.organisation.title,
            c.plan.title if c.plan else missing,
            c.plan.version if c.plan else None,
            c.plan.filed_at.date() if c.plan else None,
            c.taken_up if c.plan else None,
            c.commitments,
            c.percent if c.plan else None,
            Text("示例", "illustrative") if c.plan and c.plan.is_illustrative else None,
        ]
        for n, c in enumerate(rows, 1)
    ]
    note = Text(
        "覆盖率＝实施方案任务列入的承诺÷该单位已确认的全部承诺。条款4.3要求各单位制定实施方案。",
        "Coverage: commitments the plan takes up over all confirmed ones of the unit. Clause 4.3 asks for plans.",
    )
    title = Text("实施方案报送情况", "Implementation plans")
    return Listing(title, note, _COLUMNS, lines, Text(document.name, document.name))
