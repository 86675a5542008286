"""A register file: every problem at once, with its line."""

from __future__ import annotations

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.registers.register import loads

GOOD = """\
id: test.things
title: {zh: 东西, en: Things}
system: S68
clauses: ["2.2"]
method: {zh: 自拟, en: our own, source: 无}
owner: {parties: [finance]}
key: [code]
named: code
fields:
  code: {kind: text, label: {zh: 编号, en: Code}, required: true}
  size: {kind: number, unit: 公顷, label: {zh: 面积, en: Size}}
  kind: {kind: choice, label: {zh: 类, en: Kind}, choices: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}}
  done: {kind: date, label: {zh: 完成, en: Done}}
states:
  begun: {label: {zh: 开始, en: Begun}, meaning: waiting}
  ended: {label: {zh: 结束, en: Ended}, meaning: done}
moves:
  end: {from: [begun], to: ended, label: {zh: 结束, en: End}, who: [officer]}
"""


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as error:
        loads(text, "r.yaml")
    return [(p.code, p.where) for p in error.value.problems]


def test_a_good_register_loads():
    assert loads(GOOD).id == "test.things"
    assert loads(GOOD).digest == loads(GOOD + "\n").digest


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ("rollups: {x: {label: {zh: 甲, en: X}, unit: 公顷, clause: '2.2', kind: sum, of: sise}}", "D001"),
        ("rollups: {x: {label: {zh: 甲, en: X}, unit: 人, clause: '2.2', kind: sum, of: size}}", "U014"),
        ("rollups: {x: {label: {zh: 甲, en: X}, unit: 项, clause: '2.2', kind: count, where: kind = 'c'}}", "U013"),
        ("rollups: {x: {label: {zh: 甲, en: X}, unit: 项, clause: '2.2', kind: count, where: size}}", "U014"),
        ("rollups: {x: {label: {zh: 甲, en: X}, unit: 公顷, clause: '2.2', kind: sum}}", "D002"),
        ("rollups: {x: {label: {zh: 甲, en: X}, unit: '%', clause: '2.2', kind: growth, of: y}}", "D001"),
        ("rollups: {x: {label: {zh: 甲, en: X}, unit: 项, clause: '2.2', kind: count, by: size}}", "D001"),
        ("rollups: {x: {label: {zh: 甲, en: X}, unit: 公顷, clause: '2.2', kind: sum, of: sum(size) over ()}}", "D002"),
        ("warnings: {x: {when: colour is null, says: {zh: 甲, en: X}}}", "U013"),
        ("cycle: {last: size, every: code}", "D001"),
        ("stages: {order: [done], open: done, due: size}", "D001"),
        ("listed: [nothing]", "D001"),
        ("surprise: 1", "U005"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(added, code):
    found = problems(GOOD + added)
    assert code in {c for c, _ in found}
    assert all(where == f"r.yaml:{len(GOOD.splitlines()) + 1}" for _, where in found)


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("{kind: number, label: {zh: 甲, en: X}}", "D002"),
        ("{kind: number, unit: 尺, label: {zh: 甲, en: X}}", "D002"),
        ("{kind: text, unit: 人, label: {zh: 甲, en: X}}", "D002"),
        ("{kind: choice, label: {zh: 甲, en: X}}", "D002"),
        ("{kind: register_row, label: {zh: 甲, en: X}}", "D002"),
        ("{kind: date, many: true, label: {zh: 甲, en: X}}", "D002"),
        ("{kind: number, unit: 人, at_least: 3, at_most: 2, label: {zh: 甲, en: X}}", "D002"),
        ("{kind: text, formula: size, label: {zh: 甲, en: X}}", "D002"),
        ("{kind: text, when: {kind: [c]}, label: {zh: 甲, en: X}}", "D001"),
        ("{kind: text, when: {size: [a]}, label: {zh: 甲, en: X}}", "D002"),
        ("{kind: number, unit: 公顷, formula: size + extra, label: {zh: 甲, en: X}}", "D005"),
    ],
)
def test_a_field_that_does_not_fit_is_refused(field, code):
    text = GOOD.replace("  size:", f"  extra: {field}\n  size:")
    assert code in {c for c, _ in problems(text)}


def test_taken_names_unreachable_states_and_unknown_moves():
    text = GOOD.replace("  size:", "  state:").replace("to: ended, label", "to: finished, fields: [nope], label")
    assert {"D001", "D003", "D004"} <= {c for c, _ in problems(text)}


def test_a_parameter_says_its_paper_or_that_it_is_assumed():
    value = "{start: 2020-01-01, value: 1, source: {zh: 甲, en: X}}"
    assert [
        c for c, _ in problems(GOOD + f"parameters: {{p: {{unit: 人, label: {{zh: 甲, en: X}}, values: [{value}]}}}}")
    ] == ["D002"]


def test_all_problems_come_at_once():
    text = GOOD.replace("key: [code]", "key: [size]").replace("named: code", "named: nobody").replace("S68", "68")
    assert [c for c, _ in problems(text)] == ["U004"]
    assert len(problems(text.replace("system: 68", "system: S68"))) == 2
