"""Problem codes of goals, gaps and inequality (I…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

MISSING = ProblemKind(
    "I001",
    Text("{what}缺 {count} 个数，缺数不作零", "{what} has {count} numbers missing; missing is not zero"),
    Text("补齐，或先把缺数的单位去掉并说明", "fill them in, or leave those units out first and say so"),
)
NEGATIVE = ProblemKind(
    "I002",
    Text("{what}有负数，本指标无定义", "{what} has negative numbers: the measure is undefined"),
    Text("收入、产值和人口应不小于零", "incomes, output and population must be zero or more"),
)
ZERO_TOTAL = ProblemKind(
    "I003",
    Text("{what}合计为零，无从比较", "{what} sums to zero: there is nothing to compare"),
    Text("核对数据", "check the figures"),
)
ZERO_LOG = ProblemKind(
    "I004",
    Text("{what}有零，含对数的{measure}无定义", "{what} has zeros: {measure} takes logarithms and is undefined"),
    Text("改用泰尔T、基尼或胡佛指数", "use Theil T, Gini or Hoover instead"),
)
SHAPE = ProblemKind(
    "I005",
    Text("{what}应为 {expected} 个，实有 {found} 个", "{what} needs {expected} numbers and has {found}"),
    Text("各组数据须为同一批单位、同一顺序", "all inputs must be for the same units in the same order"),
)
TOO_FEW = ProblemKind(
    "I006",
    Text("{what}只有 {found} 个，至少要 {least} 个", "{what}: {found} only; at least {least} are needed"),
    Text("单位太少，不作推断", "too few units for this statement"),
)
OUT_OF_RANGE = ProblemKind(
    "I007",
    Text("{what}应在 {low} 与 {high} 之间，实为 {found}", "{what} must lie between {low} and {high}; it is {found}"),
    Text("先标准化，或核对参数", "normalise first, or check the parameter"),
)
NO_POWER = ProblemKind(
    "I008",
    Text(
        "全部排列只有 {count} 种，p 值不可能小于 {floor:.4g}，不作推断",
        "there are {count} arrangements only; p cannot be below {floor:.4g}, so no inference is made",
    ),
    Text("只描述数值，不说“显著”", "describe the number; do not call it significant"),
)
PERMUTATIONS = ProblemKind(
    "I009",
    Text("置换次数应不小于 1，实为 {found}", "at least one permutation is needed, not {found}"),
    Text("常用 999 或 9999", "999 and 9999 are usual"),
)
SPEED = ProblemKind(
    "I010",
    Text("β×T={product:.4g}≤−1，收敛速度无定义", "β×T = {product:.4g} ≤ −1: the speed of convergence is undefined"),
    Text("期内差距已反转，只报告 β", "the gap reversed within the period: report β alone"),
)
TWICE = ProblemKind(
    "I011",
    Text("目标编号 {id} 出现不止一次", "the target id {id} is used more than once"),
    Text("每项目标用一个编号", "give every target an id of its own"),
)
