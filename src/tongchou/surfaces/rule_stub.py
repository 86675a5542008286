"""A rule to begin from: one that loads and computes, its parameter file and a worked case, to be edited in place."""

from __future__ import annotations

import re
from pathlib import Path

from tongchou.kernel.problems import ProblemsError
from tongchou.rules import codes
from tongchou.surfaces import codes as output_codes

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
_RULE = """\
id: {id}
title: {{zh: 规则名称, en: Title of the rule}}
system: S20            # 系统编号 the system it serves
clauses: ["3.2"]       # 政策条款 the clauses it serves
method:
  zh: 谁的办法，条文有没有写公式
  en: Whose method this is, and whether the clause gives a formula
  source: 出处 where the method is published
per: [county, year]
inputs:
  people: {{unit: 人, label: {{zh: 人数, en: People}}, at_least: 0}}   # 取自地区包时加 indicator: population.resident
parameters:
  rate: {{unit: 元/人, label: {{zh: 标准, en: Rate per head}}, at_least: 0}}
columns:
  amount:
    formula: people * $rate
    unit: 元
    label: {{zh: 金额, en: Amount}}
result: amount
says:
  zh: "{{place}}{{period}}年 {{people}}，补助 {{amount}}"
  en: "{{place}} {{period}}: {{people}}, amount {{amount}}"
promises:
  never_negative: [amount]
  rises_with: {{amount: [people]}}
"""
_PARAMETERS = """\
rule: {id}
values:
  rate:
    - start: 2020-01-01
      value: 100
      source: {{zh: 尚无文件依据, en: No paper yet}}
      assumed: true    # 有文件后改为 paper: 〔2020〕1号 once there is one, write paper: and drop assumed
"""
_INPUTS = """\
county,period,name,value,status,source
A,2021,people,1000,illustrative,示例数据 made up
B,2021,people,2000,illustrative,示例数据 made up
"""
_CASE = """\
title: {{zh: 两县按人数, en: Two counties by head}}
rule: {id}
"on": "2021"
given:
  A: {{people: 1000}}
  B: {{people: 2000}}
parameters: {{rate: 100}}
by_hand:
  zh: 1000 人 × 100 元 = 10 万元；2000 人得 20 万元
  en: 1,000 people at 100 yuan are 100,000 yuan; 2,000 are 200,000
expect:
  amount: {{A: 100000, B: 200000}}
"""


def write_stub(id_: str, directory: Path) -> list[Path]:
    """Write the files of a new rule into a region package; raise :class:`ProblemsError` where one is there already."""
    problems = []
    if not _ID.match(id_):
        problems.append(codes.BAD_FIELD.at("id", field="id", reason=f"{id_}: module.name"))
    if not (directory / "datapackage.json").is_file():
        problems.append(output_codes.NOT_READABLE.at(str(directory), reason="datapackage.json"))
    name = id_.rpartition(".")[2]
    files = {
        directory / "rules" / f"{name}.yaml": _RULE,
        directory / "parameters" / f"{id_}.yaml": _PARAMETERS,
        directory / "inputs" / f"{id_}.csv": _INPUTS,
        directory / "cases" / f"{name}.yaml": _CASE,
    }
    problems += [output_codes.WOULD_REPLACE.at(str(path)) for path in files if path.exists()]
    if problems:
        raise ProblemsError(problems)
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.format(id=id_), encoding="utf-8")
    return list(files)
