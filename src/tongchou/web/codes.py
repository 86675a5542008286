"""What can go wrong with the workbench itself."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

PORT_TAKEN = ProblemKind(
    "W001",
    Text("端口不可用：{reason}", "the port cannot be used: {reason}"),
    Text("换一个端口，例如 tongchou demo --port {other}", "use another port, for example tongchou demo --port {other}"),
)
FRONT_END_MISSING = ProblemKind(
    "W002",
    Text("前端没有构建，页面没有样式和图形", "the front end has not been built; pages have no style and no figures"),
    Text("在源码目录运行 make run，或安装发布的软件包", "run make run in the checkout, or install a released package"),
    "warning",
)
DOCUMENT_TOO_LONG = ProblemKind(
    "W003",
    Text(
        "文件有 {characters} 字，网页最多处理 {most} 字",
        "the document has {characters} characters; pages take at most {most}",
    ),
    Text(
        "用命令 tongchou read 文件 -o 台账.xlsx 读取，或分部分上传",
        "read it with tongchou read FILE -o ledger.xlsx, or upload it in parts",
    ),
)
HOME_NOT_USABLE = ProblemKind(
    "W004",
    Text("存放文件的文件夹不能使用：{reason}", "the folder for files cannot be used: {reason}"),
    Text(
        "把环境变量 TONGCHOU_HOME 设为有写权限的文件夹",
        "set the environment variable TONGCHOU_HOME to a folder that may be written",
    ),
)
BAD_DATABASE = ProblemKind(
    "W005",
    Text("数据库地址写法不对：{reason}", "the database address is not written properly: {reason}"),
    Text(
        "TONGCHOU_DATABASE_URL 写作 postgresql://用户:口令@主机:端口/库名，或不设而用 SQLite",
        "write TONGCHOU_DATABASE_URL as postgresql://user:secret@host:port/name, or leave it unset for SQLite",
    ),
)
NO_FILE = ProblemKind(
    "W006",
    Text("没有选择文件", "no file was chosen"),
    Text("选择一个 .txt、.docx、带文字的 .pdf 或 .html 文件", "choose a .txt, .docx, .pdf with text or .html file"),
)
FILE_TOO_LARGE = ProblemKind(
    "W007",
    Text("文件超过 {mb} MB", "the file is larger than {mb} MB"),
    Text(
        "分部分上传，或用命令 tongchou read 在本机读取",
        "upload it in parts, or read it on your own machine with tongchou read",
    ),
)
NOT_A_NUMBER = ProblemKind(
    "W008",
    Text("“{text}”不是数", "“{text}” is not a number"),
    Text(
        "写成 0.6、60%、30,000 这样的数；留空即用现行取值",
        "write 0.6, 60% or 30,000; leave it empty for the value in force",
    ),
)
PERIOD_NOT_HELD = ProblemKind(
    "W009",
    Text("没有时期“{text}”的内置数据", "there are no built-in figures for “{text}”"),
    Text(
        "在列出的时期中选；自带数据请用命令行计算",
        "choose among the periods listed; compute figures of your own on the command line",
    ),
)
NO_SUCH_CHOICE = ProblemKind(
    "W010",
    Text("没有“{text}”这个选项", "“{text}” is not among the choices"),
    Text("在列出的选项中选", "choose one that is listed"),
)
NOTHING_CHANGED = ProblemKind(
    "W011",
    Text("没有改动任何参数，无从与现行取值比较", "no parameter was changed, so there is nothing to compare with"),
    Text("先在参数栏填入设想的值，或改选一个时期", "fill in a value to try, or choose a period instead"),
)
NO_FIGURES = ProblemKind(
    "W012",
    Text("内置数据不够，不能在网页上计算", "the built-in figures do not suffice to compute this here"),
    Text(
        "用命令行带上自己的数据计算，见本页所列命令",
        "compute it on the command line with figures of your own; the command is on this page",
    ),
)
NOT_IN_RANGE = ProblemKind(
    "W013",
    Text("“{text}”超出取值范围（{bounds}）", "“{text}” is out of range ({bounds})"),
    Text("填范围以内的数，并核对单位", "fill in a number within the range, and check the unit"),
)
NUL = ProblemKind(
    "W014",
    Text("提交的内容含有不可见的空字符", "what was sent holds the character NUL"),
    Text("删去该字符后重新提交", "take the character out and send it again"),
)
NOT_A_DAY = ProblemKind(
    "W015",
    Text("“{text}”不是日期", "“{text}” is not a date"),
    Text("写成 2026-11-27", "write it as 2026-11-27"),
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
NOTHING_CHOSEN = ProblemKind(
    "W053",
    Text("没有选要改哪一处", "nothing was chosen to be changed"),
    Text("先选一座水库或一条线，再写它的能力", "choose a reservoir or a link first, then give its capacity"),
)
