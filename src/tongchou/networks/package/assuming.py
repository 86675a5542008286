"""Other values for what a network assumes: speeds, headways, walks to platforms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.networks import codes
from tongchou.networks.package.checking import PLATFORM_WALK, speed_name
from tongchou.networks.package.model import CityNetwork


def rests_on(network: CityNetwork) -> tuple[str, ...]:
    """Return the assumptions that some minutes of the network rest on, in the order of ``network.yaml``."""
    used = {speed_name(k.mode) for k in network.links if k.minutes is None}
    used |= {name for k in network.lines for name in k.assumes}
    if network.lines:
        used.add(PLATFORM_WALK)
    return tuple(name for name in network.assumed if name in used)


def assuming(network: CityNetwork, values: Mapping[str, float]) -> CityNetwork:
    """Return ``network`` with other values; each is assumed from then on, whatever it was before."""
    known, problems = rests_on(network), list[Problem]()
    for name, value in values.items():
        if name not in known:
            problems.append(codes.NO_ASSUMPTION.at(name, name=name, names="、".join(known)))
        elif name != PLATFORM_WALK and name != "headway" and not (isfinite(value) and value > 0):
            problems.append(codes.NO_SPEED.at(name, speed=value))
        elif not (isfinite(value) and value >= 0):
            problems.append(codes.OUT_OF_RANGE.at(name, what=name, low=0, found=value))
    if problems:
        raise ProblemsError(problems)
    assumed = dict(network.assumed)
    for name, value in values.items():
        assumed[name] = replace(assumed[name], value=value, status=Status.ASSUMED, source="")
    lines = []
    for line in network.lines:
        taken = [name for name in line.assumes if name in values]
        status = min(line.status, Status.ASSUMED) if taken else line.status
        headway = values["headway"] if "headway" in taken else line.headway
        kmh = values["line_speed"] if "line_speed" in taken else line.kmh
        lines.append(replace(line, headway=headway, kmh=kmh, status=status))
    return replace(network, assumed=assumed, lines=tuple(lines))
