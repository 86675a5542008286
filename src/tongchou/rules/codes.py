"""Problem codes of rules (U…)."""

from tongchou.kernel.declaring_codes import BAD_FIELD as BAD_FIELD
from tongchou.kernel.declaring_codes import MISSING_KEY as MISSING_KEY
from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

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
UNKNOWN_KEYS = ProblemKind(
    "U017",
    Text(
        "“{name}”所按的项不是本规则的：可用 {known}",
        "{name!r} goes by something that is not this rule's: it has {known}",
    ),
    Text(
        "per 只写规则自己的键并以时期结尾，by 只写键或带 codes 的数据",
        "per takes the rule's keys and ends in its period; by takes a key or an input with codes",
    ),
)
COUNTED_TWICE = ProblemKind(
    "U018",
    Text("{part} 会把同一个数按 {lacking} 重复计算", "{part} counts the same number once for every {lacking}"),
    Text("改法：{way}", "instead: {way}"),
)
NOT_ALIKE = ProblemKind(
    "U019",
    Text(
        "“{name}”声明的 per 里没有 {lacking}，而它随 {lacking} 而不同",
        "{name!r} differs by {lacking}, which its per leaves out",
    ),
    Text("补进 per，或在公式里按 per 汇总", "add it to per, or aggregate over it in the formula"),
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
NO_ALGORITHM = ProblemKind(
    "U025",
    Text("找不到算法 {name}：{reason}", "the algorithm {name} cannot be used: {reason}"),
    Text("写 tongchou.systems 里的函数，如 {example}", "name a function under tongchou.systems, such as {example}"),
)
ARGUMENTS = ProblemKind(
    "U026",
    Text(
        "算法 {name} 的参数与声明不符：多 {extra}，缺 {lacking}",
        "the arguments of {name} are not the declared names: extra {extra}; lacking {lacking}",
    ),
    Text(
        "参数名须与 inputs、parameters 一致，另可用行的键和 note",
        "arguments equal the names of inputs and parameters; row keys and note may be added",
    ),
)
RETURNED = ProblemKind(
    "U027",
    Text("算法 {name} 的返回值不合：{reason}", "what {name} returned does not fit: {reason}"),
    Text("返回 列名 → 每行一个数", "return column → one number for each row"),
)
NOT_IN_CODES = ProblemKind(
    "U028",
    Text(
        "{place} {period} 的“{name}”是 {value}，不在 {known} 之中",
        "{name!r} of {place}, {period} is {value}, which is none of {known}",
    ),
    Text("改正数据，或在 codes 里补上", "correct the figure or add the code"),
)
OUT_OF_BOUNDS = ProblemKind(
    "U029",
    Text(
        "{place} 的“{name}”是 {value}，应在 {bounds} 之间",
        "{name!r} of {place} is {value}; it must lie within {bounds}",
    ),
    Text("核对数值与单位", "check the value and its unit"),
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
NOT_CONSTANT = ProblemKind(
    "U033",
    Text(
        "“{name}”在 {place} {period} 有不同的数，按声明应当相同",
        "{name!r} has different numbers for {place}, {period}, where it is declared to be one",
    ),
    Text("统一数值，或改声明的 per", "give one number, or change the declared per"),
)
NO_PARAMETER_CODE = ProblemKind(
    "U034",
    Text("参数“{name}”没有 {value} 的取值", "parameter {name!r} has no value for {value}"),
    Text("在参数文件里补上；有的是 {known}", "add it to the parameter file; it has {known}"),
)
KEY_PARTS = ProblemKind(
    "U035",
    Text("“{place}”应由 {expected} 几段以“|”连成", "{place!r} must be made of {expected}, joined by |"),
    Text("例如 {example}", "for example {example}"),
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
WITHHELD = ProblemKind(
    "U044",
    Text("{period} 不给结果：{why}", "no result for {period}: {why}"),
    Text("见规则的说明", "see the notes of the rule"),
    "warning",
)
NOTHING_COMPUTED = ProblemKind(
    "U045",
    Text("{what}（{place}，{period}）：算法没有给出数", "{what} of {place}, {period}: the method gives no number"),
    Text("见规则的说明", "see the notes of the rule"),
    "warning",
)
NOT_APPLICABLE = ProblemKind(
    "U046",
    Text("{what}（{place}，{period}）不适用", "{what} does not apply to {place}, {period}"),
    Text("依赖它的结果不作计算", "what needs it is not computed"),
    "warning",
)
SEVERAL_BASES = ProblemKind(
    "U047",
    Text("{names} 有几个人口口径的数，不能混用：{known}", "{names} are held on several population bases: {known}"),
    Text("用 --base 选定一个口径", "choose one with --base"),
)
UNKNOWN_BASE = ProblemKind(
    "U048",
    Text("没有口径“{base}”", "there is no population base {base!r}"),
    Text("可选：{known}", "use one of: {known}"),
)
NO_ROWS = ProblemKind(
    "U049",
    Text(
        "{period} 没有可算的行；地区包有数的时期：{held}",
        "nothing to compute for {period}; there are figures for: {held}",
    ),
    Text("换一个时期，或用 --data 给出数据", "choose another period, or give figures with --data"),
)
HEADER = ProblemKind(
    "U052",
    Text("表头不合：{found}；应有 {expected}", "the header is {found}; expected {expected}"),
    Text("照 docs/rules.md 写表头", "write the header as docs/rules.md says"),
)
UNKNOWN_INPUT = ProblemKind(
    "U053",
    Text("规则没有数据“{name}”", "the rule has no input {name!r}"),
    Text("可用：{known}", "use one of: {known}"),
)
KEYS_OF_INPUT = ProblemKind(
    "U054",
    Text("“{name}”只按 {keys} 给出，其余键留空", "{name!r} goes by {keys}; leave the other keys empty"),
    Text("照规则声明的 per 填写", "fill in the keys that the rule's per names"),
)
NO_SUCH_RULE = ProblemKind(
    "U055",
    Text("没有规则“{id}”", "there is no rule {id!r}"),
    Text("相近的有：{near}；全部见 tongchou rules list", "near ones: {near}; all: tongchou rules list"),
)
NOT_A_SETTING = ProblemKind(
    "U056",
    Text("看不懂“{text}”", "{text!r} cannot be read"),
    Text("写成 参数=数，如 {example}", "write parameter=number, such as {example}"),
)
CASE_DIFFERS = ProblemKind(
    "U057",
    Text(
        "算例里 {place} 的“{column}”写 {expected}，算得 {found}",
        "the case has {expected} for {column!r} of {place}; the rule gives {found}",
    ),
    Text("核对手算与公式，改错的一方", "check the sum done by hand and the formula, and mend the one that is wrong"),
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
NOT_COMPARABLE = ProblemKind(
    "U060",
    Text("两次计算不能比较：{reason}", "the two runs cannot be compared: {reason}"),
    Text(
        "比较同一规则的两次计算，或数据相同、结果单位相同的两条规则",
        "compare two runs of one rule, or of rules that share inputs and the unit of the result",
    ),
)
NO_PERIOD = ProblemKind(
    "U061",
    Text(
        "计算记录里没有可比的时期 {period}；有的是 {known}", "the run has no period {period} to compare; it has {known}"
    ),
    Text("给出另一次计算，或写明时期", "give a second run, or name a period that is there"),
)
NO_SUCH_SETTING = ProblemKind(
    "U062",
    Text("设想里的“{name}”无处可改", "the what-if changes {name!r}, which is not there"),
    Text(
        "参数写 $名字，数据写名字和单位代码；可用的有 {known}", "write $parameter, or an input and its place: {known}"
    ),
)
BAD_SETTING = ProblemKind(
    "U063",
    Text("“{name}”的设想值不合：{reason}", "the values to try for {name!r} do not fit: {reason}"),
    Text("给出有限的数，列表方式时各项个数相同", "give finite numbers, as many of each where they go together"),
)
TOO_MANY_SCENARIOS = ProblemKind(
    "U064",
    Text("设想组合 {found} 个，最多 {most} 个", "{found} combinations to try; the most is {most}"),
    Text("减少取值，或分几次算", "try fewer values, or in several runs"),
)
BAD_PAYS = ProblemKind(
    "U065",
    Text("pays 不能说明钱怎样付：{reason}", "pays does not say how money moves: {reason}"),
    Text(
        "写明金额列（按分轧平或取整到分）、付方和收方，例如 {example}",
        "name the column of money, settled or rounded to the fen, payer and payee, for example {example}",
    ),
)
NO_AMOUNT = ProblemKind(
    "U066",
    Text("{what}没有算出，不能据以付款", "there is no {what}, so nothing can be paid"),
    Text("补齐缺的数据再算", "supply what is missing and compute again"),
)
NOT_WHOLE_FEN = ProblemKind(
    "U067",
    Text("金额 {value} 不是整分", "the amount {value} is not in whole fen"),
    Text("规则的金额列用 closes 轧平或 round 取整到分", "settle the column with closes, or round it to the fen"),
)
