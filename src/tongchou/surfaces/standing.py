"""How far a result can be trusted, in words: what every page that shows it has to say."""

from __future__ import annotations

import numpy as np

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules.result import Result
from tongchou.surfaces.run_rows import shown

_MOST_NAMED = 8


def weakest_status(result: Result) -> Status | None:
    """Return the weakest status of what is shown as result, ``None`` where nothing has a value."""
    levels = [result.status[name] for name in shown(result)]
    held = [int(level.min()) for each in levels if (level := each[each > 0]).size]
    return Status(min(held)) if held else None


def warning(result: Result) -> Text:
    """Return what every page must say first where made-up or assumed numbers have an effect; else nothing."""
    weakest = weakest_status(result)
    if weakest is Status.ILLUSTRATIVE:
        return Text(
            "【示例】含演示用的虚构数据，不得作为依据。",
            "[Illustrative] Rests on made-up figures; not to be relied on. ",
        )
    if weakest is Status.ASSUMED:
        return Text("【假定】含未经核定的假定值。", "[Assumed] Rests on assumptions nobody has confirmed. ")
    return Text("", "")


def standing(result: Result) -> Text:
    """Return the standing of a result as sentences: its status, what that means, and which numbers it comes from."""
    weakest = weakest_status(result)
    if weakest is None:
        return Text("没有算出结果，原因见提示。", "There is no result; the notices say why.")
    said = Text(
        f"结果的状态为{weakest.label.zh}：{weakest.about.zh}。",
        f"The result is {weakest.label.en}: {weakest.about.en}.",
    )
    weak = _weak(result, weakest) if weakest < Status.DERIVED else []
    if weak:
        more = len(weak) > _MOST_NAMED
        zh = "、".join(w.zh for w in weak[:_MOST_NAMED]) + ("等" if more else "")
        en = ", ".join(w.en for w in weak[:_MOST_NAMED]) + (" …" if more else "")
        said = Text(f"{said.zh}假定或示例的有：{zh}。", f"{said.en} Assumed or illustrative: {en}.")
    return Text(
        f"{said.zh}结果的可信程度不高于最弱的一项依据。",
        f"{said.en} A result is as weak as the weakest number it rests on.",
    )


def _weak(result: Result, weakest: Status) -> list[Text]:
    declared = result.rule.declared
    found = []
    for name, item in declared.inputs.items():
        there = ~np.isnan(result.table.values[name])
        if bool((result.table.status[name] <= max(weakest, Status.ASSUMED))[there].any()):
            found.append(item.label.text())
    for name, by_period in result.parameters.items():
        if any(dated.assumed for dated in by_period.values()):
            found.append(declared.parameters[name].label.text())
    return found
