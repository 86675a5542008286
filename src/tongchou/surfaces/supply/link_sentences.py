"""What a reader of a network of energy or information should know first."""

from __future__ import annotations

import numpy as np

from tongchou.kernel.numbers import figure
from tongchou.kernel.text import Text
from tongchou.surfaces.computing import Answer
from tongchou.surfaces.supply.answering import Supplied
from tongchou.surfaces.supply.link_tables import ends, holding, link_name
from tongchou.surfaces.supply.told import joined, key


def sentences(found: Supplied) -> list[Text]:
    """Return what a reader should know first."""
    return _of_energy(found) if found.network.kind == "energy" else _of_information(found)


def _of_energy(found: Supplied) -> list[Text]:
    answer = found.answer
    said = [_noted(answer, "unserved", Text("万千瓦", "× 10 MW"))]
    held = ends(answer)
    weak = [row for row in held.values() if answer.result.values["secure"][row] == 0]
    if weak:
        names = joined([key(answer, r, "head") for r in weak])
        said.append(
            Text(
                f"任停一回就不够的有 {len(weak)} 处：{names.zh}。",
                f"Not enough with one circuit out in {len(weak)} places: {names.en}.",
            )
        )
    else:
        said.append(Text("任停一回，各地都还够。", "With any one circuit out every place has enough."))
    worst = [r for r in range(len(answer.result.table)) if answer.result.values["worst"][r] == 1]
    for row in worst:
        name, less = link_name(answer, row), float(answer.result.values["unserved"][row])
        said.append(
            Text(
                f"最要紧的是{name.zh}：停一回，{figure(less)} 万千瓦供不上。",
                f"The worst to lose is {name.en}: with one circuit out {figure(less)} × 10 MW are not served.",
            )
        )
    return said


def _of_information(found: Supplied) -> list[Text]:
    answer = found.answer
    said = []
    held, by = ends(answer), holding(found)
    for node, row in held.items():
        if answer.result.values["worst"][row] == 1:
            name, each = key(answer, row, "head"), float(answer.result.values["per_head"][row])
            link = joined([link_name(answer, r) for r in by.get(node, ())])
            said.append(
                Text(
                    f"最差的是{name.zh}，人均 {each:.0f} kbps，卡在{link.zh}。",
                    f"The worst node is {name.en}, {each:.0f} kbps a head, narrowed by {link.en}.",
                )
            )
    wide = [r for r in range(len(answer.result.table)) if answer.result.values["to_widen"][r] == 1]
    names = joined([link_name(answer, r) for r in wide])
    said.append(
        Text(
            f"忙时用满、该扩容的有 {len(wide)} 条：{names.zh}。",
            f"{len(wide)} links are full at peak and to be widened: {names.en}.",
        )
        if wide
        else Text("没有一条线到了该扩容的利用率。", "No link has come to the use at which to widen.")
    )
    cut = _note(answer, "cut_off")
    if cut:
        said.append(Text(f"与枢纽不通的有 {cut:,.0f} 人。", f"{cut:,.0f} people have no way from a hub."))
    return said


def _note(answer: Answer, name: str) -> float:
    return next((float(np.sum(note.value)) for note in answer.result.notes if note.name == name), 0.0)


def _noted(answer: Answer, name: str, unit: Text) -> Text:
    short = _note(answer, name)
    if not short:
        return Text("各线都在时，最大负荷全部供得上。", "With all links in, every peak load is served.")
    told = figure(short)
    return Text(f"各线都在也有 {told} {unit.zh}供不上。", f"Even with all links in {told} {unit.en} are not served.")
