"""What the page of supply shows, put together: the form, and the answer kept while the same is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from tongchou.kernel.numbers import figure
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.package import CityNetwork
from tongchou.region.model import Region
from tongchou.surfaces.listing import printed
from tongchou.surfaces.supply.answering import weakest, years
from tongchou.surfaces.supply.things import Thing, supposing, things
from tongchou.surfaces.supply.told import Told
from tongchou.surfaces.supply.view import View
from tongchou.surfaces.supply.water import MONTHS
from tongchou.web import kept
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.figures.regions import check_code
from tongchou.web.pages.systems import lines
from tongchou.web.schematic.picture import SIZES, Map
from tongchou.web.supply.asking import Question
from tongchou.web.supply.drawing import map_of
from tongchou.web.supply.held import held, view_of
from tongchou.web.supply.rests import rests
from tongchou.web.supply.words import KINDS, LIT, STATES, kind_word

_RULE = "infrastructure.water_allocation"  # has the names of months
_RATIO = 2.0
_WHOLE_YEAR = Text("全年", "the whole year")


def years_of(network: CityNetwork, region: Region, today: date) -> tuple[int, ...]:
    """Return the years the page can be asked for."""
    return years(network, region, rules_of(settings.REGION)[0], today)


def page(region: Region, asked: Question, choices: tuple[int, ...], language: str) -> dict[str, Any]:
    """Return the form and the answer, or the problems that keep it from being computed."""
    network = held().networks[asked.network]
    there = things(network)
    chosen = there.get(asked.thing)
    moments = [("", _WHOLE_YEAR), *((month, _month(month)) for month in MONTHS)] if network.kind == "water" else []
    result = SafeString()
    problems: tuple[Problem, ...] = ()
    exported: list[tuple[str, Text]] = []
    try:
        result = _result(region, asked, language)
        exported = [(one.id, one.listing.title) for one in view_of(asked).tables]
    except ProblemsError as error:
        problems = error.problems
    return {
        "question": asked,
        "placed": asked.placed,
        "address": asked.address(),
        "network": network,
        "networks": [(id_, one.title) for id_, one in held().networks.items()],
        "broken": [problem for held_ in held().broken.values() for problem in held_],
        "years": choices,
        "months": moments,
        "at": next((i for i, (month, _) in enumerate(moments) if month == asked.month), 0),
        "stores": [t for t in there.values() if t.tail == t.head],
        "links": [t for t in there.values() if t.tail != t.head],
        "chosen": chosen,
        "chosen_amount": figure(chosen.amount) if chosen is not None else "",
        "serving": [line for line in lines(settings.REGION) if line.system.id == network.system],
        "result": result,
        "exported": exported,
        "problems": problems,
    }


def _month(month: str) -> Text:
    catalogue = rules_of(settings.REGION)[0]
    return catalogue.rule(_RULE).declared.names["month_of_year"][month].text()


def _result(region: Region, asked: Question, language: str) -> SafeString:
    """Return the answer as it stands on the page, kept under what it depends on: package, question, language."""
    name = (language, "supply", check_code(region.folder), asked.address())
    found = kept.part(name)
    if found is None:
        found = render_to_string("supply/result.html", answered(view_of(asked), asked, language))
        kept.keep(name, found)
    return SafeString(found)


def answered(view: View, asked: Question, language: str) -> dict[str, Any]:
    """Return what the template of the answer shows."""
    network = view.found.network
    maps = [(kind, map_of(view, width, size, language)) for kind, width, size in SIZES]
    when = f"{asked.year}" + (f" {_month(asked.month).in_(language)}" if asked.month else "")
    answers = [one for one in (view.found.answer, view.found.beside) if one is not None]
    changeable = things(held().networks[asked.network])
    return {
        "question": asked,
        "network": network,
        "when": when,
        "sentences": view.sentences,
        "change_said": view.change_said,
        "supposed": supposing(changeable[asked.change.thing], asked.change.amount) if asked.change else None,
        "is_made_up": weakest(view.found) is Status.ILLUSTRATIVE,
        "unchanged": asked.address(thing="", amount=""),
        "tables": [shown(one, asked, changeable, language) for one in view.tables],
        "maps": maps,
        "map_title": Text(
            f"{network.title.zh} {when}；各数见表", f"{network.title.en}, {when}; the numbers stand in the tables"
        ),
        "states": STATES[network.kind],
        "lit": LIT[network.kind] if view.lit else None,
        "marks": [(kind, kind_word(kind)) for kind in _kinds(maps)],
        "nowhere": [n.name for n in network.nodes if n.lon is None or n.lat is None],
        "rests": [one for answer in answers for one in rests(answer)],
        "rules": [answer.result.rule.declared for answer in answers],
        "caveats": [caveat for answer in answers for caveat in answer.result.rule.declared.caveats],
        "problems": view.problems,
        "command": _command(view, asked),
    }


def _command(view: View, asked: Question) -> str:
    """Return the command that tells the same, without the change."""
    region, network = view.region.id, view.found.network
    if network.kind == "water":
        return f"tongchou networks allocate {region} {network.id} --year {asked.year}"
    return f"tongchou compute {view.found.answer.result.rule.id} --region {region} --period {asked.year}"


def shown(found: Told, asked: Question, changeable: dict[str, Thing], language: str) -> dict[str, Any]:
    """Return a table with its cells as printed: head, words, whether a number, whether lit, where it leads."""
    rows = []
    for i, row in enumerate(found.rows):
        cells = []
        for j, (column, value) in enumerate(zip(found.columns, row.cells, strict=True)):
            # What is worth attention is said by weight and colour of its cell, and a missing figure is no zero.
            text = printed(_short(value) if isinstance(value, float) else value, language)
            is_number = column.kind in ("number", "decimal")
            leads = _leads(found, i, j, asked, changeable)
            cells.append((column.head, text or "—", is_number, j in row.lit, leads))
        source = str(found.listing.rows[i][-1] or "") if found.has_source else ""
        rows.append({"cells": cells, "status": row.status, "source": source})
    heads = [(c.head, c.kind in ("number", "decimal")) for c in found.columns]
    return {
        "id": found.id, "title": found.listing.title, "note": found.listing.note, "heads": heads, "rows": rows,
        "has_source": found.has_source,
        "is_long": found.id in ("uses", "things", "links") and len(rows) > 12,
    }  # fmt: skip


def _short(value: float) -> float:
    """Return a number as a page needs it: to a tenth, a ratio near one to a hundredth."""
    return round(value, 2 if abs(value) < _RATIO else 1)


def _leads(found: Told, row: int, cell: int, asked: Question, changeable: dict[str, Thing]) -> str:
    """Return where a cell leads: a month to that month, a capacity to the form that changes it."""
    id_ = found.rows[row].id
    if found.id == "months" and cell == 0:
        return f"{reverse('supply')}?{asked.address(month=id_)}"
    if found.id in ("things", "links") and found.columns[cell].head.en.startswith(("Capacity", "Bandwidth")):
        thing = next((t for t in changeable if t == id_ or t.rpartition("|")[0] == id_), "")
        return f"{reverse('supply')}?{asked.address(thing=thing, amount='')}#what-if" if thing else ""
    return ""


def _kinds(maps: list[tuple[str, Map | None]]) -> list[str]:
    drawn = {m.kind for _, one in maps if one is not None for p in one.pictures for m in p.marks}
    return sorted(drawn, key=lambda kind: (list(KINDS).index(kind) if kind in KINDS else len(KINDS), kind))
