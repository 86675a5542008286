"""What a document can lack or contradict (F…), and what is wrong with a file of the contract (R9…)."""

from __future__ import annotations

from tongchou.kernel.problems import ProblemKind
from tongchou.kernel.text import Text
from tongchou.policy.model import Finding
from tongchou.policy.spans import Span

NO_LEAD = ProblemKind(
    "F001",
    Text("{clause} 有 {count} 个责任单位，未写明谁牵头。", "{clause} names {count} parties and no lead."),
    Text("请明确一个牵头单位；排在首位不等于牵头。", "Name one lead; standing first is not leading."),
    "warning",
)
NO_DATE = ProblemKind(
    "F002",
    Text(
        "{clause} 的 {count} 项承诺中有 {missing} 项没有完成时限。",
        "{clause}: {missing} of {count} commitments have no date.",
    ),
    Text("请逐项补充完成时限，或说明为长期工作。", "Give each a date, or say that it is standing work."),
    "warning",
)
NO_MEASURE = ProblemKind(
    "F003",
    Text(
        "{clause} 的 {count} 项承诺都没有可核对的数量。",
        "None of the {count} commitments of {clause} has a figure to check.",
    ),
    Text("请补充数量、比例或可查验的完成标志。", "Add an amount, a share, or a mark by which completion can be seen."),
    "warning",
)
NO_TARGET_VALUE = ProblemKind(
    "F004",
    Text(
        "{clause} 的 {count} 项目标中有 {missing} 项没有数值。", "{clause}: {missing} of {count} targets have no value."
    ),
    Text("请为每项目标选定指标、基期值和目标值。", "Choose an indicator, a base value and a target value for each."),
    "warning",
)
NO_DUTY = ProblemKind(
    "F005",
    Text("{clause} 有 {count} 项承诺，未写责任单位。", "{clause} makes {count} commitments and names no party."),
    Text("请明确责任单位。", "Name the parties responsible."),
    "warning",
)
UNDEFINED = ProblemKind(
    "F006",
    Text("“{term}”在全文中没有定义或出处。", "“{term}” is neither defined in the document nor given a source."),
    Text("请写明其内容、范围或所依据的文件。", "Say what it covers or which paper defines it."),
    "warning",
)
ADDRESSEE_WITHOUT_DUTY = ProblemKind(
    "F007",
    Text("主送单位 {party} 在各条责任中都没有出现。", "{party} is addressed but has no duty in any clause."),
    Text("请核对是否漏列责任，或无须主送。", "Check whether a duty is missing or the address is not needed."),
    "warning",
)
DUTY_WITHOUT_ADDRESSEE = ProblemKind(
    "F008",
    Text("{party} 负有责任，但不在主送单位之列。", "{party} has a duty but is not among the addressees."),
    Text("请补充主送，或核对单位名称。", "Add it to the addressees, or check its name."),
    "warning",
)
TEXT_AND_DUTY_DISAGREE = ProblemKind(
    "F009",
    Text(
        "{clause} 正文要求 {party} 行动，责任括注未列。",
        "The text of {clause} tells {party} to act; its duty does not name it.",
    ),
    Text("请核对正文与责任分工，补列或说明。", "Compare text and duty; add the party or say why not."),
    "warning",
)
OWNER_MISSING = ProblemKind(
    "F010",
    Text(
        "{clause} 的承诺涉及 {words}，责任单位中没有（建议，待核）。",
        "The commitments of {clause} touch {words}, not among its parties (a suggestion to check).",
    ),
    Text("请核对是否应增列该单位。", "Check whether this party should be added."),
    "warning",
)
NUMBER_SKIPPED = ProblemKind(
    "F011",
    Text(
        "序号“{number}”跳号：前面缺第 {expected} 项。", "Number “{number}” skips: item {expected} is missing before it."
    ),
    Text("请核对是否漏条或误编。", "Check whether an item is missing or misnumbered."),
    "warning",
)
NUMBER_REPEATED = ProblemKind(
    "F012",
    Text(
        "序号“{number}”重复或倒序，此处应为第 {expected} 项。",
        "Number “{number}” repeats or goes back; item {expected} was due here.",
    ),
    Text("请核对编号。", "Check the numbering."),
    "warning",
)
DROPPED_WORD = ProblemKind(
    "F013",
    Text("“{words}”疑似脱字：“以…为…”缺少后面的词。", "“{words}” seems to lack a word: 以…为… without its noun."),
    Text("请查对原件补字；本系统不自行填补。", "Look it up in the original; nothing is filled in here."),
    "warning",
)
UNKNOWN_PARTY = ProblemKind(
    "F014",
    Text("责任单位“{party}”不在地区包的单位名录中。", "“{party}” is not in the region's list of parties."),
    Text("请核对名称，或在 parties.csv 中增列或加别名。", "Check the name, or add it or an alias to parties.csv."),
    "warning",
)
RULE_MISSING = ProblemKind(
    "F015",
    Text("{clause} 设立“{words}”，未写明{missing}。", "{clause} sets up “{words}” and does not state: {missing}."),
    Text("请另行制定办法写明，并注明依据。", "Lay these down in a rule of their own, with its basis."),
    "warning",
)

NOT_A_POLICY = ProblemKind(
    "R901",
    Text("不符合 tongchou.policy/1，应为：{expected}", "not tongchou.policy/1; expected: {expected}"),
    Text("用 tongchou read 文件 -o 名.json 重新生成。", "Make the file again with tongchou read FILE -o NAME.json."),
)


def finding(
    kind: ProblemKind, clause: str | None, span: Span | None, suggestion: tuple[str, ...] = (), **values: object
) -> Finding:
    """Return a finding of this kind; ``values`` fill its message (``clause`` is filled in already)."""
    zh = {k: v.zh if isinstance(v, Text) else v for k, v in values.items()} if "missing" in values else values
    en = {k: v.en if isinstance(v, Text) else v for k, v in values.items()} if "missing" in values else values
    message = Text(kind.message.zh.format(clause=clause or "", **zh), kind.message.en.format(clause=clause or "", **en))
    return Finding(kind.code, clause, span, message, kind.hint, suggestion)
