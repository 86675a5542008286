"""Problem codes of services and their reach (V…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

UNKNOWN_LEVEL = ProblemKind(
    "V001",
    Text("设施 {facility} 的级别“{level}”不认得", "facility {facility} has the unknown level {level!r}"),
    Text("卫生机构的 level 写 {known}", "the level of a health facility is one of {known}"),
)
NOT_ASSUMED = ProblemKind(
    "V002",
    Text("网络 {network} 没有假定 {name}", "network {network} does not assume {name}"),
    Text("在 network.yaml 的 assumed 下写明 {name}", "write {name} under assumed in its network.yaml"),
)
NO_YEAR = ProblemKind(
    "V003",
    Text(
        "网络 {network} 没有开通或关闭的日子，要写明年份", "network {network} has no day of opening: a year is needed"
    ),
    Text("用 --year 2023 写明", "give it, as in --year 2023"),
)
