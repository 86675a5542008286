"""A page for every rule, and one that lists them by system."""

from __future__ import annotations

from tongchou.catalogue import built_in
from tongchou.surfaces.manual.cases import cases_by_rule, section
from tongchou.surfaces.rule_pages import page

_HEAD = """\
# 规则目录 · The rules

每条规则一页：条款、办法、数据、参数及依据、每一步公式、不能说明的事。
A page for each rule: clauses, method, inputs, parameters and what they rest on, every step, what it cannot decide.

| 系统 system | 规则 rule | 编号 id | 条款 clauses |
|---|---|---|---|
"""


def pages() -> dict[str, str]:
    """Return the pages by file name."""
    catalogue = built_in()
    ordered = sorted(catalogue.rules.values(), key=lambda rule: (rule.declared.system, rule.id))
    rows = [
        f"| {rule.declared.system} | [{rule.declared.title.zh} {rule.declared.title.en}]({rule.id}.md) | `{rule.id}` "
        f"| {'、'.join(rule.declared.clauses)} |"
        for rule in ordered
    ]
    found = {"README.md": _HEAD + "\n".join(rows) + "\n"}
    cases = cases_by_rule()
    for rule in ordered:
        text = page(rule, catalogue.parameters[rule.id])
        if worked := cases.get(rule.id):
            text += f"\n## 算例 Worked cases\n\n{section(rule, worked)}\n"
        found[f"{rule.id}.md"] = text
    return found
