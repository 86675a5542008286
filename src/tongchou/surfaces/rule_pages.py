"""One rule as a page a person reads: whose method, what goes in, what is set by whom, every step, its limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tongchou.kernel.numbers import number
from tongchou.kernel.text import Text
from tongchou.rules.declaration import Column, Declaration, Input, Quantity, Side
from tongchou.rules.keys import label
from tongchou.rules.parameters import Dated, Parameters
from tongchou.rules.rule import Rule


def facts(rule: Rule) -> dict[str, Any]:
    """Return what a program lists of a rule: id, title, system, clauses, kind, per, inputs, parameters, results."""
    declared = rule.declared

    def shown(items: Mapping[str, Quantity]) -> list[dict[str, str]]:
        return [{"name": n, "unit": q.unit, "zh": q.label.zh, "en": q.label.en} for n, q in items.items()]

    return {
        "id": rule.id,
        "title": {"zh": declared.title.zh, "en": declared.title.en},
        "system": declared.system,
        "clauses": list(declared.clauses),
        "kind": "formulas" if rule.algorithm is None else "algorithm",
        "per": list(declared.per),
        "inputs": shown(declared.inputs),
        "parameters": shown(declared.parameters),
        "result": declared.result,
        "also": list(declared.also),
        "file": rule.file,
        "digest": rule.digest,
    }


def page(rule: Rule, parameters: Parameters, language: str = "both") -> str:
    """Return a rule as Markdown in ``zh``, ``en``, or ``both`` (Chinese first)."""

    def say(zh: str, en: str) -> str:
        return {"zh": zh, "en": en}.get(language) or (zh if zh == en else f"{zh} {en}")

    declared = rule.declared
    per = [label(key) for key in declared.per]
    one_row = say(" × ".join(key.zh for key in per), " × ".join(key.en for key in per))
    parts = [
        f"# {say(declared.title.zh, declared.title.en)}",
        "\n".join(
            [
                f"- {say('编号', 'Id')}: `{rule.id}`",
                f"- {say('系统', 'System')}: {declared.system}",
                f"- {say('条款', 'Clauses')}: {'、'.join(declared.clauses)}",
                f"- {say('每行', 'One row for each')}: {one_row}",
                f"- {say('文件', 'File')}: `{rule.file}`",
            ]
        ),
        f"## {say('办法', 'Method')}",
        *_both(Text(declared.method.zh, declared.method.en), language),
        f"{say('来源', 'Source')}: {declared.method.source}",
        f"## {say('数据', 'Inputs')}",
        _inputs(declared.inputs, say),
    ]
    if declared.parameters:
        parts += [f"## {say('参数', 'Parameters')}", _parameters(rule, parameters, say)]
    parts.append(f"## {say('计算', 'Steps')}")
    if declared.compute is not None:
        parts.append(f"{say('由算法', 'By the algorithm')} `{declared.compute}`")
    parts.append(_columns(rule, say))
    if (paid := pays_words(declared)) is not None:
        parts += [f"## {say('钱怎样付', 'How money moves')}", say(paid.zh, paid.en)]
    if declared.caveats:
        parts.append(f"## {say('不能说明的', 'What it cannot decide')}")
        parts.append("\n".join(f"- {say(c.zh, c.en)}" for c in declared.caveats))
    if promised := _promises(rule, say):
        parts += [f"## {say('总是成立的', 'What always holds')}", promised]
    return "\n\n".join(parts) + "\n"


def _both(words: Text, language: str) -> list[str]:
    return [words.in_(language)] if language != "both" else [words.zh, words.en]


def _head(say: Any, *heads: tuple[str, str]) -> str:
    return "| " + " | ".join(say(*head) for head in heads) + " |\n|" + "---|" * len(heads)


def _inputs(inputs: Mapping[str, Input], say: Any) -> str:
    rows = [_head(say, ("名称", "Name"), ("代号", "Id"), ("单位", "Unit"), ("取自", "From"))]
    for name, item in inputs.items():
        where = f"`{item.indicator}`" if item.indicator else ""
        if item.groups is not None:
            where = say("地方的分组", "the place's group")
        if item.lag:
            where += say(f"，{item.lag} 年前", f", {item.lag} years earlier")
        if item.when == "latest":
            where += say("，最近一期", ", the latest")
        extra = "；".join(f"{code} {say(w.zh, w.en)}" for code, w in (item.codes or {}).items())
        note = f"（{say(item.note.zh, item.note.en)}）" if item.note else ""
        shown = say(item.label.zh, item.label.en) + note + (f"<br>{extra}" if extra else "")
        rows.append(f"| {_cell(shown)} | `{name}` | {item.unit} | {where or '—'} |")
    return "\n".join(rows)


def _parameters(rule: Rule, parameters: Parameters, say: Any) -> str:
    heads = (("名称", "Name"), ("代号", "Id"), ("单位", "Unit"), ("取值", "Value"), ("自", "From"), ("依据", "Basis"))
    rows = [_head(say, *heads)]
    for name, item in rule.declared.parameters.items():
        note = f"（{say(item.note.zh, item.note.en)}）" if item.note else ""
        shown = _cell(say(item.label.zh, item.label.en) + note)
        first = f"| {shown} | `${name}` | {item.unit} |"
        held = parameters.values.get(name, ())
        rows += [f"{first} {_value(d)} | {d.start} | {_cell(basis(d, say))} |" for d in held]
        if not held:
            rows.append(f"{first} {say('未定', 'not set')} | | |")
    return "\n".join(rows)


def basis(dated: Dated, say: Any) -> str:
    """Return what a value rests on: its paper and source, and that it is assumed where it is."""
    words = "；".join(part for part in (dated.paper, say(dated.source.zh, dated.source.en)) if part)
    return f"{say('假定', 'assumed')}：{words}" if dated.assumed else words


def _value(dated: Dated) -> str:
    if isinstance(dated.value, Mapping):
        return "<br>".join(f"{code} {number(value)}" for code, value in dated.value.items())
    return number(dated.value)


def _columns(rule: Rule, say: Any) -> str:
    results = [rule.declared.result, *rule.declared.also]
    rows = [_head(say, ("名称", "Name"), ("代号", "Id"), ("单位", "Unit"), ("公式", "Formula"))]
    for name, column in rule.declared.columns.items():
        shown = say(column.label.zh, column.label.en)
        if name in results:
            shown = f"**{shown}**"
        note = f"（{say(column.note.zh, column.note.en)}）" if column.note else ""
        rows.append(f"| {_cell(shown + note)} | `{name}` | {column.unit} | {_formula(column, say)} |")
    return "\n".join(rows)


def _formula(column: Column, say: Any) -> str:
    text = f"`{column.formula}`".replace("|", "\\|") if column.formula else say("由算法给出", "from the algorithm")
    if (closing := column.closes) is not None:
        most = ("不超过", "at most") if closing.at_most else ("等于", "exactly")
        zh = f"；按{closing.unit}轧平，合计{most[0]} `{closing.to}`"
        text += say(zh, f"; settled in {closing.unit}, adding up to {most[1]} `{closing.to}`")
    if column.missing == "leave_out":
        text += say("；缺数的不计入汇总", "; places without a number are left out of sums")
    return text


def pays_words(declared: Declaration) -> Text | None:
    """Return how a rule moves money, in a sentence; ``None`` where it moves none."""
    pays = declared.pays
    if pays is None:
        return None
    column, (payer, payee) = declared.columns[pays.column].label, (side_name(s) for s in (pays.payer, pays.payee))
    kind = KINDS_OF_PAYMENT[pays.kind]
    return Text(
        f"{pays.purpose.zh}（{kind.zh}）：“{column.zh}”由{payer.zh}付给{payee.zh}，负数相反，按分记账。",
        f"{pays.purpose.en} ({kind.en.lower()}): “{column.en}” goes from {payer.en} to {payee.en}, "
        "a negative amount the other way, booked in fen.",
    )


def side_name(side: Side) -> Text:
    """Return what one side of a payment is called in general."""
    if side.fund is not None:
        return side.fund.text()
    return Text("市级", "the city") if side.key is None else label(side.key)


KINDS_OF_PAYMENT = {
    "general": Text("一般性转移支付", "General transfer"),
    "special": Text("专项转移支付", "Special transfer"),
    "other": Text("其他往来", "Other payment"),
}


def _promises(rule: Rule, say: Any) -> str:
    promises, labels = rule.declared.promises, rule.declared.quantities()

    lines = [
        say(f"{labels[c].label.zh}不为负", f"{labels[c].label.en} is never negative") for c in promises.never_negative
    ]
    pairs = ((promises.rises_with, "不减少", "fall"), (promises.falls_with, "不增加", "rise"))
    for promised, zh, en in pairs:
        for column, others in promised.items():
            for other in others:
                a, b = labels[other].label, labels[column].label
                lines.append(say(f"{a.zh}增加，{b.zh}{zh}", f"{b.en} does not {en} when {a.en} rises"))
    if promises.scales_with_money:
        lines.append(say("金额全部同比变动时，结果同比变动", "the result scales with all amounts of money"))
    return "\n".join(f"- {line}" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
