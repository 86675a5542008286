"""Rows of registers for the demonstration, from demo.yaml: all of them illustrative, and taken once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.registers.row import accept, accept_year
from tongchou.web.people.models import Organisation
from tongchou.web.registers.importing import Incoming, import_rows
from tongchou.web.registers.looking_up import references, registers
from tongchou.web.registers.models import Row
from tongchou.web.registers.ownership import owners

FILE = Path(__file__).with_name("demo.yaml")


def prepare(now: datetime) -> None:
    """Add the rows that are not there yet, where the region has their organisation; raise for one that is wrong."""
    given: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    known, looked_up = registers(), references()
    for id_, rows in given.items():
        register = known[id_]
        held = set(Row.objects.filter(register=id_).values_list("key", flat=True))
        incoming = []
        for one in rows:
            raw = {**one["values"], **{k: one[k] for k in ("place", "geometry") if k in one}}
            accepted = accept(register, raw, looked_up)
            years = {year: accept_year(register, values, looked_up) for year, values in one.get("years", {}).items()}
            problems = [*accepted.problems, *(p for year in years.values() for p in year.problems)]
            if problems:
                raise ProblemsError(problems)
            place = accepted.place
            organisation = Organisation.objects.filter(owners(register, place)).order_by("-place", "order").last()
            if accepted.key in held or organisation is None:
                continue
            county = Organisation.objects.filter(owners(register, place), kind="county_government").first()
            incoming.append(
                Incoming(
                    accepted.key,
                    accepted.values,
                    place,
                    accepted.geometry,
                    county or organisation,
                    {year: values.values for year, values in years.items()},
                    state=one.get("state", ""),
                    status=Status.ILLUSTRATIVE,
                    source="示例数据",
                )
            )
        if incoming:
            import_rows(register=register, rows=incoming, by=None, now=now, about=f"demo {id_}")
