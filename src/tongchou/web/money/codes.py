"""What can go wrong with movements of money."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

MOVES_NOTHING = ProblemKind(
    "W440",
    Text("这条规则不付款", "the rule moves no money"),
    Text("规则文件用 pays 说明钱怎样付", "the rule's file says with pays how money moves"),
)
NOT_APPROVED = ProblemKind(
    "W441",
    Text("测算还没有批准，不能记账", "the run has not been approved, so it cannot be posted"),
    Text("走完审核和批准再记账", "post it after review and approval"),
)
NOT_ACKNOWLEDGED = ProblemKind(
    "W442",
    Text(
        "测算含设想值或示例数据，记账须写明理由",
        "the run holds what-if values or made-up figures; posting it needs a stated reason",
    ),
    Text(
        "写明为什么要记；全部分录将标为“示例”，不计入实数",
        "say why; all its lines are marked illustrative and kept out of the real totals",
    ),
)
NO_ACCOUNT = ProblemKind(
    "W443",
    Text("“{code}”找不到对应的单位，不能记账", "no organisation is found for {code}, so nothing can be posted"),
    Text("在地区包中补上这个地方或断面所属的县区", "add the county of this place or section to the region package"),
)
PAID_BY_ANOTHER = ProblemKind(
    "W444",
    Text("这条规则的这一时期已由第 {run} 号测算付过", "run {run} has paid this rule and period already"),
    Text(
        "新测算须取代它，记账时只补差额；或先冲销",
        "the new run must supersede it, so that only the difference is posted; or reverse the first",
    ),
)
NOT_OPEN = ProblemKind(
    "W445",
    Text("这笔已经冲销，或本身就是冲销", "the entry was reversed already, or is a reversal itself"),
    Text("刷新页面看现在的账", "reload the page and look at the ledger"),
)
CORRECTED = ProblemKind(
    "W446",
    Text("这笔之后已有补充结算 {number}", "entry {number} supplements this one"),
    Text("先冲销后面的一笔", "reverse the later one first"),
)
REASON_NEEDED = ProblemKind(
    "W447",
    Text("没有写理由", "no reason was given"),
    Text("写明为什么", "say why"),
)
CHANGED_MEANWHILE = ProblemKind(
    "W448",
    Text("对账单在打开之后变了", "the statement has changed since it was opened"),
    Text("刷新页面，看过新的再确认", "reload the page and look at it anew"),
)
SAID_ALREADY = ProblemKind(
    "W449",
    Text("这份对账单已经确认或提出过意见", "this statement was confirmed or contested already"),
    Text("有新的分录后再确认", "confirm again when there are new lines"),
)
WRONG_SUM = ProblemKind(
    "W450",
    Text("分录合计 {found} 分，凭证记 {noted} 分", "the lines add up to {found} fen, the entry says {noted}"),
    Text("停用本库，从备份恢复并查明原因", "stop using this database, restore a backup and find out why"),
)
NOT_AS_ORDERED = ProblemKind(
    "W451",
    Text("账上的款项与第 {run} 号测算的金额列不符", "what was posted is not what run {run} orders"),
    Text("停用本库，从备份恢复并查明原因", "stop using this database, restore a backup and find out why"),
)
NOT_UNDONE = ProblemKind(
    "W452",
    Text("冲销的分录与原分录不相抵", "the reversal does not undo the entry it reverses"),
    Text("停用本库，从备份恢复并查明原因", "stop using this database, restore a backup and find out why"),
)
