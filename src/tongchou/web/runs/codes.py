"""What can go wrong with runs, scenarios and objections."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NOT_NOW = ProblemKind(
    "W410",
    Text("测算现在是“{state}”，不能{step}", "the run is {state} now; it cannot be moved on so: {step}"),
    Text("刷新页面，看别人做了什么", "reload the page and see what somebody else did"),
)
NOT_COMPUTED = ProblemKind(
    "W411",
    Text("测算还没有算出结果", "the run has not been computed"),
    Text(
        "等后台算完；没有算成的按提示补齐数据再算",
        "wait for it; where it failed, supply what is missing and compute again",
    ),
)
OWN_WORK = ProblemKind(
    "W412",
    Text("不能{step}自己经手的测算", "nobody may do this to a run of their own making: {step}"),
    Text("请另一位有权限的同事办理", "another colleague with the permission does it"),
)
REASON_NEEDED = ProblemKind(
    "W413",
    Text("没有写理由", "no reason was given"),
    Text("写明为什么，对方据此修改", "say why, so that the other side can act on it"),
)
NEEDED = ProblemKind("W414", Text("没有填", "it is left empty"), Text("填好再提交", "fill it in and send it again"))
TOO_LONG = ProblemKind(
    "W415",
    Text("超过 {most} 字", "it is longer than {most} characters"),
    Text("写短一些，详情放在附件里", "shorten it, and put details in a file"),
)
SUPERSEDED = ProblemKind(
    "W416",
    Text("已有另一个测算取代它", "another run supersedes it already"),
    Text("在取代它的测算上继续", "go on with the run that supersedes it"),
)
NO_FIGURE_CHANGED = ProblemKind(
    "W417",
    Text("没有改动任何本单位的数据", "none of the organisation's own figures was changed"),
    Text("在要改的格子里填本单位的数", "fill in your own figures where they differ"),
)
NOT_OWN_FIGURE = ProblemKind(
    "W418",
    Text("这不是本单位的数据", "this is not a figure of the organisation"),
    Text("只能改本单位所在行的数据", "only figures of the organisation's own rows can be changed"),
)
WINDOW_CLOSED = ProblemKind(
    "W419",
    Text("异议期已于 {until} 结束", "objections could be filed until {until}"),
    Text("新情况请向经办单位书面反映", "write to the unit in charge about new facts"),
)
NOT_SETTLED = ProblemKind(
    "W420",
    Text("测算还没有批准", "the run has not been approved"),
    Text("批准以后再办", "do it once the run is approved"),
)
OBJECTION_OPEN = ProblemKind(
    "W421",
    Text("本单位对它已有一件待答复的异议", "the organisation has an open objection to it already"),
    Text("等答复，或先撤回前一件", "wait for the answer, or withdraw the first one"),
)
ANSWERED = ProblemKind(
    "W422",
    Text("这件异议已经答复", "the objection has been answered"),
    Text("刷新页面看答复", "reload the page and read the answer"),
)
OTHER_NUMBERS = ProblemKind(
    "W423",
    Text("按记录重算，结果与记录不同", "computed again from its record, it gives another result"),
    Text(
        "核对版本：记录用 {engine}，现用 {now}；以记录为准",
        "check versions: recorded with {engine}, now {now}; the record prevails",
    ),
)
ALTERED = ProblemKind(
    "W424",
    Text("测算记录被改过", "the record of the run has been altered"),
    Text("停用本库，从备份恢复并查明原因", "stop using this database, restore a backup and find out why"),
)
FOUR_EYES = ProblemKind(
    "W425",
    Text("测算的经手人重复：同一人不能既拟稿又审核或批准", "one person made and reviewed or approved the run"),
    Text("查明原因，撤回后由不同的人重新办理", "find out why; different people do it again"),
)
NOT_COMPARABLE = ProblemKind(
    "W426",
    Text("两个测算不是同一条规则的", "the two runs are not of one rule"),
    Text("选同一规则的两个测算", "choose two runs of one rule"),
)
