"""What may be done in a round."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import Permission, Reach
from tongchou.web.people.roles import Role

_UNIT = {Role.OFFICER: Reach.OWN, Role.REVIEWER: Reach.OWN, Role.HEAD: Reach.OWN}

PERMISSIONS = (
    Permission("collection.design", Text("设计填报任务", "design rounds"), {Role.COORDINATOR: Reach.ALL}),
    Permission("collection.enter", Text("填报", "fill in"), {Role.OFFICER: Reach.OWN, Role.HEAD: Reach.OWN}),
    Permission(
        "collection.review",
        Text("审核本单位填报", "review the unit's answers"),
        {Role.REVIEWER: Reach.OWN, Role.HEAD: Reach.OWN},
    ),
    Permission("collection.accept", Text("验收填报", "accept answers"), {Role.COORDINATOR: Reach.ALL}),
    Permission(
        "collection.see",
        Text("查看填报任务", "see rounds"),
        {**_UNIT, **dict.fromkeys((Role.COORDINATOR, Role.FINANCE, Role.ASSESSOR, Role.LEADER), Reach.ALL)},
    ),
    Permission("collection.rule", Text("裁定口径异同", "rule on definitions"), {Role.COORDINATOR: Reach.ALL}),
)
