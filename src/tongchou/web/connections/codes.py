"""What can go wrong with what is asked of a network."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NOT_A_DAY = ProblemKind(
    "W050",
    Text("“{text}”不是日期", "“{text}” is no date"),
    Text("写成 2019-10-24，或在列出的日期中选", "write 2019-10-24, or choose one that is listed"),
)
