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
    Permission(
        "figures.correct",
        Text("提交数据更正", "submit corrections of figures"),
        {Role.OFFICER: Reach.OWN, Role.REVIEWER: Reach.OWN, Role.HEAD: Reach.OWN, Role.COORDINATOR: Reach.ALL},
    ),
    Permission("figures.approve", Text("核定数据更正", "approve corrections"), {Role.COORDINATOR: Reach.ALL}),
    Permission("figures.import", Text("批量导入数据", "import figures"), {Role.COORDINATOR: Reach.ALL}),
    Permission("figures.add_indicator", Text("增设指标", "add indicators"), {Role.COORDINATOR: Reach.ALL}),
)
