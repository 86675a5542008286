"""Problem codes of files that declare something (U001 to U006): rules, registers, parameters, worked cases."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NOT_YAML = ProblemKind(
    "U001",
    Text("不是可读的 YAML：{reason}", "this is not YAML that can be read: {reason}"),
    Text("检查缩进、引号和冒号", "check indentation, quotes and colons"),
)
REPEATED_KEY = ProblemKind(
    "U002",
    Text("键“{key}”写了两次", "the key {key!r} is written twice"),
    Text("留一个", "keep one of them"),
)
NO_ALIAS = ProblemKind(
    "U003",
    Text("规则文件不用锚点和别名", "anchors and aliases are not used in a rule file"),
    Text("把内容写出来", "write the content out"),
)
BAD_FIELD = ProblemKind(
    "U004",
    Text("{field} 不合格式：{reason}", "{field} is not well formed: {reason}"),
    Text("见 docs/rules.md", "see docs/rules.md"),
)
UNKNOWN_KEY = ProblemKind(
    "U005",
    Text("不认识的键“{key}”", "unknown key {key!r}"),
    Text("删去，或改成 docs/rules.md 所列的键", "remove it, or use a key that docs/rules.md lists"),
)
MISSING_KEY = ProblemKind(
    "U006",
    Text("缺“{key}”", "{key!r} is missing"),
    Text("补上；单位、名称和条款都不能省", "add it; units, labels and clauses cannot be left out"),
)
