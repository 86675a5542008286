"""Who may do what with runs, scenarios and objections."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import Permission, Reach
from tongchou.web.people.roles import Role

PERMISSIONS: tuple[Permission, ...] = (
    Permission(
        "runs.draft",
        Text("起草和提交测算", "draft and submit runs"),
        {Role.FINANCE: Reach.OWN, Role.OFFICER: Reach.OWN, Role.COORDINATOR: Reach.OWN},
    ),
    Permission("runs.review", Text("审核测算", "review runs"), {Role.REVIEWER: Reach.OWN}),
    Permission("runs.approve", Text("批准测算", "approve runs"), {Role.HEAD: Reach.OWN}),
    Permission("runs.publish", Text("公布测算", "publish runs"), {Role.COORDINATOR: Reach.ALL}),
    Permission(
        "runs.try",
        Text("用本单位数据试算", "recompute with the organisation's own figures"),
        {Role.OFFICER: Reach.OWN, Role.REVIEWER: Reach.OWN, Role.HEAD: Reach.OWN},
    ),
    Permission(
        "runs.object",
        Text("提出异议", "file objections"),
        {Role.OFFICER: Reach.OWN, Role.HEAD: Reach.OWN},
    ),
    Permission(
        "runs.answer",
        Text("答复异议", "answer objections"),
        {Role.COORDINATOR: Reach.ALL, Role.FINANCE: Reach.OWN},
    ),
)
