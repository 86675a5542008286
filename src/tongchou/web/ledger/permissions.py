"""What may be done to documents."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import Permission, Reach
from tongchou.web.people.roles import Role

PERMISSIONS = (
    Permission(
        "ledger.receive",
        Text("收文", "receive documents"),
        {Role.COORDINATOR: Reach.ALL, Role.ADMINISTRATOR: Reach.ALL},
    ),
)
