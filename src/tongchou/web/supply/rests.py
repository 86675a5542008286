"""What an answer rests on besides figures: parameters in force, with who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tongchou.kernel.numbers import figure
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.surfaces.computing import Answer


@dataclass(frozen=True, slots=True)
class Rest:
    """One parameter as it stood: its value in words, the paper it comes from, whether it is assumed."""

    rule: str
    label: Text
    value: Text
    paper: str
    source: Text
    assumed: bool


def rests(answer: Answer) -> Iterator[Rest]:
    """Yield the parameters of an answer's rule as in force in its period."""
    result = answer.result
    period = result.table.periods[0]
    for name, declared in result.rule.declared.parameters.items():
        dated = result.parameters[name].get(period)
        if dated is None:
            continue
        unit = label(declared.unit)
        if isinstance(dated.value, Mapping):
            # A code at zero has no part in it.
            parts = [
                (_code(answer, declared.by or "", c), figure(v, declared.unit)) for c, v in dated.value.items() if v
            ]
            value = Text("、".join(f"{c.zh} {v}" for c, v in parts), ", ".join(f"{c.en} {v}" for c, v in parts))
        else:
            value = Text(*[figure(dated.value, declared.unit)] * 2)
        shown = Text(f"{value.zh} {unit.zh}".strip(), f"{value.en} {unit.en}".strip())
        yield Rest(result.rule.id, declared.label.text(), shown, dated.paper, dated.source.text(), dated.assumed)


def _code(answer: Answer, by: str, code: str) -> Text:
    declared = answer.result.rule.declared
    if code in (named := declared.names.get(by, {})):
        return named[code].text()
    given = declared.inputs.get(by)
    if given is not None and given.codes is not None and code.lstrip("-").isdigit() and int(code) in given.codes:
        return given.codes[int(code)].text()
    return Text(code, code)
