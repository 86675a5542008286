"""Worked and published cases as part of a rule's page: what is given, how it is done by hand, what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import tongchou
from tongchou.kernel.numbers import number
from tongchou.kernel.yaml_lines import read
from tongchou.rules.declaration import Quantity
from tongchou.rules.rule import Rule
from tongchou.rules.worked import Case, load

#: Where the cases stand beside the source; an installed package has none and needs none.
FOLDER = Path(tongchou.__file__).parents[2] / "tests" / "worked"
_FEW = 12


def cases_by_rule(folder: Path = FOLDER) -> dict[str, list[Case]]:
    """Return the cases of every rule, worked ones first, then published ones, each in the order of file names."""
    found: dict[str, list[Case]] = {}
    paths = sorted(folder.rglob("*.yaml"), key=lambda p: ("published" in p.parts, p.as_posix()))
    for path in paths:
        data, _ = read(path.read_text(encoding="utf-8"), path.name, [])
        if isinstance(data, dict) and "rule" in data and "given" in data:
            case = load(path)
            found.setdefault(case.rule, []).append(case)
    return found


def section(rule: Rule, cases: list[Case]) -> str:
    """Return the cases of a rule as Markdown; long tables are cut and say so."""
    return "\n\n".join(_case(rule, case) for case in cases)


def _case(rule: Rule, case: Case) -> str:
    labels = rule.declared.quantities()
    inputs = [name for name in rule.declared.inputs if any(name in row for row in case.given.values())]
    columns = list(case.expect)
    heads = [f"{labels[n].label.zh} {labels[n].label.en}（{labels[n].unit}）" for n in inputs]
    outs = [f"**{labels[n].label.zh} {labels[n].label.en}（{labels[n].unit}）**" for n in columns if n in labels]
    rows = ["| | " + " | ".join([*heads, *outs]) + " |", "|" + "---|" * (1 + len(heads) + len(outs))]
    places = list(case.given)
    for place in places[:_FEW]:
        cells = [_shown(case.given[place].get(name), place in case.given) for name in inputs]
        cells += [_shown(case.expect[name].get(place), place in case.expect[name]) for name in columns]
        rows.append(f"| {place.replace('|', ' · ')} | " + " | ".join(cells) + " |")
    parts = [f"### {case.title.zh} {case.title.en}"]
    if case.source:
        origin = f"（{case.origin}）" if case.origin else ""
        parts.append(f"出处 Source: {case.source}{origin}")
    if case.parameters:
        parts.append("；".join(_parameter(labels, name, value) for name, value in case.parameters.items()))
    parts.append("\n".join(rows))
    if len(places) > _FEW:
        parts.append(f"只列前 {_FEW} 行，共 {len(places)} 行。The first {_FEW} of {len(places)} rows.")
    if case.by_hand is not None:
        parts += [case.by_hand.zh, case.by_hand.en]
    if case.caveat:
        parts.append(case.caveat)
    return "\n\n".join(parts)


def _parameter(labels: Mapping[str, Quantity], name: str, value: float | Mapping[str, float]) -> str:
    zh, unit = labels[f"${name}"].label.zh, labels[f"${name}"].unit
    if isinstance(value, Mapping):
        return f"{zh}（{unit}）" + "、".join(f"{code} {number(v)}" for code, v in list(value.items())[:_FEW])
    return f"{zh} {number(value)}{'' if unit == '1' else unit}"


def _shown(value: float | None, told: bool) -> str:
    if value is None:
        return "缺 missing" if told else ""
    return f"{value:,.10g}".replace("-", "−")
