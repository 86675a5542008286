"""The files of an answer about supply, by what they list and their suffix."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse

from tongchou.kernel.text import Text
from tongchou.region.model import Region
from tongchou.surfaces.computed import RUN_EXPORTS
from tongchou.surfaces.listing import Listing, listings_workbook
from tongchou.surfaces.supply.geojson import supply_geojson
from tongchou.surfaces.supply.things import supposing, things
from tongchou.surfaces.supply.view import View
from tongchou.web.figures.regions import check_code
from tongchou.web.listings import file_response, listing_response
from tongchou.web.supply.asking import Question
from tongchou.web.supply.held import held

_XLSX = ".xlsx"


def file_of(what: str, suffix: str, region: Region, view: View, asked: Question, language: str) -> HttpResponse:
    """Return a file; raise ``Http404`` where there is none of the kind."""
    network = view.found.network
    name = f"{network.title.in_(language)} {asked.year} {asked.month}".strip()
    if (what, suffix) == ("workings", "xlsx"):
        kind, answer = RUN_EXPORTS[_XLSX], view.found.answer
        return file_response(kind.render(answer.result, answer.names, language), kind.media_type, name, suffix)
    if (what, suffix) == ("supply", "geojson"):
        return file_response(supply_geojson(view), "application/geo+json", name, suffix)
    lists = {told.id: _on_paper(told.listing, region, view, asked) for told in view.tables}
    if (what, suffix) == ("supply", "xlsx"):
        data = listings_workbook(list(lists.values()), language)
        return file_response(data, RUN_EXPORTS[_XLSX].media_type, name, suffix)
    if what not in lists or suffix not in ("csv", "docx"):
        raise Http404
    return listing_response(lists[what], suffix)


def _on_paper(listing: Listing, region: Region, view: View, asked: Question) -> Listing:
    """Return a list with what a reader of the paper must know: year, change, what the network is, the check code."""
    network, change = view.found.network, asked.change
    said = Text(f"{asked.year}年。", f"{asked.year}. ")
    if change is not None:
        what = supposing(things(held().networks[asked.network])[change.thing], change.amount)
        said = Text(said.zh + what.zh, f"{said.en}{what.en} ")
    note = Text(
        f"{network.title.zh}，{said.zh}{listing.note.zh}{network.note.zh}",
        f"{network.title.en}, {said.en}{listing.note.en} {network.note.en}",
    )
    code = check_code(region.folder)
    foot = Text(
        f"{region.title.zh} {region.version} 核对码 {code}", f"{region.title.en} {region.version} check code {code}"
    )
    return replace(listing, note=note, foot=foot)
