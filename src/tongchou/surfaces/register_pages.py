"""One register as a page a person reads: who writes, what a row holds, its states and moves, what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tongchou.kernel.declared import Words
from tongchou.kernel.numbers import number
from tongchou.kernel.text import Text
from tongchou.registers.declaration import RegisterField
from tongchou.registers.moving import ROLES
from tongchou.registers.register import Register

Say = Callable[[str, str], str]

KINDS = {
    "text": Text("文字", "text"),
    "long_text": Text("长文字", "long text"),
    "number": Text("数", "number"),
    "integer": Text("整数", "whole number"),
    "money": Text("金额", "money"),
    "percentage": Text("百分比", "percentage"),
    "date": Text("日期", "day"),
    "partial_date": Text("日期（可只到月或年）", "day, month or year"),
    "month": Text("月份", "month"),
    "year": Text("年份", "year"),
    "choice": Text("选项", "choice"),
    "flag": Text("是否", "yes or no"),
    "place": Text("地方", "place"),
    "party": Text("单位", "party"),
    "clause": Text("条款", "clause"),
    "commitment": Text("承诺事项", "commitment"),
    "register_row": Text("登记条目", "row of a register"),
    "file": Text("文件", "file"),
}
MEANINGS = {
    "waiting": Text("待办", "waiting"),
    "under_way": Text("进行中", "under way"),
    "done": Text("办结", "done"),
    "stopped": Text("终止", "stopped"),
}
EVIDENCE = {"none": Text("—", "—"), "text": Text("文字或文件", "words or a file"), "file": Text("文件", "a file")}
VISIBLE = {
    "open": Text("所有单位可见", "seen by all"),
    "after_first_state": Text(
        "离开首个状态后其他单位可见，此前只有本单位和市级可见",
        "seen by all once it has left its first state; before that by its owner and the city",
    ),
    "owner_and_city": Text("只有本单位和市级可见", "seen by its owner and the city only"),
}
PLACES = {
    "none": Text("不按地方", "none"),
    "code": Text("县（市、区）", "county"),
    "point": Text("县（市、区）和点位", "county and point"),
    "polygon": Text("县（市、区）和范围", "county and polygon"),
}
ROLLUPS = {
    "count": Text("计数", "count"),
    "sum": Text("合计", "sum"),
    "mean": Text("平均", "mean"),
    "share": Text("比重", "share"),
    "growth": Text("比上年增长", "growth"),
}


def facts(register: Register) -> dict[str, Any]:
    """Return what a program lists of a register: id, title, system, clauses, fields, states, roll-ups."""
    declared = register.declared
    return {
        "id": register.id,
        "title": {"zh": declared.title.zh, "en": declared.title.en},
        "system": declared.system,
        "clauses": list(declared.clauses),
        "key": list(declared.key),
        "place": declared.place.kind,
        "fields": [{"name": n, "kind": f.kind, "unit": f.unit} for n, f in declared.fields.items()],
        "yearly": [{"name": n, "kind": f.kind, "unit": f.unit} for n, f in declared.yearly.items()],
        "states": list(declared.states),
        "moves": list(declared.moves),
        "rollups": [register.indicator(name) for name in declared.rollups],
        "file": register.file,
        "digest": register.digest,
    }


def page(register: Register, language: str = "both") -> str:
    """Return a register as Markdown in ``zh``, ``en``, or ``both`` (Chinese first)."""

    def say(zh: str, en: str) -> str:
        return {"zh": zh, "en": en}.get(language) or (zh if zh == en else f"{zh} {en}")

    declared = register.declared
    parts = [
        f"# {say(declared.title.zh, declared.title.en)}",
        "\n".join(_head(register, say)),
        f"## {say('办法', 'Method')}",
        *(
            [declared.method.zh, declared.method.en]
            if language == "both"
            else [say(declared.method.zh, declared.method.en)]
        ),
        f"{say('来源', 'Source')}: {declared.method.source}",
        f"## {say('字段', 'Fields')}",
        _fields(register, declared.fields, say),
    ]
    if declared.yearly:
        parts += [f"## {say('分年数', 'Yearly values')}", _fields(register, declared.yearly, say)]
    parts += [f"## {say('状态与走法', 'States and moves')}", _states(register, say)]
    if declared.moves:
        parts.append(_moves(register, say))
    if declared.rollups:
        parts += [f"## {say('汇总指标', 'Roll-ups')}", _rollups(register, say)]
    if declared.warnings:
        parts += [f"## {say('预警', 'Warnings')}", _warnings(register, say)]
    if declared.parameters:
        parts += [f"## {say('参数', 'Parameters')}", _parameters(register, say)]
    if declared.caveats:
        parts += [f"## {say('不能说明的', 'What it cannot decide')}"]
        parts.append("\n".join(f"- {say(c.zh, c.en)}" for c in declared.caveats))
    return "\n\n".join(parts) + "\n"


def _head(register: Register, say: Say) -> list[str]:
    declared = register.declared
    owners = "、".join(f"`{party}`" for party in declared.owner.parties)
    if declared.owner.place:
        owners += ("、" if owners else "") + say("所在县（市、区）", "the county the row is in")
    return [
        f"- {say('编号', 'Id')}: `{register.id}`",
        f"- {say('系统', 'System')}: {declared.system}",
        f"- {say('条款', 'Clauses')}: {'、'.join(declared.clauses)}",
        f"- {say('填写', 'Written by')}: {owners}",
        f"- {say('可见', 'Seen by')}: {_text(VISIBLE[declared.visibility], say)}",
        f"- {say('主键', 'Key')}: {', '.join(f'`{name}`' for name in declared.key)}",
        f"- {say('地方', 'Place')}: {_text(PLACES[declared.place.kind], say)}",
        f"- {say('文件', 'File')}: `{register.file}`",
    ]


def _text(text: Text, say: Say) -> str:
    return say(text.zh, text.en)


def _said(words: Words | None, say: Say) -> str:
    return "" if words is None else say(words.zh, words.en)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in rows)])


def _fields(register: Register, fields: dict[str, RegisterField], say: Say) -> str:
    rows = []
    for name, item in fields.items():
        kind = _text(KINDS[item.kind], say) + (f"（{say('可多个', 'several')}）" if item.many else "")
        if item.choices is not None:
            kind += ": " + "、".join(f"{code} {say(w.zh, w.en)}" for code, w in item.choices.items())
        asked = [say("必填", "required")] if item.required else []
        asked += [say("个人信息", "personal data")] if item.personal else []
        asked += [say("推算", "derived") + f" `{item.formula}`"] if item.formula else []
        asked += [f"{other} = {wanted}" for other, wanted in (item.when or {}).items()]
        rows.append(
            [f"`{name}`", _said(item.label, say), kind, item.unit or "", "；".join(asked), _said(item.note, say)]
        )
    heads = [
        ("名字", "name"),
        ("标签", "label"),
        ("类型", "kind"),
        ("单位", "unit"),
        ("要求", "asked"),
        ("说明", "note"),
    ]
    return _table([say(*head) for head in heads], rows)


def _states(register: Register, say: Say) -> str:
    return " → ".join(
        f"{say(s.label.zh, s.label.en)}（{_text(MEANINGS[s.meaning], say)}）" for s in register.declared.states.values()
    )


def _moves(register: Register, say: Say) -> str:
    declared = register.declared
    rows = []
    for name, move in declared.moves.items():
        labels = [_said(declared.states[s].label, say) for s in move.from_]
        needs = [_said(declared.fields[f].label, say) for f in move.fields]
        needs += [say("写明原因", "a reason")] if move.reason else []
        who = "、".join(_text(ROLES[role], say) for role in move.who)
        to = _said(declared.states[move.to].label, say)
        evidence = _text(EVIDENCE[move.evidence], say)
        rows.append([f"`{name}`", _said(move.label, say), "、".join(labels), to, who, evidence, "、".join(needs)])
    heads = [("名字", "name"), ("走法", "move"), ("从", "from"), ("到", "to"), ("谁", "who"), ("证据", "evidence")]
    return _table([say(*head) for head in [*heads, ("要先有", "needs")]], rows)


def _rollups(register: Register, say: Say) -> str:
    rows = []
    for name, rollup in register.declared.rollups.items():
        formula = " ".join(
            f"{part} `{text}`"
            for part in ("of", "over", "where", "among", "by", "year", "places")
            if (text := getattr(rollup, part)) is not None
        )
        kind = _text(ROLLUPS[rollup.kind], say)
        rows.append(
            [f"`{register.indicator(name)}`", _said(rollup.label, say), rollup.unit, rollup.clause, kind, formula]
        )
    heads = [("指标", "indicator"), ("名称", "label"), ("单位", "unit"), ("条款", "clause"), ("怎样算", "kind")]
    return _table([say(*head) for head in [*heads, ("公式", "formula")]], rows)


def _warnings(register: Register, say: Say) -> str:
    rows = [[f"`{n}`", f"`{w.when}`", _said(w.says, say)] for n, w in register.declared.warnings.items()]
    return _table([say("名字", "name"), say("条件", "condition"), say("说法", "says")], rows)


def _parameters(register: Register, say: Say) -> str:
    rows = [
        [
            f"`${name}`",
            _said(item.label, say),
            f"{number(value.value)} {'' if item.unit == '1' else item.unit}".strip(),
            value.start.isoformat(),
            value.paper or say("假定", "assumed"),
            _said(value.source, say),
        ]
        for name, item in register.declared.parameters.items()
        for value in item.values
    ]
    heads = [
        ("名字", "name"),
        ("标签", "label"),
        ("值", "value"),
        ("自", "from"),
        ("文号", "paper"),
        ("依据", "source"),
    ]
    return _table([say(*head) for head in heads], rows)
