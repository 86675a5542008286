"""What may be done to registers. Which organisation owns a row, its register declares; see ``ownership``."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import Permission, Reach
from tongchou.web.people.roles import Role

PERMISSIONS = (
    Permission(
        "registers.write",
        Text("登记、修改、导入、撤回条目", "add, change, import and withdraw rows"),
        {Role.OFFICER: Reach.OWN, Role.REVIEWER: Reach.OWN, Role.HEAD: Reach.OWN, Role.COORDINATOR: Reach.ALL},
    ),
    Permission(
        "registers.move",
        Text("变更条目状态", "move rows between states"),
        {
            Role.OFFICER: Reach.OWN,
            Role.REVIEWER: Reach.OWN,
            Role.HEAD: Reach.OWN,
            Role.COORDINATOR: Reach.ALL,
            Role.ASSESSOR: Reach.ALL,
            Role.FINANCE: Reach.ALL,
        },
    ),
)
