"""A policy with every field of the contract filled, written by hand so that each output can be checked against it."""

from __future__ import annotations

from datetime import date

import pytest

from tongchou.kernel.parties import Parties, Party, PartyKind
from tongchou.kernel.text import Text
from tongchou.policy.model import (
    Addressee,
    Clause,
    ClauseKind,
    Commitment,
    Deadline,
    DeadlineStrength,
    Duty,
    DutyParty,
    Finding,
    Policy,
    Quantity,
    Repair,
    RepairKind,
    Role,
    Source,
    Target,
)
from tongchou.policy.spans import Span

BODY = (
    "临河市人民政府关于治水的意见\n"
    "一、总体要求\n"
    "到2030年，水质全面改善。\n"
    "二、主要任务\n"
    "（一）建设管网。力争2026年底新建3座泵站，=1+1是公式。（市水务局牵头，市财政局配合，各县人民政府负责）\n"
)


def span(words: str, start: int = 0) -> Span:
    at = BODY.index(words, start)
    return Span(at, at + len(words))


def clause(id_: str, number: str, heading: str, text: str, **more: object) -> Clause:
    text_span = span(text) if text else Span(span(heading).end, span(heading).end)
    values = {
        "level": id_.count(".") + 1,
        "kind": ClauseKind.OTHER,
        "span": Span(BODY.index(number) if number else text_span.start, text_span.end),
        "heading_span": span(heading) if heading else Span(text_span.start, text_span.start),
        "text_span": text_span,
        "parent": id_.rpartition(".")[0] or None,
        "duty": None,
        "commitments": (),
        "targets": (),
    } | more
    return Clause(id=id_, number=number, heading=heading, text=text, source_span=values["span"], **values)


@pytest.fixture
def policy() -> Policy:
    duty_text = "（市水务局牵头，市财政局配合，各县人民政府负责）"
    duty = Duty(
        phrase=duty_text,
        span=span(duty_text),
        spans=(span(duty_text),),
        parties=(
            DutyParty("市水务局", "市水务局", 1, Role.LEAD, span("市水务局"), False, (), "water"),
            DutyParty("市财政局", "市财政局", 2, Role.SUPPORT, span("市财政局"), False, (), None),
            DutyParty(
                "各县人民政府",
                "各县人民政府",
                3,
                Role.RESPONSIBLE,
                span("各县人民政府"),
                True,
                ("甲县人民政府", "乙县人民政府"),
                "counties",
            ),
        ),
    )
    promise = "力争2026年底新建3座泵站"
    formula = "=1+1是公式"
    commitments = (
        Commitment(
            id="2.1-1",
            text=promise,
            span=span(promise),
            verb="新建",
            object="3座泵站",
            places=("甲县",),
            deadline=Deadline("力争2026年底", DeadlineStrength.STRIVE, date(2026, 12, 31), span("力争2026年底")),
            quantities=(Quantity("3座", 3.0, "座", span("3座")),),
            named=("《规划》",),
            actors=(),
            is_system=True,
        ),
        Commitment("2.1-2", formula, span(formula), "是", "公式", (), None, (), (), (), False),
    )
    target = Target("1.1-t1", 2030, "水质全面改善", span("水质全面改善"), ())
    text = BODY[BODY.index("力争") : -1]
    return Policy(
        source=Source("治水.txt", "ab" * 32, "txt", "utf-8", "hans", len(BODY)),
        title="临河市人民政府关于治水的意见",
        number="临政发〔2025〕1号",
        issuer="临河市人民政府",
        issued=date(2025, 3, 1),
        effective=None,
        text=BODY,
        addressees=(Addressee("各县人民政府", span("各县人民政府"), True, ("甲县人民政府", "乙县人民政府")),),
        clauses=(
            clause("1", "一、", "总体要求", ""),
            clause("1.1", "", "", "到2030年，水质全面改善。", kind=ClauseKind.GOAL, targets=(target,)),
            clause("2", "二、", "主要任务", ""),
            clause("2.1", "（一）", "建设管网", text, kind=ClauseKind.MEASURE, duty=duty, commitments=commitments),
        ),
        repairs=(
            Repair(span("新建"), span("新建"), "新健", "新建", RepairKind.VARIANT, "第二份文本", 0.9, True),
            Repair(span("泵站"), span("泵站"), "泵站", "", RepairKind.INSERTED, "不成词", 0.6, False),
        ),
        findings=(
            Finding(
                "F010",
                "2.1",
                span("建设管网"),
                Text("缺少主管单位", "owner missing"),
                Text("请核对", "check"),
                ("市住建局",),
            ),
        ),
        interpretation="",
    )


@pytest.fixture
def parties() -> Parties:
    return Parties(
        Party(id_, name, name, PartyKind.DEPARTMENT)
        for id_, name in (("finance", "市财政局"), ("water", "市水务局"), ("b", "乙县人民政府"), ("a", "甲县人民政府"))
    )
