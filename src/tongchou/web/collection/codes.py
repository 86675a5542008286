"""Why a round, an answer or a ruling is refused."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

HELD_ALREADY = ProblemKind(
    "W220",
    Text(
        "{place}{period}的{indicator}已有：{value}（{source}）",
        "{indicator} of {place} for {period} is held already: {value} ({source})",
    ),
    Text(
        "不必再填，直接使用已有数据；认为有误的，在单元格历史提交更正",
        "use it; where it is wrong, submit a correction of the cell",
    ),
)
ASKED_ALREADY = ProblemKind(
    "W221",
    Text(
        "{place}{period}的{indicator}已在“{round}”中填报",
        "{indicator} of {place} for {period} is asked for in “{round}”",
    ),
    Text("等那一轮结束后取用，或从这里删去", "use its outcome, or leave it out here"),
)
FIELD_NEEDED = ProblemKind(
    "W222",
    Text("“{field}”没有填", "“{field}” is empty"),
    Text(
        "每项填报都要写明为哪一条、谁使用、依据什么、多久一次、每格几分钟",
        "every round says for which clause, for whom, on what basis, how often, at what cost",
    ),
)
NOTHING_ASKED = ProblemKind(
    "W223",
    Text("没有选{what}", "no {what} is chosen"),
    Text("至少选一个", "choose at least one"),
)
BAD_MINUTES = ProblemKind(
    "W224",
    Text("“{text}”不是分钟数", "“{text}” is no number of minutes"),
    Text("写大于零的数，如 3 或 0.5", "write a number above zero, such as 3 or 0.5"),
)
BAD_DATE = ProblemKind(
    "W225",
    Text("截止日期读不懂，或已经过去", "the due date cannot be read, or has passed"),
    Text("写成 2026-12-31", "write it as 2026-12-31"),
)
OVER_CAP = ProblemKind(
    "W226",
    Text(
        "开启后 {month} 全市填报 {minutes} 分钟，超过上限 {cap} 分钟",
        "with it the city would spend {minutes} minutes in {month}, above the cap of {cap}",
    ),
    Text(
        "减少指标、地方或频次；确需突破的，写明理由，理由公开", "ask for less; or give a reason, which everybody sees"
    ),
)
WRONG_STATE = ProblemKind(
    "W227",
    Text("现在不能这样做：{state}", "it cannot be done now: {state}"),
    Text("刷新页面，看看别人刚做了什么", "reload the page to see what somebody else has just done"),
)
CHANGED_MEANWHILE = ProblemKind(
    "W228",
    Text(
        "{who} 刚改过这一格，现值“{text}”；你填的是“{typed}”",
        "{who} has just changed this cell to “{text}”; you wrote “{typed}”",
    ),
    Text("看清后再保存一次，就以你填的为准", "save once more and yours will stand"),
)
NOT_A_FIGURE = ProblemKind(
    "W229",
    Text("“{text}”不是数", "“{text}” is not a number"),
    Text(
        "只写数字；没有发生写 0，没有这项勾“不适用”，还不知道就留空",
        "write the number; 0 where there was none, tick “not applicable” where it does not exist",
    ),
)
BOTH_GIVEN = ProblemKind(
    "W230",
    Text("既填了数又勾了“不适用”", "there is a value and “not applicable” is ticked"),
    Text("两样只留一样", "keep one of the two"),
)
SOURCE_NEEDED = ProblemKind(
    "W231",
    Text("没有写来源", "no source is given"),
    Text("写明出自哪份报表、台账或文件", "name the report, ledger or document"),
)
EXPLANATION_NEEDED = ProblemKind(
    "W232",
    Text("{doubt}，没有说明原因", "{doubt}, and it is not explained"),
    Text("核对；属实的在“说明”里写明原因", "check it; where it is right, explain"),
)
NOT_REPORTED = ProblemKind(
    "W233",
    Text("还没有填", "not filled in yet"),
    Text(
        "填数，或勾“不适用”；确实报不了的写说明",
        "give a value or tick “not applicable”; where it cannot be reported, explain",
    ),
)
REASON_NEEDED = ProblemKind(
    "W234",
    Text("没有写理由", "no reason is given"),
    Text("写明理由，对方和以后的人都看得到", "give the reason; the other side and those after will read it"),
)
SAME_PERSON = ProblemKind(
    "W235",
    Text("填报人不能审核自己的填报", "whoever submitted an answer cannot review it"),
    Text("请本单位另一位审核", "ask a colleague to review it"),
)
UNKNOWN_INDICATOR = ProblemKind(
    "W236", Text("没有指标“{text}”", "there is no indicator “{text}”"), Text("从列表中选", "choose one of the list")
)
BAD_PERIOD = ProblemKind(
    "W237",
    Text("时期“{text}”读不懂", "the period “{text}” cannot be read"),
    Text("写成 2025、2025-Q3、2025-03，几期用逗号隔开", "write 2025, 2025-Q3 or 2025-03, several with commas"),
)
NOT_THIS_UNITS = ProblemKind(
    "W238",
    Text("{place}不由本单位填报", "{place} is not for this unit to fill in"),
    Text("删去这些行", "delete these rows"),
)
BASE_NEEDED = ProblemKind(
    "W240",
    Text("“{indicator}”须写明人口口径", "“{indicator}” needs a population base"),
    Text("在“人口口径”中选一个", "choose one under population base"),
)
NO_ORGANISATION = ProblemKind(
    "W239",
    Text("{place}没有选由哪个单位填", "nobody is chosen to answer for {place}"),
    Text("每个地方选一个单位", "choose a unit for each place"),
)
