"""What can be wrong with what a command is asked to read or write."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NO_SUCH_FILE = ProblemKind(
    "O001",
    Text("没有这个文件", "there is no such file"),
    Text("核对路径；路径中有空格时加引号", "check the path; quote it where it has spaces"),
)
NOT_READABLE = ProblemKind(
    "O002",
    Text("文件读不了：{reason}", "the file cannot be opened: {reason}"),
    Text("检查权限，或另存到本机文件夹再试", "check its permissions, or copy it to a local folder first"),
)
UNKNOWN_SUFFIX = ProblemKind(
    "O003",
    Text("不会写后缀为“{suffix}”的文件", "files ending in {suffix!r} are not written"),
    Text("可用后缀：{known}", "use one of: {known}"),
)
NOT_WRITABLE = ProblemKind(
    "O004",
    Text("写不进去：{reason}", "it cannot be written: {reason}"),
    Text(
        "检查文件夹是否存在、是否有权限，文件是否正在 WPS 中打开",
        "check that the folder exists, may be written, and the file is not open elsewhere",
    ),
)
WOULD_OVERWRITE = ProblemKind(
    "O005",
    Text("输出会覆盖输入文件", "the output would overwrite the input"),
    Text("换一个输出文件名", "give the output another name"),
)
IS_A_FOLDER = ProblemKind(
    "O006",
    Text("这是文件夹，不是文件", "this is a folder, not a file"),
    Text("给出其中一个文件的路径", "name one file in it"),
)
WOULD_REPLACE = ProblemKind(
    "O007",
    Text("已有这个文件", "this file is there already"),
    Text("换一个编号，或先移走它", "choose another id, or move the file away first"),
)
BAD_TABLE_FILE = ProblemKind(
    "O008",
    Text("读不出表格：{reason}", "the table cannot be read: {reason}"),
    Text(
        "用 WPS 或 Excel 打开，另存为 .xlsx 再上传；加密的先去掉密码",
        "open it in WPS or Excel and save it as .xlsx; take off a password first",
    ),
)
NO_SUCH_INDICATOR = ProblemKind(
    "O009",
    Text("没有编号为“{id}”的指标", "there is no indicator “{id}”"),
    Text("用 tongchou region show 列出指标", "list them with tongchou region show"),
)
NOT_A_DAY = ProblemKind(
    "O070",
    Text("“{text}”不是日期", "“{text}” is not a date"),
    Text("写成 2026-11-27", "write it as 2026-11-27"),
)
