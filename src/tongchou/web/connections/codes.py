"""What can go wrong with what is asked of a network."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NOT_A_DAY = ProblemKind(
    "W050",
    Text("“{text}”不是日期", "“{text}” is no date"),
    Text("写成 2019-10-24，或在列出的日期中选", "write 2019-10-24, or choose one that is listed"),
)
NO_NETWORK = ProblemKind(
    "W051",
    Text("没有网络“{text}”", "there is no network “{text}”"),
    Text("在列出的网络中选：{names}", "choose one that is listed: {names}"),
)
NOT_READ = ProblemKind(
    "W052",
    Text("网络“{network}”有错，没有读入", "the network “{network}” has errors and was not read"),
    Text("运行 tongchou region check，改正列出的各处", "run tongchou region check and mend what it lists"),
)
