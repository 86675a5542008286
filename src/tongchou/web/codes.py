"""What can go wrong with the workbench itself."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

PORT_TAKEN = ProblemKind(
    "W001",
    Text("端口不可用：{reason}", "the port cannot be used: {reason}"),
    Text("换一个端口，例如 tongchou demo --port {other}", "use another port, for example tongchou demo --port {other}"),
)
FRONT_END_MISSING = ProblemKind(
    "W002",
    Text("前端没有构建，页面没有样式和图形", "the front end has not been built; pages have no style and no figures"),
    Text("在源码目录运行 make run，或安装发布的软件包", "run make run in the checkout, or install a released package"),
    "warning",
)
