"""What registers add up to, shown as figures are: an indicator for each roll-up, its values computed from the rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from tongchou.kernel.periods import Period
from tongchou.kernel.text import Text
from tongchou.region import Figure, Indicator, Region
from tongchou.registers.register import Register
from tongchou.web.figures.regions import region_named
from tongchou.web.registers.looking_up import registers
from tongchou.web.registers.rollups import rollup_figures


def rollup_indicators() -> dict[str, tuple[Indicator, Register, str]]:
    """Return every roll-up as an indicator, with its register and the clause it serves."""
    found = {}
    for register in registers().values():
        title = register.declared.title.text()
        for name, rollup in register.declared.rollups.items():
            id_ = register.indicator(name)
            definition = Text(f"由登记簿“{title.zh}”逐行汇总", f"computed from the rows of the register “{title.en}”")
            indicator = Indicator(id_, rollup.label.text(), rollup.unit, definition, "register")
            found[id_] = (indicator, register, rollup.clause)
    return found


def rolled_up(id_: str, now: datetime) -> tuple[Region, Register] | None:
    """Return the region with the figures of one roll-up and nothing else, ``None`` where there is no such roll-up."""
    if (held := rollup_indicators().get(id_)) is None:
        return None
    indicator, register, _ = held
    package = region_named(settings.REGION)
    figures = tuple(
        Figure(f.place, f.indicator, Period.parse(f.period), f.value, f.unit, f.status, f.source)
        for f in rollup_figures(register, now)
        if f.indicator == id_ and not f.by and f.value is not None and f.period and f.place in package.places
    )
    return replace(package, indicators={id_: indicator}, figures=figures), register
