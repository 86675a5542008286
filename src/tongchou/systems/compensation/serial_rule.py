"""``compensation.serial``: serial cost sharing for a cost that grows with what is asked for (Moulin & Shenker 1992)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tongchou.kernel.text import Text
from tongchou.rules.algorithm import Withheld
from tongchou.systems.compensation.coalitions import Floats
from tongchou.systems.compensation.demands import serial
from tongchou.systems.compensation.shares import proportional


def serial_shares(demand: Floats, fixed: float, scale: float, exponent: float) -> Mapping[str, Floats | float]:
    """Return what each party pays serially and in proportion to its demand, and the whole cost, in the unit of cost.

    The cost of a total Q is fixed + scale·Q^exponent, nothing for nothing. Withheld where nobody asks for anything.
    """
    if not demand.sum() > 0:
        raise Withheld(Text("没有任何用量", "nobody asks for anything"))

    def cost(total: Floats) -> Floats:
        found: Floats = np.where(total > 0, fixed + scale * np.power(np.maximum(total, 0.0), exponent), 0.0)
        return found

    whole = float(cost(np.array([demand.sum()]))[0])
    return {
        "serial_part": serial(demand, cost),
        "proportional_part": proportional(whole, demand, "demand"),
        "whole": whole,
    }
