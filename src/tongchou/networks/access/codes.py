"""Problem codes of service coverage (N09…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NO_SERVICE = ProblemKind(
    "N090",
    Text("网络里没有服务“{service}”的设施", "the network has no facilities of the service {service!r}"),
    Text("有这些：{names}", "there are: {names}"),
)
NO_LEVEL = ProblemKind(
    "N091",
    Text("服务“{service}”没有等级“{level}”", "the service {service!r} has no level {level!r}"),
    Text("有这些：{names}", "there are: {names}"),
)
NO_METRES = ProblemKind(
    "N092",
    Text("“{network}”不能按米计：有连线没有公里数，或有线路", "{network} has no metres: a link without km, or lines"),
    Text("改按分钟计，或在 links.csv 补上公里", "measure in minutes, or give the km of every link in links.csv"),
)
TOO_LARGE = ProblemKind(
    "N093",
    Text(
        "要比较 {pairs} 对点和候选点，网页最多 {most} 对", "{pairs} pairs of points and candidates; a page takes {most}"
    ),
    Text("用命令行：{command}", "use the command line: {command}"),
)
NO_CANDIDATES = ProblemKind(
    "N094",
    Text("没有候选点", "there are no candidate sites"),
    Text(
        "在 nodes.csv 加 kind 为 site 的点，或改以有人居住的点为候选",
        "add nodes of kind site, or take inhabited points",
    ),
)
