"""What can go wrong with rows of registers in the workbench."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

CHANGED_MEANWHILE = ProblemKind(
    "D060",
    Text("在您打开之后，{who}于{when}改过这一条", "{who} changed this row at {when}, after you had opened it"),
    Text("对照下面两份内容，改好后再提交一次", "compare the two below, correct yours and send it again"),
)
KEY_TAKEN = ProblemKind(
    "D061",
    Text("“{key}”已经登记", "{key} is registered already"),
    Text("打开已有的条目修改，或换一个编号", "change the row that is there, or use another code"),
)
KEY_FIXED = ProblemKind(
    "D062",
    Text("主键不能改：{key}", "the key cannot be changed: {key}"),
    Text("撤回这一条，另行登记", "withdraw this row and add another"),
)
NO_OWNER = ProblemKind(
    "D063",
    Text("本单位不能登记这里的条目", "your organisation does not write rows of this place"),
    Text("由所在县（市、区）或登记簿指定的单位登记", "the county it is in, or a party the register names, does"),
)
STALE = ProblemKind(
    "D067",
    Text(
        "下载之后这一条已被改过（第 {held} 版，表中是第 {given} 版）",
        "changed since the download: {held}, here {given}",
    ),
    Text("重新下载，在新表上修改", "download it again and change that"),
)
NEEDS_REASON = ProblemKind(
    "D069",
    Text("撤回要写明原因", "withdrawing a row needs a reason"),
    Text("写一句话说明为什么", "say why in a sentence"),
)
NONE_CHOSEN = ProblemKind(
    "D070",
    Text("没有选中任何条目", "no row is ticked"),
    Text("在表中勾选一条或几条，再选要办的事", "tick one or more rows of the table, then choose what is to be done"),
)
