"""What can go wrong with work in the background."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

BROKE_OFF = ProblemKind(
    "W400",
    Text("后台工作没有做完：{reason}", "the work in the background broke off: {reason}"),
    Text(
        "再试一次；仍不行请把本页地址告诉系统管理员",
        "try again; if it fails again, send the address of this page to the administrator",
    ),
)
LEFT_TOO_OFTEN = ProblemKind(
    "W401",
    Text("后台工作 {times} 次都被中断", "the work was broken off {times} times"),
    Text(
        "请系统管理员查看工作进程的日志，再重新提交",
        "the administrator looks at the worker's log; then ask for it again",
    ),
)
