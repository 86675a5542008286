"""The files of an answer about reach, by what they list and their suffix."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Listing
from tongchou.surfaces.reach import listings
from tongchou.surfaces.reach.answer import Answer
from tongchou.web.listings import file_response, listing_response
from tongchou.web.reach.asking import Question
from tongchou.web.reach.held import answer_to, plan_for

_LISTS: dict[str, Callable[[Answer, Text], Listing]] = {
    "coverage": listings.coverage_listing,
    "gaps": listings.gap_listing,
    "points": listings.point_listing,
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {
    *((what, suffix) for what in (*_LISTS, "plan") for suffix in ("csv", "docx")),
    ("reach", "xlsx"),
    ("reach", "geojson"),
}


def file_of(what: str, suffix: str, asked: Question, foot: Text, language: str) -> HttpResponse:
    """Return a file of ``asked``, which has no problems; raise ``ProblemsError`` where its plan cannot be had."""
    assert asked.asked is not None  # noqa: S101 — the view has seen to it
    answer = answer_to(asked.asked)
    plan = plan_for(asked.asked, asked.siting) if asked.siting is not None else None
    name = listings.title(answer, Text("可达", "Reach")).in_(language)
    if suffix == "xlsx":
        from tongchou.surfaces.reach.workbook import reach_workbook

        return file_response(reach_workbook(answer, foot, language, plan), _XLSX, name, suffix)
    if suffix == "geojson":
        from tongchou.surfaces.reach.geojson import reach_geojson

        return file_response(reach_geojson(answer, plan), "application/geo+json", name, suffix)
    if what == "plan":
        if plan is None:
            from django.http import Http404

            raise Http404
        return listing_response(listings.plan_listing(answer, plan, foot), suffix)
    return listing_response(_LISTS[what](answer, foot), suffix)
