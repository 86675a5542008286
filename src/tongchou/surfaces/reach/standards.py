"""The standards of service in force: dated values of rules' parameters, with the paper each rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongchou.catalogue import Catalogue
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.networks.access.served import Measure
from tongchou.rules.parameters import Dated

#: Which parameters are standards of which service, for which levels (none: any): rule, parameter, levels.
PARAMETERS: Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "health": (
        ("services.health_network", "basic_limit", ()),
        ("services.health_network", "town_limit", ("county", "town")),
        ("services.health_network", "county_limit", ("county",)),
    ),
    "health_beds": (
        ("services.health_network", "town_limit", ()),
        ("services.health_network", "county_limit", ("county",)),
    ),
    "green": (("territory.green_access", "radius", ()),),
}
#: Which parameter is the least supply somebody should have: rule, parameter.
LEAST: Mapping[str, tuple[str, str]] = {
    "health": ("services.health_network", "standard"),
    "green": ("territory.green_access", "area_standard"),
}
_MEASURES: Mapping[str, tuple[Measure, float]] = {
    "分钟": ("minutes", 1.0),
    "小时": ("minutes", 60.0),
    "米": ("metres", 1.0),
    "公里": ("metres", 1000.0),
}


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard in force: ``value`` in the measure, for facilities of ``levels`` (none: any)."""

    id: str
    value: float
    measure: Measure
    levels: tuple[str, ...]
    label: Text
    rule: str
    title: Text  # of the rule
    dated: Dated


def standards(catalogue: Catalogue, service: str, day: date) -> tuple[Standard, ...]:
    """Return the standards of a service in force on a day, in the order declared; none where nobody set one."""
    found = []
    for rule, name, levels in PARAMETERS.get(service, ()):
        held = _in_force(catalogue, rule, name, day)
        if held is not None:
            value, dated, label, unit = held
            measure, factor = _MEASURES[unit]
            title = catalogue.rules[rule].declared.title.text()
            found.append(Standard(f"{rule}.{name}", value * factor, measure, levels, label, rule, title, dated))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Least:
    """The least supply in force: ``value`` for one person or for a thousand, as access is told."""

    value: float
    label: Text
    rule: str
    dated: Dated


def least_supply(catalogue: Catalogue, service: str, day: date) -> Least | None:
    """Return the least supply somebody should have by the rule in force on a day, ``None`` where nobody set one."""
    if service not in LEAST:
        return None
    rule, name = LEAST[service]
    held = _in_force(catalogue, rule, name, day)
    return Least(held[0], held[2], rule, held[1]) if held is not None else None


def _in_force(catalogue: Catalogue, id_: str, name: str, day: date) -> tuple[float, Dated, Text, str] | None:
    rule = catalogue.rules.get(id_)
    if rule is None or name not in rule.declared.parameters:
        return None
    try:
        dated = catalogue.parameters[id_].at(name, day)
    except ProblemsError:
        return None
    if isinstance(dated.value, Mapping):
        return None
    declared = rule.declared.parameters[name]
    return float(dated.value), dated, declared.label.text(), declared.unit
