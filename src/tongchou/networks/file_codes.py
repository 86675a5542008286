"""Problem codes of files that networks are made from (N04…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

UNREADABLE = ProblemKind(
    "N041",
    Text("文件读不出：{reason}", "the file cannot be read: {reason}"),
    Text("另存为 UTF-8 的 CSV，或换一份", "save it anew as CSV in UTF-8, or take another"),
)
CELLS = ProblemKind(
    "N042",
    Text("这一行有 {found} 格，表头有 {expected} 格", "the row has {found} cells, the header {expected}"),
    Text("补齐或删去多出的格；格内有逗号的加引号", "fill the row or cut it; quote cells that hold a comma"),
)
NOT_YES_NO = ProblemKind(
    "N043",
    Text("单行写的是“{value}”", "one way is {value!r}"),
    Text(
        "写 1 或 0（是、否）；反向单行的，把两端对调",
        "write 1 or 0 (yes, no); swap the ends of one that runs backwards",
    ),
)
NO_DEPARTURES = ProblemKind(
    "N044",
    Text("{day} {low:g} 时至 {high:g} 时没有班次发车", "no trip leaves on {day} between {low:g} and {high:g} o'clock"),
    Text("换一天或换时段；时刻表或已过期", "take another day or other hours; the timetable may have run out"),
)
NOT_RISING = ProblemKind(
    "N045",
    Text("分级须由小到大，权重不为负", "limits of zones have to rise, and weights are not negative"),
    Text("写成 10:1,20:0.68,30:0.22", "write 10:1,20:0.68,30:0.22"),
)
TOLD_TWICE = ProblemKind(
    "N046",
    Text("“{line}”的 {what} 与第 {row} 行不同", "the {what} of {line!r} is not that of row {row}"),
    Text("同一条线各行写同一个数；区间车另起线名", "give one number in all rows of a line, or another line"),
)
NO_DAY = ProblemKind(
    "N047",
    Text("“{value}”不是日期", "{value!r} is no date"),
    Text("写成 2026-03-02", "write 2026-03-02"),
)
BACKWARDS = ProblemKind(
    "N048",
    Text("班次“{trip}”到“{stop}”早于从上一站开出", "trip {trip!r} is at {stop!r} before it left the stop before"),
    Text("改正时刻；过午夜的小时数可超过 24", "correct the times; past midnight hours go on from 24"),
)
READ_FROM = ProblemKind(
    "N049",
    Text("要写的文件正是读的文件", "what is to be written is a file that is read"),
    Text("换一个文件名", "take another name"),
)
