"""Problem codes of formulas (U012 to U014)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

SYNTAX = ProblemKind(
    "U012",
    Text("公式读不懂：{reason}", "the formula cannot be read: {reason}"),
    Text("检查括号和运算符", "check brackets and operators"),
)
NOT_ALLOWED = ProblemKind(
    "U013",
    Text("公式里不能用 {what}", "{what} cannot be used in a formula"),
    Text("改法：{way}", "instead: {way}"),
)
DIMENSIONS = ProblemKind(
    "U014",
    Text("单位不合：{part} 是 {found}，应为 {expected}", "units do not fit: {part} is in {found}; expected {expected}"),
    Text("改公式，或改所声明的单位", "change the formula or the declared unit"),
)
