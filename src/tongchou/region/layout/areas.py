"""Heights with which every cell of a power diagram has exactly its area.

For given sites they exist and are unique up to a constant (Aurenhammer, Hoffmann & Aronov 1998, Algorithmica 20); they
are found by damped Newton steps on the areas (Kitagawa, Mérigot & Thibert 2019, J. Eur. Math. Soc. 21).
"""

from __future__ import annotations

import numpy as np

from tongchou.region.layout.envelope import Diagram, Outline, Pairs, Points, Values

_STEPS = 80
_TOLERANCE = 1e-9
_ENOUGH = 1e-6  # where rounding stops the steps short of the tolerance
_SHORTEST_STEP = 1e-7


def balance(outline: Outline, sites: Points, areas: Values, heights: Values | None = None) -> Values:
    """Return the heights with which each site's cell has its area, to a relative error of 1e-9.

    ``areas`` must sum to the outline's; ``heights`` is where to begin, used where it leaves no cell empty. Raises
    ``ValueError`` when the areas cannot be reached, which happens for sites that coincide.
    """
    pairs = Pairs.every(len(sites))
    current = -0.5 * np.einsum("ij,ij->i", sites, sites) if heights is None else heights
    diagram = Diagram(outline, sites, current, pairs)
    if heights is not None and not diagram.areas.min() > 0:
        return balance(outline, sites, areas)
    for _ in range(_STEPS):
        error = areas - diagram.areas
        worst = float(np.abs(error / areas).max())
        if worst < _TOLERANCE:
            break
        flow = (pairs.difference * (diagram.shared / diagram.distance)) @ pairs.difference.T
        # The heights' common level moves nothing; fixing their sum makes the step unique.
        step = np.linalg.lstsq(flow + 1 / len(sites), error - error.mean(), rcond=None)[0]
        damping, floor = 1.0, 0.5 * min(float(diagram.areas.min()), float(areas.min()))
        while True:
            trial = Diagram(outline, sites, current + damping * step, pairs)
            improved = float(np.abs(areas - trial.areas).max()) < (1 - damping / 4) * float(np.abs(error).max())
            if improved and float(trial.areas.min()) > floor:
                break
            damping /= 2
            if damping < _SHORTEST_STEP:
                if worst < _ENOUGH:
                    return current
                raise ValueError("the areas cannot be reached from these sites")
        current, diagram = current + damping * step, trial
    return current
