"""The files an answer about reach can be written to, by suffix; each writer is imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import WRITERS
from tongchou.surfaces.reach import listings
from tongchou.surfaces.reach.answer import Answer, Placed

NO_FOOT = Text("", "")
Writer = Callable[[Answer, Placed | None, str], bytes]


def _workbook(answer: Answer, plan: Placed | None, language: str) -> bytes:
    from tongchou.surfaces.reach.workbook import reach_workbook

    return reach_workbook(answer, NO_FOOT, language, plan)


def _geojson(answer: Answer, plan: Placed | None, language: str) -> bytes:
    from tongchou.surfaces.reach.geojson import reach_geojson

    return reach_geojson(answer, plan)


def _document(answer: Answer, plan: Placed | None, language: str) -> bytes:
    one = listings.coverage_listing(answer, NO_FOOT) if plan is None else listings.plan_listing(answer, plan, NO_FOOT)
    return WRITERS["docx"](one, language)


def _table(answer: Answer, plan: Placed | None, language: str) -> bytes:
    one = listings.point_listing(answer, NO_FOOT) if plan is None else listings.plan_listing(answer, plan, NO_FOOT)
    return WRITERS["csv"](one, language)


#: Workbook and GeoJSON hold everything; Word has coverage or the plan, CSV every point or the plan.
REACH_EXPORTS: dict[str, Writer] = {".xlsx": _workbook, ".docx": _document, ".csv": _table, ".geojson": _geojson}
