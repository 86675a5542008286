"""Who may post and reverse movements, and who answers for a statement."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import Permission, Reach
from tongchou.web.people.roles import Role

PERMISSIONS: tuple[Permission, ...] = (
    Permission("money.post", Text("记账", "post movements"), {Role.FINANCE: Reach.ALL}),
    Permission("money.reverse", Text("冲销", "reverse entries"), {Role.FINANCE: Reach.ALL}),
    Permission(
        "money.confirm",
        Text("确认对账单", "confirm statements"),
        {Role.OFFICER: Reach.OWN, Role.HEAD: Reach.OWN},
    ),
)
