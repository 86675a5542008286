"""What can be wrong with a figure sent."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

INDICATOR_TAKEN = ProblemKind(
    "W200",
    Text("已有编号为“{id}”的指标", "there is an indicator “{id}” already"),
    Text("换一个编号；同一指标不必再建", "choose another id; the same indicator need not be added again"),
)
CORRECTION_WAITING = ProblemKind(
    "W201",
    Text("这个单元格已有一个待核定的更正", "a correction of this cell is waiting for approval already"),
    Text("先核定或退回那一个", "approve it or turn it down first"),
)
REASON_NEEDED = ProblemKind(
    "W202",
    Text("没有写理由", "no reason is given"),
    Text("写明为什么，理由随数据一起保存", "say why; the reason is kept with the figure"),
)
NOT_WAITING = ProblemKind(
    "W203",
    Text("这个更正已经处理过了", "this correction has been dealt with already"),
    Text("打开单元格历史查看结果", "open the history of the cell for the outcome"),
)
NOT_A_FIGURE = ProblemKind(
    "W204",
    Text("“{text}”不是数", "“{text}” is not a number"),
    Text(
        "写成 1234.5、1,234.5 或 ８０；没有发生写 0，本单位没有这项写“不适用”，还不知道就留空",
        "write 1,234.5; 0 where there was none, “not applicable” where it does not exist, nothing where unknown",
    ),
)
UNKNOWN_STATUS = ProblemKind(
    "W205", Text("没有这个状态：{text}", "no such status: {text}"), Text("可用：{known}", "use one of: {known}")
)
SOURCE_NEEDED = ProblemKind(
    "W206",
    Text("没有写来源", "no source is given"),
    Text("写明数据出自哪份报表、台账或文件", "name the report, ledger or document the figure comes from"),
)
ADDED_INDICATOR_INCOMPLETE = ProblemKind(
    "W213",
    Text("“{field}”没有填，或填得不对", "“{field}” is empty or wrong"),
    Text(
        "编号用小写字母、数字、点和横线；单位用可识别的计量单位；口径逐字写明",
        "ids use a-z 0-9 . - _; the unit must be known; the definition is written out",
    ),
)
BASE_NEEDED = ProblemKind(
    "W214",
    Text("这个指标须写明人口口径：{known}", "this indicator needs a population base: {known}"),
    Text("在“口径基数”写其中之一", "give one of them as base"),
)
