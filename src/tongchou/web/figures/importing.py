"""Many figures from one table: read, tried, kept. The table says place, indicator, period, value and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.status import Status
from tongchou.surfaces.typed import Said
from tongchou.surfaces.workbook.messy import Found, Wanted, read_figures
from tongchou.surfaces.workbook.returned import Fault
from tongchou.web.events.record import record
from tongchou.web.figures import codes
from tongchou.web.figures.keeping import Kept, Proposed, current_cells, keep_figures
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import indicators
from tongchou.web.people.models import Organisation, User

_STATUSES = {word: s for s in Status for word in (s.word, s.label.zh)}


@dataclass(frozen=True, slots=True)
class Tried:
    """What a table would do: new figures, revisions, those held already, and its faults."""

    proposed: tuple[Proposed, ...]
    faults: tuple[Fault, ...]
    new: int
    revised: int
    same: int

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults for which it is refused."""
        return tuple(f for f in self.faults if f.problem.severity == "error")


def read_table(name: str, data: bytes) -> tuple[list[Proposed], list[Fault]]:
    """Return the figures a table proposes, and everything wrong with it. Raises ``ProblemsError`` for no table."""
    region, known = region_named(settings.REGION), indicators()
    bases = {base.id: base.id for base in region.bases.values()}
    bases |= {base.title.zh: base.id for base in region.bases.values()}
    wanted = Wanted(known, {p.code: p for p in region.places}, bases={**bases, "": ""})
    reading = read_figures(name, data, wanted)
    faults = list(reading.faults)
    proposed = []
    for found in reading.cells:
        if found.typed.said is Said.NOTHING:
            continue
        indicator = known[found.indicator]
        status = _STATUSES.get(found.status, Status.REPORTED if not found.status else None)
        if status is None:
            said = "、".join(s.label.zh for s in Status)
            faults.append(_fault(codes.UNKNOWN_STATUS, found, text=found.status[:20], known=said))
        if not found.source:
            faults.append(_fault(codes.SOURCE_NEEDED, found))
        if indicator.base == "any" and not found.base:
            faults.append(_fault(codes.BASE_NEEDED, found, known="、".join(b.title.zh for b in region.bases.values())))
        proposed.append(
            Proposed(
                found.indicator,
                found.place,
                found.period,
                found.typed.value,
                indicator.unit,
                int(status or Status.REPORTED),
                found.source[:300],
                found.note[:1000],
                found.base,
            )
        )
    return proposed, faults


def try_table(name: str, data: bytes) -> Tried:
    """Return what a table would do, without doing it."""
    proposed, faults = read_table(name, data)
    held = current_cells(proposed)
    revised = sum(one.key in held and held[one.key].said != one.said for one in proposed)
    new = sum(one.key not in held for one in proposed)
    return Tried(tuple(proposed), tuple(faults), new, revised, len(proposed) - new - revised)


@transaction.atomic
def import_figures(
    *, proposed: Sequence[Proposed], name: str, organisation: Organisation, by: User, now: datetime, reason: str = ""
) -> Kept:
    """Keep the figures of a table as approved; the same table a second time changes nothing."""
    kept = keep_figures(proposed=proposed, by=by, now=now, organisation=organisation, reason=reason or name)
    data = {"file": name, "new": kept.new, "revised": kept.revised, "same": kept.same}
    record("figures.imported", about=name[:80], by=by, now=now, organisation=organisation, data=data)
    return kept


def _fault(kind: ProblemKind, found: Found, **values: object) -> Fault:
    where = f"{found.sheet}!{found.row}"
    return Fault(kind.at(where, **values), found.sheet, found.row, found.column)
