"""Problem codes of supply networks (B…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

UNKNOWN_ROLE = ProblemKind(
    "B001",
    Text("不认得性质“{role}”", "there is no role {role!r}"),
    Text("可用的有：{known}", "roles are: {known}"),
)
NOT_ITSELF = ProblemKind(
    "B002",
    Text("水库蓄水一行的起点“{tail}”与终点“{head}”不同", "the store {tail!r} is held at another node, {head!r}"),
    Text("蓄水的起点、终点都写水库自己", "give the reservoir itself as both ends"),
)
TO_ITSELF = ProblemKind(
    "B003",
    Text("“{tail}”通向自己", "{tail!r} leads to itself"),
    Text("起点、终点写两个不同的节点", "give two different nodes as ends"),
)
