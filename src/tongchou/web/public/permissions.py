"""Who may handle the questions of the public."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import Permission, Reach
from tongchou.web.people.roles import Role

PERMISSIONS: tuple[Permission, ...] = (
    Permission(
        "public.read",
        Text("查看群众提问", "see questions of the public"),
        {
            Role.OFFICER: Reach.OWN,
            Role.REVIEWER: Reach.OWN,
            Role.HEAD: Reach.OWN,
            Role.COORDINATOR: Reach.ALL,
            Role.ASSESSOR: Reach.ALL,
            Role.LEADER: Reach.ALL,
        },
    ),
    Permission("public.route", Text("转办群众提问", "pass questions on"), {Role.COORDINATOR: Reach.ALL}),
    Permission(
        "public.draft",
        Text("起草对群众的答复", "draft replies to the public"),
        {Role.OFFICER: Reach.OWN, Role.REVIEWER: Reach.OWN},
    ),
    Permission("public.approve", Text("审定对群众的答复", "approve replies to the public"), {Role.HEAD: Reach.OWN}),
    Permission("public.publish", Text("公开问答", "publish questions and replies"), {Role.COORDINATOR: Reach.ALL}),
)
