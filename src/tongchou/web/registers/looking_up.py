"""What a row may point to, as the workbench knows it: places, parties, clauses of the built-in policy, other rows."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tongchou.catalogue import Catalogue, of_package
from tongchou.registers.references import References, of_region
from tongchou.registers.register import Register
from tongchou.web.figures.regions import region_named
from tongchou.web.ledger.models import Document
from tongchou.web.registers.models import Row


@lru_cache(maxsize=4)
def _catalogue(name: str) -> Catalogue:
    folder = region_named(name).folder
    return of_package(Path(folder) if folder else None)


def registers() -> dict[str, Register]:
    """Return every register, those of the region package among them, in the order of the systems they serve."""
    return _catalogue(settings.REGION).registers


def references() -> References:
    """Return what rows may point to; keys of other rows are read once a register."""
    document = Document.objects.order_by("-is_builtin", "-received_at").values_list("pk", "sha256").first()
    clauses = None if document is None else _clauses(*document)
    held: dict[str, set[str]] = {}

    def has_row(register: str, key: str) -> bool:
        if register not in held:
            held[register] = set(Row.objects.of(register).values_list("key", flat=True))
        return key in held[register]

    return of_region(region_named(settings.REGION), clauses, has_row)


@lru_cache(maxsize=4)
def _clauses(pk: int, _sha256: str) -> frozenset[str]:
    return frozenset(clause.id for clause in Document.objects.get(pk=pk).policy.clauses)
