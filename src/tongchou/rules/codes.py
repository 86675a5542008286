"""Problem codes of rules (U…)."""

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
UNKNOWN_UNIT = ProblemKind(
    "U007",
    Text(
        "不认识的单位“{unit}”，或带零点的单位（如摄氏度）", "unknown unit {unit!r}, or one with an offset (such as ℃)"
    ),
    Text("例如 万元、人、元/人、%、1", "for example 万元, 人, 元/人, %, 1"),
)
REPEATED_NAME = ProblemKind(
    "U008",
    Text("“{name}”已另有所指", "{name!r} already names something else"),
    Text("数据、参数和列各用各的名字", "give inputs, parameters and columns names of their own"),
)
UNUSED = ProblemKind(
    "U009",
    Text("“{name}”声明了却没有用到", "{name!r} is declared and never used"),
    Text("用上它，或者删去", "use it or remove it"),
)
UNDEFINED = ProblemKind(
    "U010",
    Text("公式用了没有声明的“{name}”", "the formula uses {name!r}, which is not declared"),
    Text("参数写成 $名字；可用的有：{known}", "parameters are written $name; known names: {known}"),
)
CYCLE = ProblemKind(
    "U011",
    Text("几列互相引用，无从算起：{names}", "columns refer to each other in a circle: {names}"),
    Text("断开其中一处", "break the circle somewhere"),
)
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
BAD_CLOSING = ProblemKind(
    "U015",
    Text("closes 须写参数（$名字）、分数单位，at_most 与 exactly 二选一：{reason}", "closes is not complete: {reason}"),
    Text("例如 {example}", "for example {example}"),
)
BAD_SENTENCE = ProblemKind(
    "U016",
    Text("句子里的“{name}”没有声明", "the sentence uses {name!r}, which is not declared"),
    Text("可用 place、period 和各列、数据的名字", "use place, period, or the name of a column or an input"),
)
NOT_IN_FORCE = ProblemKind(
    "U020",
    Text(
        "参数“{name}”在 {day} 尚无规定，自 {first} 起才有",
        "parameter {name!r} has no value on {day}; the first is from {first}",
    ),
    Text("换一个时期，或补上当时的规定及出处", "choose a later period, or add the value then in force with its paper"),
)
NO_VALUE = ProblemKind(
    "U021",
    Text("参数“{name}”没有取值", "parameter {name!r} has no value"),
    Text(
        "写进参数文件并注明出处；没有依据的写 assumed: true",
        "write it in a parameter file with its paper, or assumed: true",
    ),
)
NO_PAPER = ProblemKind(
    "U022",
    Text("参数“{name}”自 {first} 起的取值没有文号", "the value of {name!r} from {first} names no paper"),
    Text("写 paper；没有依据的写 assumed: true", "write its paper, or assumed: true where there is none"),
)
UNKNOWN_PARAMETER = ProblemKind(
    "U023",
    Text("规则没有参数“{name}”", "the rule has no parameter {name!r}"),
    Text("规则的参数有：{known}", "its parameters are: {known}"),
)
SAME_DAY = ProblemKind(
    "U024",
    Text("参数“{name}”在 {first} 有两个取值", "parameter {name!r} has two values from {first}"),
    Text("留一个", "keep one"),
)
REPEATED_ROW = ProblemKind(
    "U030",
    Text("{place} {period} 有两行", "{place} {period} has two rows"),
    Text("每个单位每个时期一行", "one row for each place and period"),
)
NO_INPUT = ProblemKind(
    "U031",
    Text("没有给出数据“{name}”", "input {name!r} is not given"),
    Text("给出一列，缺的数留空", "give a column of it, empty where it is missing"),
)
SHAPE = ProblemKind(
    "U032",
    Text("“{name}”有 {found} 个数，应为 {expected} 个", "{name!r} has {found} values; {expected} are needed"),
    Text("每行一个数", "one value for each row"),
)
MISSING = ProblemKind(
    "U040",
    Text(
        "缺数：{what}（{place}，{period}），依赖它的结果不作计算",
        "{what} is missing for {place}, {period}; what needs it is not computed",
    ),
    Text(
        "补报，或在公式里用 coalesce 写明缺数怎么办",
        "report it, or say in the formula with coalesce what to do without it",
    ),
    "warning",
)
WRONG_BASE = ProblemKind(
    "U041",
    Text(
        "{what}（{place}，{period}）只有口径 {held} 的数，规则要口径 {asked}",
        "{what} of {place}, {period} is held on base {held}; the rule asks for {asked}",
    ),
    Text("补同口径的数；口径不混用", "add a figure on that base; bases are never mixed"),
    "warning",
)
UNDEFINED_RESULT = ProblemKind(
    "U042",
    Text(
        "{what}（{place}，{period}）无定义：除以零，或对数、根号、幂超出范围",
        "{what} of {place}, {period} is undefined: division by zero, or a logarithm, root or power out of range",
    ),
    Text("核对数据，或用 case 写明此时怎么办", "check the figures, or say with case what to do then"),
    "warning",
)
DOES_NOT_CLOSE = ProblemKind(
    "U043",
    Text(
        "{what}在 {period} 合计 {sum}，与总额 {pool} 不符",
        "{what} sums to {sum} in {period}, which does not fit the pool of {pool}",
    ),
    Text("核对公式与总额", "check the formula and the pool"),
)
NOT_A_RUN = ProblemKind(
    "U050",
    Text("不是可识别的计算记录：{found}，应为 {expected}", "not a run that can be read: {found}; expected {expected}"),
    Text("用 tongchou 写出的记录文件", "give a record that tongchou wrote"),
)
ALTERED = ProblemKind(
    "U051",
    Text(
        "计算记录与其校验值 {found} 不符，写出后被改动过",
        "the run does not match its hash {found}: it was altered after it was written",
    ),
    Text("取原始的记录文件", "use the record as it was written"),
)
