"""Division of duties: units against clauses, how many commitments of each clause a unit bears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from tongchou.kernel.text import Text
from tongchou.policy.model import Role
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.duties.models import Commitment, Duty
from tongchou.web.duties.words import Decision
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A unit in a clause: how many commitments it bears, and whether the text itself says that it leads."""

    clause: str
    count: int
    leads: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit against every clause; ``None`` where it bears nothing."""

    organisation: Organisation
    cells: tuple[MatrixCell | None, ...]
    clauses: int
    commitments: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units in the region's order against clauses in the order of the text; units without any duty stand last."""

    clauses: tuple[tuple[str, str, int], ...]  # id, heading, commitments
    rows: tuple[MatrixRow, ...]
    without: tuple[Organisation, ...]


def matrix(document: Document | None) -> Matrix:
    """Return who bears what, as printed and not rejected, in three queries."""
    counted: dict[str, tuple[str, int]] = {}
    kept = Commitment.objects.filter(document=document).exclude(decision=Decision.REJECTED)
    for clause, heading in kept.order_by("order").values_list("clause", "heading"):
        counted[clause] = (heading, counted.get(clause, ("", 0))[1] + 1)
    held: dict[str, dict[str, MatrixCell]] = {}
    borne = Duty.objects.filter(commitment__document=document).exclude(commitment__decision=Decision.REJECTED)
    rows = borne.order_by().values_list("organisation", "commitment__clause", "role").annotate(n=Count("pk"))
    for unit, clause, role, count in rows:
        if unit is not None:
            held.setdefault(unit, {})[clause] = MatrixCell(clause, count, role == Role.LEAD)
    units = [o for o in Organisation.objects.all() if not o.is_outside]
    return Matrix(
        tuple((clause, heading, count) for clause, (heading, count) in counted.items()),
        tuple(
            MatrixRow(
                unit,
                tuple(held[unit.pk].get(clause) for clause in counted),
                len(held[unit.pk]),
                sum(cell.count for cell in held[unit.pk].values()),
            )
            for unit in units
            if unit.pk in held
        ),
        tuple(unit for unit in units if unit.pk not in held),
    )


def matrix_listing(document: Document, shown: Matrix) -> Listing:
    """Return the matrix for paper and file."""
    columns = (
        ListingColumn(Text("单位", "Unit"), 18),
        *(ListingColumn(Text(clause, clause), 5.5, "centre") for clause, _, _ in shown.clauses),
        ListingColumn(Text("条数", "Clauses"), 6, "number"),
        ListingColumn(Text("承诺（项）", "Commitments"), 7, "number"),
    )
    lines: list[Sequence[Cell]] = [
        [row.organisation.title, *(_said(cell) for cell in row.cells), row.clauses, row.commitments]
        for row in shown.rows
    ]
    none = "、".join(o.name for o in shown.without)
    note = Text(
        f"按原文责任分工，数字为该单位在该条承担的承诺项数，“牵”为原文写明牵头。没有责任的单位：{none or '无'}。",
        "As printed: how many commitments of the clause the unit bears; 牵 where the text itself says it leads.",
    )
    title = Text(f"{document.title}职责分工表", f"Division of duties: {document.title}")
    foot = f"{document.number} {document.name} 核对码 {document.check_code}".strip()
    return Listing(title, note, columns, lines, Text(foot, foot))


def _said(cell: MatrixCell | None) -> Cell:
    if cell is None:
        return None
    return f"牵 {cell.count}" if cell.leads else str(cell.count)
