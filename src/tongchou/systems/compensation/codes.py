"""Problem codes of cost sharing (C…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

SIZE = ProblemKind(
    "C001",
    Text("应为 {expected} 个数，实有 {found} 个", "{expected} numbers are needed; there are {found}"),
    Text(
        "n 个参与方有 2ⁿ 个联盟（含空联盟），按成员位掩码排列",
        "n members have 2ⁿ coalitions, the empty one included, ordered by bit mask",
    ),
)
MISSING = ProblemKind(
    "C002",
    Text("{what}缺数，缺数不作零", "{what} is missing; missing is not zero"),
    Text("补齐后再算，或先把该联盟从方案中去掉", "fill it in, or leave the member out of the project first"),
)
NEGATIVE = ProblemKind(
    "C003",
    Text("{what}为负", "{what} is negative"),
    Text("费用、受益和能力应不小于零", "costs, benefits and capacities must be zero or more"),
)
NO_BASIS = ProblemKind(
    "C004",
    Text("分摊依据合计为零，无从按比例分摊", "the basis of the shares sums to zero: nothing to be proportional to"),
    Text("换一种分摊方法，或核对依据", "choose another method, or check the basis"),
)
NO_REMAINING_BENEFIT = ProblemKind(
    "C005",
    Text(
        "可分离费用之外还有 {left} 待分，但各方剩余受益合计为零",
        "{left} is left beyond the separable costs, but no member has a remaining benefit",
    ),
    Text("合作没有净收益，应先核对单独建设的费用", "joint work gains nothing: check the stand-alone costs first"),
)
SUBADDITIVE = ProblemKind(
    "C006",
    Text(
        "受益小于单独可分离费用的一方：{who}，该方不应参与",
        "{who} benefits less than the separable cost of serving it, and should not take part",
    ),
    Text("把该方移出方案，或核对其受益", "leave the member out, or check its benefit"),
)
ESTATE = ProblemKind(
    "C007",
    Text(
        "待分数额 {estate} 超过各方要求之和 {claims}", "{estate} is to be divided but the claims sum to {claims} only"
    ),
    Text("塔木德法只用于不够分的情形", "the Talmud rule is for what falls short of the claims"),
)
ZERO_COALITION = ProblemKind(
    "C008",
    Text(
        "有联盟的费用为零，按费用比例的让步无定义",
        "a coalition costs nothing: an excess relative to its cost is undefined",
    ),
    Text("改用弱最小核心（按人数）", "use the weak least core (per member) instead"),
)
TOO_MANY = ProblemKind(
    "C009",
    Text("{n} 个参与方太多，{method}最多 {most} 个", "{n} members are too many: {method} takes {most} at most"),
    Text("把同类的参与方并作一方", "merge members of one kind into one"),
)
UNSOLVED = ProblemKind(
    "C010",
    Text("线性规划未求出解：{reason}", "the linear programme was not solved: {reason}"),
    Text("核对费用的数量级是否相差过大", "check whether the costs differ by too many orders of magnitude"),
)
UNKNOWN_MEMBER = ProblemKind(
    "C011",
    Text(
        "联盟“{coalition}”写错：成员只能是 {players}，不得重复",
        "coalition {coalition!r}: members are {players}, each once",
    ),
    Text("按名单书写，成员之间用加号", "write names of the list joined by +"),
)
MISSING_COALITIONS = ProblemKind(
    "C012",
    Text("缺 {count} 个联盟的费用，如 {example}", "the cost of {count} coalitions is missing, such as {example}"),
    Text("每一个联盟都要有单独建设的费用", "every coalition needs a cost of its own"),
)
NO_IMPUTATION = ProblemKind(
    "C013",
    Text("合建费用 {joint} 高于各自单独建设之和 {alone}", "the joint project costs {joint}, more than {alone} apart"),
    Text(
        "没有使每一方都不吃亏的分法：先核对费用，或改用最小核心",
        "no division leaves every member no worse off: check the costs, or use the least core",
    ),
)
NOT_GIVEN = ProblemKind(
    "C014",
    Text("未给出{what}，本法不算", "{what} not given: this method is withheld"),
    Text("补充后即可并列比较", "give it, and the method joins the comparison"),
)
NOT_AIRPORT = ProblemKind(
    "C015",
    Text(
        "联盟费用不等于其成员单独费用的最大值，不是机场型项目",
        "a coalition's cost is not the largest of its members' own costs: this is no airport project",
    ),
    Text("机场法只用于后来者沿用前段的工程", "the airport rule is for works in which longer needs contain the shorter"),
)
INTERVAL = ProblemKind(
    "C016",
    Text("区间 {low}–{high} 无效", "{low}–{high} is not an interval"),
    Text("下限应小于上限，误差应大于零", "the lower end must be below the upper, and the tolerance above zero"),
)
NOT_CLOSED = ProblemKind(
    "C017",
    Text("分摊合计 {sum} 与项目费用 {total} 不符", "the shares sum to {sum}, the project costs {total}"),
    Text("核对数量与费用函数是否同一项目", "check that quantities and cost function belong to the same project"),
)
