"""The comparison as files: a workbook whose savings are formulas, and the table of pairs as CSV and Word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tongchou.region.model import Region
from tongchou.surfaces.exports import EXPORTS
from tongchou.surfaces.listing import listing_csv, listing_document
from tongchou.web.connections.asking import Question
from tongchou.web.connections.held import Held
from tongchou.web.connections.papers import listing
from tongchou.web.connections.workbook import workbook


@dataclass(frozen=True, slots=True)
class Writer:
    """One kind of file."""

    media_type: str
    write: Callable[[Region, Held, Question, str], bytes]


WRITERS: dict[str, Writer] = {
    "xlsx": Writer(EXPORTS[".xlsx"].media_type, workbook),
    "csv": Writer(EXPORTS[".csv"].media_type, lambda r, w, q, lang: listing_csv(listing(r, w, q), lang)),
    "docx": Writer(EXPORTS[".docx"].media_type, lambda r, w, q, lang: listing_document(listing(r, w, q), lang)),
}
