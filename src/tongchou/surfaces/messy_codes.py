"""What can be wrong inside a table of figures that came back."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

NO_HEAD = ProblemKind(
    "O020",
    Text("找不到表头", "no head of a table was found"),
    Text(
        "保留模板的表头行，或在第一行写 地方、指标、时期、数值",
        "keep the head of the template, or begin with a row of place, indicator, period and value",
    ),
)
COLUMN_NOT_READ = ProblemKind(
    "O021",
    Text("不认识的列“{head}”，没有读", "the column “{head}” is not known and was not read"),
    Text("列名写成指标的名称；不需要的列可以留着", "name it as the indicator is named; a column of your own may stay"),
    "warning",
)
NO_PLACE = ProblemKind(
    "O022",
    Text("这一行没有写是哪个县（市、区）", "the row does not say which place it is of"),
    Text("补上地方名称或代码", "add the name or code of the place"),
)
UNKNOWN_PLACE = ProblemKind(
    "O023",
    Text("“{text}”不在这次要填的地方里", "“{text}” is not a place that is asked for here"),
    Text("写行政区划代码、全名或简称；别的单位的行请删去", "write a code, name or alias; delete rows of other units"),
)
NO_INDICATOR = ProblemKind(
    "O024",
    Text("这一行没有写是哪个指标", "the row does not say which indicator it is of"),
    Text("补上指标名称", "add the title of the indicator"),
)
UNKNOWN_INDICATOR = ProblemKind(
    "O025",
    Text("“{text}”不是这次要填的指标", "“{text}” is not an indicator that is asked for here"),
    Text("照模板写指标名称", "write the title as the template has it"),
)
BAD_PERIOD = ProblemKind(
    "O026",
    Text("时期“{text}”读不懂", "the period “{text}” cannot be read"),
    Text("写成 2025年、2025年三季度、2025年3月 或 2025-03-31", "write 2025, 2025-Q3, 2025-03 or 2025-03-31"),
)
NO_PERIOD = ProblemKind(
    "O027",
    Text("没有写是哪一期", "no period is given"),
    Text("在列名或“时期”列写明年份", "name the year in the head or in a column of periods"),
)
UNIT_DOES_NOT_FIT = ProblemKind(
    "O028",
    Text("单位“{unit}”换算不成“{expected}”", "the unit “{unit}” does not convert to “{expected}”"),
    Text("改成可换算的单位，或改列名", "use a unit that converts, or another head"),
)
NOT_A_FIGURE = ProblemKind(
    "O029",
    Text("“{text}”不是数", "“{text}” is not a number"),
    Text(
        "只写数字；没有发生写 0，没有这项写“不适用”，还不知道就留空",
        "write the number; 0 where there was none, “not applicable” where it does not exist, nothing if unknown",
    ),
)
DASH = ProblemKind(
    "O030",
    Text("“{text}”按未报处理", "“{text}” was taken as not reported"),
    Text("是零就写 0，没有这项就写“不适用”", "write 0 where it is zero, “not applicable” where it does not exist"),
    "warning",
)
BOTH = ProblemKind(
    "O031",
    Text("既有数值又打了“不适用”", "there is a value and “not applicable” is ticked"),
    Text("两样只留一样", "keep one of the two"),
)
UNKNOWN_BASE = ProblemKind(
    "O032",
    Text("没有人口口径“{text}”", "there is no population base “{text}”"),
    Text("照指标页列出的口径写", "write one that the page of the indicator lists"),
)
CELL_TWICE = ProblemKind(
    "O033",
    Text("与 {other} 行是同一格，数值不同", "the same cell as {other}, with another value"),
    Text("留对的一行", "keep the row that is right"),
)
TOTAL_DIFFERS = ProblemKind(
    "O034",
    Text("合计写的是 {stated}，各行相加是 {summed}", "the total says {stated}, the rows add up to {summed}"),
    Text("核对各行和合计；合计只用来核对，不入库", "check the rows and the total, which is only compared, never kept"),
    "warning",
)
