"""What can be wrong with a file sent."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NONE_CHOSEN = ProblemKind(
    "W030", Text("没有选择文件", "no file was chosen"), Text("选择一个文件再提交", "choose a file and send it again")
)
TOO_LARGE = ProblemKind(
    "W031",
    Text("文件超过 {mb} MB", "the file is larger than {mb} MB"),
    Text("压缩图片或分成几个文件", "compress the pictures or send it in several files"),
)
WRONG_KIND = ProblemKind(
    "W032",
    Text(
        "文件的内容与名称不符，或不是可收的种类", "the file is not what its name says, or of a kind that is not taken"
    ),
    Text("可收：{kinds}", "taken are: {kinds}"),
)
EMPTY = ProblemKind("W033", Text("文件是空的", "the file is empty"), Text("换一个文件", "send another file"))
