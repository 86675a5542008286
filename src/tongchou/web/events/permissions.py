"""What can be allowed about the log of events."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import Permission, Reach
from tongchou.web.people.roles import CITY_WIDE, Role

PERMISSIONS: tuple[Permission, ...] = (
    Permission(
        "events.read",
        Text("查看留痕", "read the log of events"),
        {role: Reach.ALL if role in CITY_WIDE or role is Role.ADMINISTRATOR else Reach.OWN for role in Role},
    ),
)
