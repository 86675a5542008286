"""Problem codes of networks of a package, beside those of all networks (N08…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

TWICE_ON_LINE = ProblemKind(
    "N080",
    Text("线路“{line}”两次停靠“{node}”", "the line {line!r} calls at {node!r} twice"),
    Text(
        "第二次停靠另设一个节点，用零分钟的连线接上", "give the second call a node of its own and a link of 0 minutes"
    ),
)
