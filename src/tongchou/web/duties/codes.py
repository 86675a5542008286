"""What can be wrong with what is asked of the ledger in motion."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NEEDED = ProblemKind(
    "T001", Text("没有填写", "nothing was filled in"), Text("填写后再提交", "fill it in and send again")
)
BAD_DATE = ProblemKind(
    "T002",
    Text("“{text}”不是日期", "“{text}” is not a date"),
    Text("写成 2020-12-31 或 2020年12月31日", "write 2020-12-31"),
)
FUTURE_DATE = ProblemKind(
    "T003",
    Text("日期在今天以后", "the day lies in the future"),
    Text("填已经发生的日期", "give the day on which it happened"),
)
BAD_NUMBER = ProblemKind(
    "T004",
    Text("“{text}”不是数", "“{text}” is not a number"),
    Text("只写数字，单位写在单位栏", "digits only; the unit has a field of its own"),
)
UNIT_NEEDED = ProblemKind(
    "T005",
    Text("有目标值而没有单位", "a target without its unit"),
    Text("写明单位，例如 %、公里", "give the unit, such as %"),
)
NO_SUCH_CHOICE = ProblemKind(
    "T006",
    Text("没有“{text}”这个选项", "“{text}” is not among the choices"),
    Text("在列出的选项中选", "choose one that is listed"),
)
NOT_CONFIRMED = ProblemKind(
    "T007",
    Text("承诺 {code} 还没有确认", "commitment {code} is not confirmed"),
    Text("请市级协调员先确认", "ask the city coordinator to confirm it first"),
)
NOT_ITS_DUTY = ProblemKind(
    "T008",
    Text("{unit}不是承诺 {code} 的责任单位", "{unit} does not bear commitment {code}"),
    Text("核对条款的责任单位", "see the parties of the clause"),
)
REASON_NEEDED = ProblemKind(
    "T009",
    Text("没有写明理由", "no reason was given"),
    Text("写一句理由，对方会看到", "say why; the other side reads it"),
)
SAME_PERSON = ProblemKind(
    "T010",
    Text("填报和审定是同一个人", "the writer cannot approve"),
    Text("请本单位另一名审核人或负责人审定", "ask another reviewer or the head of the unit"),
)
CHANGED_MEANWHILE = ProblemKind(
    "T011",
    Text("这一项刚被{who}改为“{state}”", "{who} has just changed this to “{state}”"),
    Text("看过最新内容再提交", "look at it as it stands now and send again"),
)
SCAN_NEEDED = ProblemKind(
    "T012",
    Text("没有签字盖章的回函", "the stamped reply is missing"),
    Text("上传回函扫描件（PDF 或图片）", "send the scan of the stamped reply (PDF or picture)"),
)
ANOTHERS_LEAD = ProblemKind(
    "T013",
    Text("拟由{unit}牵头，须该单位签回", "{unit} is to lead and has to sign for it itself"),
    Text(
        "等该单位回函，或由市级协调员凭会签件确认",
        "wait for its reply, or let the coordinator sign it with the paper all signed",
    ),
    "warning",
)
NOTHING_CHOSEN = ProblemKind(
    "T014", Text("没有选择承诺", "no commitment was chosen"), Text("勾选至少一项", "tick at least one")
)
NOBODY_TO_ASK = ProblemKind(
    "T015",
    Text("所选承诺没有本地区的责任单位", "the commitments chosen name no party of the region"),
    Text("先在缺项中明确责任单位", "settle the responsible party first"),
)
TOO_LONG = ProblemKind(
    "T016",
    Text("超过 {most} 字", "longer than {most} characters"),
    Text("缩短，详情放进附件", "shorten it; details go into a file"),
)
NO_ADDRESS = ProblemKind(
    "T017",
    Text("没有设置发信服务器", "no mail server is set"),
    Text(
        "设置环境变量 TONGCHOU_SMTP_URL，写作 smtp://用户:口令@主机:端口?from=地址",
        "set TONGCHOU_SMTP_URL to smtp://user:secret@host:port?from=address",
    ),
)
MAIL_REFUSED = ProblemKind(
    "T018",
    Text("信没有发出：{reason}", "the mail was not sent: {reason}"),
    Text("核对单位邮箱和发信服务器后重发", "check the address and the server, and send again"),
)
BAD_ORDER = ProblemKind(
    "T019",
    Text("答复期限早于发出日期", "replies are due before the round is sent"),
    Text("填以后的日期", "give a later day"),
)
NOT_OUR_FORM = ProblemKind(
    "T020",
    Text(
        "不是本系统导出的台账表：没有列名一行",
        "not a workbook written here: the row of column names is missing",
    ),
    Text("重新下载模板，填好后原样上传，不要删隐藏的第3行", "download the form again; leave its hidden row 3 in"),
)
UNKNOWN_CODE = ProblemKind(
    "T021",
    Text("本文件没有编号为 {code} 的承诺", "the document has no commitment {code}"),
    Text("不要改动隐藏的编号键；新的承诺从文件读入", "leave the hidden key alone; commitments come from the document"),
)
REPEATED_CODE = ProblemKind(
    "T022",
    Text("编号 {code} 出现两次", "{code} stands there twice"),
    Text("只留一行", "keep one of the rows"),
)
NOT_UNDONE = ProblemKind(
    "T023",
    Text("已作的决定不能改回待确认", "what was decided cannot be undecided"),
    Text("选“已确认”或“不作承诺”", "choose confirmed or rejected"),
)
SPEAKS_FOR_ITSELF = ProblemKind(
    "T024",
    Text("{unit}有账号，由本单位自己填报", "{unit} has an account and reports for itself"),
    Text("请该单位填报；纸面材料可作佐证", "ask the unit to report; what came on paper can be evidence"),
)
PAPER_NEEDED = ProblemKind(
    "T025",
    Text("来源是文件材料，而没有上传", "it came from a paper, which was not sent along"),
    Text("上传该文件的扫描件", "send the scan of the paper"),
)
OWN_UNIT = ProblemKind(
    "T026",
    Text("{unit}是您本单位，不能自己代录", "{unit} is your own unit; you cannot enter for it"),
    Text("由本单位经办人填报、审核人审定", "let an officer of the unit write and a reviewer approve"),
)
