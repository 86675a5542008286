"""What filters and findings are called on a page."""

from __future__ import annotations

from tongchou.kernel.text import Text

TIMINGS = {
    "dated": Text("写明日期", "Dated"),
    "paced": Text("只写快慢", "Pace only"),
    "undated": Text("没有时限", "No time at all"),
}
FINDING_TITLES = {
    "F001": Text("没有牵头单位", "No lead"),
    "F002": Text("没有完成时限", "No date"),
    "F003": Text("没有可核对的数量", "No measure"),
    "F004": Text("目标没有数值", "Target without a value"),
    "F005": Text("没有责任单位", "No party"),
    "F006": Text("用语没有定义", "Undefined term"),
    "F007": Text("主送单位没有责任", "Addressee without a duty"),
    "F008": Text("责任单位未列主送", "Duty without an addressee"),
    "F009": Text("正文与责任分工不一致", "Text and duty disagree"),
    "F010": Text("可能漏列主管单位（建议）", "Likely owner missing (suggestion)"),
    "F011": Text("序号跳号", "Number skipped"),
    "F012": Text("序号重复", "Number repeated"),
    "F013": Text("疑似脱字", "Words dropped"),
    "F014": Text("名录中没有的单位", "Party not in the list"),
    "F015": Text("制度缺少办法", "System without a rule"),
}
