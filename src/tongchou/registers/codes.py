"""Problem codes of registers (D…)."""

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

UNKNOWN_NAME = ProblemKind(
    "D001",
    Text("“{name}”没有声明", "{name!r} is not declared"),
    Text("可用的有：{known}", "known names: {known}"),
)
UNFIT = ProblemKind(
    "D002",
    Text("“{name}”不合用：{reason}", "{name!r} does not fit: {reason}"),
    Text("对照 docs/registers.md 改正", "correct it; docs/registers.md says what fits"),
)
TAKEN_NAME = ProblemKind(
    "D003",
    Text("“{name}”已另有所指", "{name!r} already names something else"),
    Text("换一个名字", "choose another name"),
)
UNREACHABLE = ProblemKind(
    "D004",
    Text("状态“{name}”没有走法可到", "no move leads to the state {name!r}"),
    Text("加一个走法，或删去这个状态", "add a move, or remove the state"),
)
CYCLE = ProblemKind(
    "D005",
    Text("推算字段互相引用：{names}", "derived fields refer to each other in a circle: {names}"),
    Text("断开其中一处", "break the circle somewhere"),
)
NO_SUCH_REGISTER = ProblemKind(
    "D006",
    Text("没有登记簿“{id}”", "there is no register {id!r}"),
    Text("相近的有：{near}", "near ones: {near}"),
)

REQUIRED = ProblemKind(
    "D020",
    Text("“{label}”必填", "{label} is required"),
    Text("填写“{label}”；没有这个数时写“不适用”", "fill in {label}; write 不适用 where there is no such number"),
)
NOT_A_NUMBER = ProblemKind(
    "D021",
    Text("“{label}”填的“{value}”不是数", "{label}: {value!r} is not a number"),
    Text("只写数字，单位是 {unit}", "write digits; the unit is {unit}"),
)
OUT_OF_RANGE = ProblemKind(
    "D022",
    Text("“{label}”填的 {value} 超出 {low} 到 {high}", "{label}: {value} is outside {low} to {high}"),
    Text("核对数值和单位", "check the value and the unit"),
)
NOT_A_CHOICE = ProblemKind(
    "D023",
    Text("“{label}”没有“{value}”这一项", "{label} has no choice {value!r}"),
    Text("可选：{choices}", "choose one of: {choices}"),
)
NOT_A_DATE = ProblemKind(
    "D024",
    Text("“{label}”填的“{value}”不是{form}", "{label}: {value!r} is not {form}"),
    Text("例如 {example}", "for example {example}"),
)
UNKNOWN_REFERENCE = ProblemKind(
    "D025",
    Text("“{label}”填的“{value}”查不到", "{label}: {value!r} is not known"),
    Text("写全称、简称或代码，须是已登记的", "write the name, a short name or the code of one that is listed"),
)
NOT_ASKED = ProblemKind(
    "D026",
    Text("“{label}”只在 {when} 时填写", "{label} is asked only when {when}"),
    Text("清空“{label}”，或改正前面的选项", "leave {label} empty, or correct the choice before it"),
)
BAD_TEXT = ProblemKind(
    "D027",
    Text("“{label}”{reason}", "{label}: {reason}"),
    Text("改短，或按规定的写法填", "shorten it, or write it in the form asked"),
)
UNKNOWN_FIELD = ProblemKind(
    "D028",
    Text("没有字段“{name}”", "there is no field {name!r}"),
    Text("字段有：{known}", "fields: {known}"),
)
DERIVED = ProblemKind(
    "D029",
    Text("“{label}”由公式推算，不能填写", "{label} is derived and cannot be filled in"),
    Text("改它所依据的字段", "change the fields it is derived from"),
)
BAD_GEOMETRY = ProblemKind(
    "D030",
    Text("位置不合格式：{reason}", "the geometry is not well formed: {reason}"),
    Text("写 GeoJSON（经度在前），或“经度,纬度”", "write GeoJSON, longitude first, or 'longitude,latitude'"),
)
WHOLE_NUMBER = ProblemKind(
    "D031",
    Text("“{label}”填的 {value} 不是整数", "{label}: {value} is not a whole number"),
    Text("只写整数", "write a whole number"),
)
WRONG_UNIT = ProblemKind(
    "D032",
    Text("“{label}”填的“{value}”带着别的单位", "{label}: {value!r} has a unit of another kind"),
    Text("单位应是 {unit}", "the unit should be {unit}"),
)
REPEATED = ProblemKind(
    "D033",
    Text("与第 {line} 行是同一条：{key}", "the same row as line {line}: {key}"),
    Text("同一编号只留一行", "keep one row for each key"),
)
NO_COLUMNS = ProblemKind(
    "D034",
    Text("没有找到列名", "no row of column names was found"),
    Text(
        "用本登记簿的模板填写；表头要有主键各列", "use this register's template; the head needs the columns of the key"
    ),
)
TOO_MANY_ROWS = ProblemKind(
    "D035",
    Text("超过 {most} 行", "more than {most} rows"),
    Text("分成几个文件导入", "import it in several files"),
)
NO_SUCH_ROW = ProblemKind(
    "D036",
    Text("没有主键为“{key}”的条目", "there is no row {key!r}"),
    Text("先在“登记”表里登记这一条", "list it in the first sheet first"),
)

NO_SUCH_MOVE = ProblemKind(
    "D040",
    Text("现为“{state}”，不能“{move}”", "it is {state}: {move} is not possible"),
    Text("现在可以：{known}", "possible now: {known}"),
)
NOT_YOUR_MOVE = ProblemKind(
    "D041",
    Text("“{move}”由{who}办理", "{move} is made by {who}"),
    Text("请他们办理", "ask them to make it"),
)
NO_EVIDENCE = ProblemKind(
    "D042",
    Text("“{move}”要附证据：{what}", "{move} needs evidence: {what}"),
    Text("上传文件或写明依据", "attach a file, or say what shows it"),
)
NO_REASON = ProblemKind(
    "D043",
    Text("“{move}”要写明原因", "{move} needs a reason"),
    Text("写一句话说明为什么", "say why in a sentence"),
)
FIELDS_FIRST = ProblemKind(
    "D044",
    Text("“{move}”之前要先填：{labels}", "before {move}, fill in: {labels}"),
    Text("先补填这些字段", "fill in these fields first"),
)

CASE_DIFFERS = ProblemKind(
    "D050",
    Text("{what}：手算 {expected}，程序得 {found}", "{what}: by hand {expected}, computed {found}"),
    Text("改声明，或改手算", "correct the declaration or the case"),
)
