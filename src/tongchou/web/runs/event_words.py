"""What the events of runs, trials and objections are called, and which of them make something public."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.runs.steps import STEPS

WORDS: dict[str, Text] = {
    "runs.drafted": Text("拟稿", "drafted"),
    "runs.computed": Text("计算完成", "computed"),
    "runs.recompute_asked": Text("重新计算", "computed again"),
    "runs.retitled": Text("改标题或用途", "title or purpose changed"),
    **{step.event: step.label for step in STEPS.values()},
    "runs.scenario_made": Text("用本单位数据试算", "tried with own figures"),
    "runs.objection_filed": Text("提出异议", "objection filed"),
    "runs.objection_accepted": Text("采纳异议", "objection accepted"),
    "runs.objection_rejected": Text("不采纳异议", "objection rejected"),
    "runs.objection_withdrawn": Text("撤回异议", "objection withdrawn"),
}
#: Kinds that put something before the public.
DISCLOSES = frozenset({"runs.published"})
