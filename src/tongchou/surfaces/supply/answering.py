"""The rule of a supply network computed on the network's own tables, with what stands beside it for counties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongchou.catalogue import Catalogue
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.networks.package import CityNetwork
from tongchou.region import Region
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.figures import FOLDER, figures_of, inputs_file, periods_held
from tongchou.rules.rows_given import Book, Given, read_long
from tongchou.surfaces.computing import Answer, Asked, compute, with_settings
from tongchou.surfaces.row_names import row_names
from tongchou.surfaces.supply.things import Change, changed
from tongchou.systems.infrastructure import link_rows, water_rows

KINDS = ("water", "energy", "information")
#: Rules that tell of counties what the network leads to, by kind.
BESIDE = {"energy": "infrastructure.energy_margin", "information": "infrastructure.information_network"}


@dataclass(frozen=True, slots=True, eq=False)
class Supplied:
    """The answer of a network for a year; ``beside`` is that of the rule for counties, where there is one."""

    network: CityNetwork
    year: int
    answer: Answer
    beside: Answer | None


def rule_of(network: CityNetwork) -> str:
    """Return the id of the rule that answers for a network of this kind."""
    return water_rows.RULE if network.kind == "water" else link_rows.RULES[network.kind]


def years(network: CityNetwork, region: Region, catalogue: Catalogue, today: date) -> tuple[int, ...]:
    """Return the years there is an answer for, in order.

    Water: this year, those in which something opens or closes, and those the package has rows for. Others: those the
    package holds loads, traffic and people for.
    """
    held = {int(period[:4]) for period in periods_held(catalogue.rule(rule_of(network)), region)}
    if network.kind == "water":
        held |= {today.year, *(day.year for day in network.days())}
    return tuple(sorted(held))


def supplied(
    region: Region, network: CityNetwork, year: int, catalogue: Catalogue, change: Change | None = None,
    settings: Mapping[str, float] | None = None,
) -> Supplied:  # fmt: skip
    """Return the answer, with one capacity changed where asked; raise :class:`ProblemsError`."""
    stands = changed(network, change) if change is not None else network
    rule = catalogue.rule(rule_of(network))
    if network.kind == "water":
        given = water_rows.book(stands, year)
    else:
        path = inputs_file(rule, region)
        held = read_long(path, rule, f"{FOLDER}/{path.name}") if path.is_file() else Book()
        given = link_rows.book(stands, rule, year, held)
    in_force = with_settings(rule, catalogue.parameters[rule.id], settings or {}, date(year, 1, 1))
    result = evaluate(rule, figures_of(rule, given), in_force)
    answer = Answer(result, row_names(rule, result.keys, region), region, in_force)
    return Supplied(stands, year, answer, _beside(region, stands, result, year, catalogue))


def _beside(region: Region, network: CityNetwork, result: Result, year: int, catalogue: Catalogue) -> Answer | None:
    id_ = BESIDE.get(network.kind)
    if id_ is None or str(year) not in periods_held(catalogue.rule(id_), region):
        return None
    own = [drawn(network, result, year)] if network.kind == "energy" else []
    try:
        return compute(Asked(id_, region, (str(year),), own=own), catalogue)
    except ProblemsError:
        return None  # its own page says what it lacks


def drawn(network: CityNetwork, result: Result, year: int) -> Book:
    """Return what counties can draw, whole and with any circuit out, as inputs of ``infrastructure.energy_margin``."""
    places = {n.id: n.place for n in network.nodes}
    made = Book()
    for row, node in enumerate(result.keys["head"]):
        county = places.get(node, "")
        if not county:
            continue
        for name, column in (("capacity", "can_draw"), ("firm", "firm")):
            value = float(result.values[column][row])
            if value == value:
                level = Status(int(result.status[column][row]))
                made.cells[(county,), str(year), name] = Given(value, level, result.rule.id)
        made.rows[(county,), str(year)] = None
    return made


def weakest(found: Supplied) -> Status | None:
    """Return the weakest status that any number of the answer rests on."""
    result = found.answer.result
    held = [int(levels[levels > 0].min()) for levels in result.status.values() if (levels > 0).any()]
    return Status(min(held)) if held else None
