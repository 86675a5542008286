"""``compensation.cost_sharing``: what every coalition pays under each method, and whether one would leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.systems.compensation import codes, marginal, nucleolus, shares
from tongchou.systems.compensation.coalitions import Floats, additive, from_names, singles
from tongchou.systems.compensation.comparison import METHODS
from tongchou.systems.compensation.core import core_test
from tongchou.systems.compensation.lexicographic import MOST
from tongchou.systems.compensation.shapley import shapley

Note = Callable[[str, float, Text], None]
JOIN = "+"


def shares_of_coalitions(cost: Floats, coalition: Sequence[str], note: Note) -> Mapping[str, Floats]:
    """Return, for every coalition (``A+B``, one row each, ``cost`` its own), what its members pay under each method.

    Units are those of ``cost``. A method that does not apply gives NaN and a note with the reason. Raises
    :class:`ProblemsError` for names that repeat, coalitions that are missing, and more than 18 parties.
    """
    players = sorted({name for row in coalition for name in row.split(JOIN)})
    if len(players) > MOST:
        name = Text("核仁", "the nucleolus")
        raise ProblemsError([codes.TOO_MANY.at("coalition", n=len(players), method=name, most=MOST)])
    game = from_names(players, dict(zip(coalition, cost.tolist(), strict=True)), JOIN)
    bit = {name: 1 << i for i, name in enumerate(players)}
    masks = np.array([sum(bit[name] for name in row.split(JOIN)) for row in coalition])
    found = {}
    for method, each in _methods(game).items():
        try:
            paid = each()
        except ProblemsError as error:
            found[f"pays_{method}"] = np.full(cost.size, np.nan)
            reasons = [problem.message for problem in error.problems]
            words = Text("；".join(r.zh for r in reasons), "; ".join(r.en for r in reasons))
            note(
                f"no_{method}",
                0.0,
                Text(f"{METHODS[method].zh}不适用：{words.zh}", f"no {METHODS[method].en}: {words.en}"),
            )
            continue
        found[f"pays_{method}"] = additive(paid)[masks]
        _tell(method, game, paid, players, note)
    return found


def _methods(game: Floats) -> dict[str, Callable[[], Floats]]:
    total, n = float(game[-1]), game.size.bit_length() - 1
    return {
        "equal": lambda: shares.equal(total, n),
        "stand_alone": lambda: shares.proportional(total, singles(game), "costs"),
        "scrb": lambda: marginal.scrb(game),
        "shapley": lambda: shapley(game),
        "nucleolus": lambda: nucleolus.nucleolus(game),
        "per_capita_nucleolus": lambda: nucleolus.per_capita_nucleolus(game),
        "proportional_least_core": lambda: nucleolus.proportional_least_core(game).shares,
        "weak_least_core": lambda: nucleolus.weak_least_core(game).shares,
    }


def _tell(method: str, game: Floats, paid: Floats, players: Sequence[str], note: Note) -> None:
    """Record who would leave, and the smallest payment that keeps everyone."""
    name = METHODS[method]
    test = core_test(game, paid)
    if test.stays:
        note(f"stays_{method}", test.excess, Text(f"{name.zh}：无人会退出", f"{name.en}: nobody would leave"))
        return
    who = [players[i] for i in test.leaving]
    words = Text(
        f"{name.zh}：{'、'.join(who)}单独合作更省，至少补给它们这个数才会留下",
        f"{name.en}: {', '.join(who)} would do better on their own; this much keeps them",
    )
    note(f"leaves_{method}", test.side_payment, words)
    if test.transfers is None:
        short = Text(
            f"{name.zh}：怎样调剂都有人退出，须由外部补助",
            f"{name.en}: no transfers keep everyone; a subsidy from outside does",
        )
        note(f"subsidy_{method}", test.subsidy, short)
    else:
        kept = Text(
            f"{name.zh}：留住所有联盟至少须调剂", f"{name.en}: the least that must change hands to keep every coalition"
        )
        note(f"transfers_{method}", test.transfers, kept)
