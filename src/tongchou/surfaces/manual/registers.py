"""A page for every register, and one that lists them by system."""

from __future__ import annotations

from tongchou.catalogue import registers
from tongchou.surfaces.register_pages import page

_HEAD = """\
# 登记簿目录 · The registers

每个登记簿一页：谁填、填什么、状态与走法、汇总成哪些指标、怎样预警。
A page for each register: who writes, what a row holds, states and moves, indicators made of it, warnings.

| 系统 system | 登记簿 register | 编号 id | 条款 clauses |
|---|---|---|---|
"""


def pages() -> dict[str, str]:
    """Return the pages by file name."""
    found = registers()
    rows = [
        f"| {r.declared.system} | [{r.declared.title.zh} {r.declared.title.en}]({r.id}.md) | `{r.id}` "
        f"| {'、'.join(r.declared.clauses)} |"
        for r in found.values()
    ]
    return {"README.md": _HEAD + "\n".join(rows) + "\n", **{f"{r.id}.md": page(r) for r in found.values()}}
