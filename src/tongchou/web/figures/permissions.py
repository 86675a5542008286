"""What may be done to figures and maps."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import Permission, Reach
from tongchou.web.people.roles import Role

PERMISSIONS = (
    Permission(
        "figures.base_map",
        Text("更换底图", "attach boundaries"),
        {Role.COORDINATOR: Reach.ALL, Role.ADMINISTRATOR: Reach.ALL},
    ),
)
