"""Why a figure that comes in is refused, or doubted and to be explained."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text

_EXPLAIN = Text(
    "核对原始记录；数据属实的，在“说明”中写明原因", "check the records; where it is right, say why in the explanation"
)
NOT_WHOLE = ProblemKind(
    "G080",
    Text("计数应为整数，填的是 {value}", "a count is a whole number; this is {value}"),
    Text("核对单位是否为“{unit}”，或是否误填成万", "check that the unit is “{unit}”, and not ten thousands"),
)
NEGATIVE = ProblemKind(
    "G081",
    Text("不能是负数：{value}", "it cannot be negative: {value}"),
    Text("核对正负号", "check the sign"),
)
SHARE_OVER = ProblemKind(
    "G082",
    Text("占比不能超过 100%，填的是 {value}%", "a share cannot exceed 100%; this is {value}%"),
    Text("核对分子、分母是否同一口径", "check that both parts are of the same definition"),
)
JUMP = ProblemKind(
    "G083",
    Text(
        "比上年（{before}）变动 {change}%，超过 {limit}%",
        "it changed by {change}% against last year ({before}), above {limit}%",
    ),
    _EXPLAIN,
    "warning",
)
OUT_OF_RANGE = ProblemKind(
    "G084",
    Text("远离本地以往的 {low} 至 {high}", "far outside this place's own {low} to {high}"),
    _EXPLAIN,
    "warning",
)
OUTLIER = ProblemKind(
    "G085",
    Text(
        "与其他单位相差悬殊：中位数 {median}，填的是 {value}",
        "far from the other units: their median is {median}, this is {value}",
    ),
    _EXPLAIN,
    "warning",
)
PARTS_DIFFER = ProblemKind(
    "G086",
    Text("各分项之和 {parts} 与总数 {value} 不等", "the parts add up to {parts}, not to {value}"),
    _EXPLAIN,
    "warning",
)
TOTAL_DIFFERS = ProblemKind(
    "G087",
    Text(
        "各县（市、区）之和 {units} 与全市 {city} 相差 {share}%",
        "the units add up to {units}, the city says {city}: {share}% apart",
    ),
    _EXPLAIN,
    "warning",
)
