"""``compensation.line_project`` and ``compensation.estate``: adapters from declared names to the methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.algorithm import Withheld
from tongchou.systems.compensation import codes, demands, line_project, nucleolus
from tongchou.systems.compensation.coalitions import Floats, singles
from tongchou.systems.compensation.core import core_test
from tongchou.systems.compensation.lexicographic import MOST
from tongchou.systems.compensation.shares import proportional
from tongchou.systems.compensation.threshold import agreeable_share

Note = Callable[[str, float, Text], None]


def shares_along_a_line(
    common: Floats, reach: Floats, own: Floats, benefit: Floats, party: Sequence[str], note: Note
) -> Mapping[str, Floats | float]:
    """Return what each party of a line project pays by use, by stand-alone cost, by benefit and by the nucleolus.

    ``common`` is alike in all rows. ``agreeable_low`` and ``agreeable_high`` bound the share of all benefits that may
    be put down to the party, the others' staying as they are to one another, before sharing by benefit drives
    somebody out; NaN where no share is agreeable. Units are those of ``reach``; at most 18 parties.
    """
    if len(party) > MOST:
        method = Text("核仁", "the nucleolus")
        raise ProblemsError([codes.TOO_MANY.at("party", n=len(party), method=method, most=MOST)])
    game = line_project.line_costs(float(common[0]), reach, own)
    total = float(game[-1])
    by_benefit = proportional(total, benefit, "benefit")
    low, high = np.full(len(party), np.nan), np.full(len(party), np.nan)
    for i, name in enumerate(party):
        found = agreeable_share(game, benefit, i) if len(party) > 1 and np.delete(benefit, i).sum() > 0 else None
        if found is None:
            continue
        low[i], high[i] = found.low, found.high
        for end, who, words in (
            (found.low, found.below, Text("低于此份额", "below this share")),
            (found.high, found.above, Text("高于此份额", "above this share")),
        ):
            if who:
                leaving = "、".join(party[k] for k in who), ", ".join(party[k] for k in who)
                text = Text(
                    f"{name}的受益{words.zh}，{leaving[0]}会退出", f"benefit of {name} {words.en}: {leaving[1]} leave"
                )
                note("flips", end, text)
    test = core_test(game, by_benefit)
    if not test.stays:
        who_zh, who_en = "、".join(party[k] for k in test.leaving), ", ".join(party[k] for k in test.leaving)
        note(
            "side_payment",
            test.side_payment,
            Text(f"按受益分担时{who_zh}会退出，至少补给", f"by benefit {who_en} leave; the least that keeps them"),
        )
    return {
        "project_cost": total,
        "alone": singles(game),
        "by_use": line_project.by_use(float(common[0]), reach, own),
        "by_stand_alone": proportional(total, singles(game), "alone"),
        "by_benefit": by_benefit,
        "by_nucleolus": nucleolus.nucleolus(game),
        "agreeable_low": low,
        "agreeable_high": high,
    }


def division_of_an_estate(estate: Floats, claim: Floats) -> Mapping[str, Floats]:
    """Return an insufficient fund divided by equal awards, equal losses and the Talmud rule, in the claims' unit.

    ``estate`` is alike in all rows. Withheld when the fund is enough: nobody then goes short, and nothing is divided.
    """
    fund, total = float(estate[0]), float(claim.sum())
    if fund > total:
        raise Withheld(Text("资金足以付清全部要求，无需分配", "the fund meets every claim: there is nothing to divide"))
    return {
        "awards": demands.equal_awards(fund, claim),
        "losses": claim - demands.equal_awards(total - fund, claim),
        "talmudic": demands.talmud(fund, claim),
    }
