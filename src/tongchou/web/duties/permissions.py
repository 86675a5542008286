"""What may be done in the ledger in motion."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import Permission, Reach
from tongchou.web.people.roles import Role

_UNIT = {Role.OFFICER: Reach.OWN, Role.REVIEWER: Reach.OWN, Role.HEAD: Reach.OWN}

PERMISSIONS = (
    Permission(
        "duties.confirm",
        Text("确认承诺、征求意见、认定佐证", "confirm commitments, consult, accept evidence"),
        {Role.COORDINATOR: Reach.ALL},
    ),
    Permission(
        "duties.enter",
        Text("代没有账号的单位录入进展", "enter progress for units without an account"),
        {Role.COORDINATOR: Reach.ALL},
    ),
    Permission("duties.report", Text("填报进展", "report progress"), _UNIT),
    Permission("duties.approve", Text("审定进展", "approve reports"), {Role.REVIEWER: Reach.OWN, Role.HEAD: Reach.OWN}),
    Permission(
        "duties.evidence",
        Text("补充佐证", "add evidence"),
        {**_UNIT, Role.COORDINATOR: Reach.ALL, Role.ASSESSOR: Reach.ALL},
    ),
    Permission(
        "duties.answer",
        Text("提出和签回答复、报送实施方案", "answer what the text leaves open, and file plans"),
        {**_UNIT, Role.COORDINATOR: Reach.ALL},
    ),
)
