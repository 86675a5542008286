"""What can be wrong with a document handed to the reader."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

_SAVE_AS = Text(
    "请用 WPS 或 Word 打开后另存为 .docx，或另存为纯文本（.txt，UTF-8）后重试",
    "open it in WPS or Word, save it as .docx or as plain text (.txt, UTF-8), and try again",
)

EMPTY = ProblemKind(
    "R001",
    Text("文件是空的，没有可读的文字", "the file is empty: there is no text to read"),
    Text("请确认选对了文件，并且上传已完成", "check that this is the right file and that it was uploaded completely"),
)
TOO_LARGE = ProblemKind(
    "R002",
    Text("文件过大：{size}，上限为 {limit}", "the file is too large: {size}, the limit is {limit}"),
    Text(
        "请去掉图片和与条文无关的附件，或按章分成几个文件",
        "remove pictures and annexes that hold no clauses, or split the document by chapter",
    ),
)
BINARY = ProblemKind(
    "R003",
    Text("不是文档：内容是二进制数据{what}", "not a document: the content is binary data{what}"),
    Text(
        "可读入 .txt、.docx、带文字的 .pdf 和 .html 文件",
        "the reader takes .txt, .docx, .html and .pdf files that contain text",
    ),
)
UNSUPPORTED = ProblemKind("R004", Text("读不了这种文件：{what}", "this kind of file cannot be read: {what}"), _SAVE_AS)
UNKNOWN_ENCODING = ProblemKind(
    "R005",
    Text(
        "认不出文字编码：既不是 UTF-8、UTF-16，也不是 GB18030 或 Big5",
        "unknown text encoding: neither UTF-8, UTF-16, GB18030 nor Big5",
    ),
    Text(
        "请用记事本或 WPS 打开，确认没有乱码后另存为 UTF-8",
        "open it in an editor, make sure it is legible, and save it as UTF-8",
    ),
)
NO_CHINESE = ProblemKind(
    "R006",
    Text("文件里没有中文条文（汉字 {count} 个）", "the file holds no Chinese text ({count} Chinese characters)"),
    Text("请确认选对了文件；本程序只读中文公文", "check that this is the right file; only Chinese documents are read"),
)
SCANNED = ProblemKind(
    "R007",
    Text(
        "PDF 共 {pages} 页，都没有文字，像是扫描件",
        "none of the {pages} pages of the PDF holds text: it seems to be a scan",
    ),
    Text(
        "请先做文字识别（OCR），或向发文机关索取电子版",
        "run text recognition (OCR) first, or ask the issuer for the electronic version",
    ),
)
ENCRYPTED = ProblemKind(
    "R008",
    Text("文件设有打开密码", "the file is protected by a password"),
    Text("请去掉密码后重试", "remove the password and try again"),
)
DAMAGED = ProblemKind(
    "R009",
    Text("{format} 文件已损坏或不完整：{reason}", "the {format} file is damaged or incomplete: {reason}"),
    Text(
        "请重新下载或复制；如果能用 WPS 打开，请另存一份再试",
        "download or copy it again; if WPS or Word can open it, save a new copy and try that",
    ),
)
BOMB = ProblemKind(
    "R010",
    Text(
        "{format} 文件解压后过大（超过 {limit}），已拒绝读入",
        "the {format} file unpacks to more than {limit} and was refused",
    ),
    _SAVE_AS,
)
