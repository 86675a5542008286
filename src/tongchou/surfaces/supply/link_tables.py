"""The tables of networks of energy and information: nodes, links, and what counties have of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tongchou.kernel.text import Text
from tongchou.surfaces.computing import Answer
from tongchou.surfaces.listing import ListingColumn
from tongchou.surfaces.supply.answering import Supplied
from tongchou.surfaces.supply.told import Row, Told, cell, column, joined, key, level, source, told
from tongchou.systems.infrastructure.link_rule import narrowest, outages

_PLACE = ListingColumn(Text("地方", "Place"), 16)
_FROM, _TO = ListingColumn(Text("起点", "From"), 18), ListingColumn(Text("终点", "To"), 18)
_ENERGY = (
    ("load", "can_draw", "margin", "firm", "firm_margin", "secure"),
    ("capacity", "circuits", "unserved", "worst"),
)
_INFORMATION = (
    ("people", "width", "free", "per_head", "worst"),
    ("capacity", "used", "utilisation", "to_widen", "wider_by", "narrows"),
)
_NODES = {
    "energy": Text(
        "各地都在最大负荷时，一地最多可取用多少；停一回是任何一条线停一回。",
        "What a place can draw with all others at their peak; one circuit of any link may be out.",
    ),
    "information": Text(
        "从枢纽最宽的一条路有多宽；人均最窄的是最差节点。",
        "How wide the widest way from a hub is; the least a head is the worst node.",
    ),
}
_COUNTIES = {
    "energy": (
        ("peak", "capacity", "margin", "firm", "firm_margin", "standing", "lacks", "outage", "outage_met",
         "gas_share", "clean_share"),
        Text("县区供能裕度", "Energy margins of counties"),
        Text(
            "供电能力和任停一回后的供电能力取自上面的网络，其余为规则的数据。",
            "What can be drawn, whole and with a circuit out, comes from the network; the rest are the rule's own.",
        ),
    ),
    "information": (
        ("coverage_town", "coverage_country", "ratio", "level", "uncovered", "bandwidth", "per_head", "utilisation",
         "to_widen"),
        Text("县区信息网络覆盖与带宽", "Coverage and bandwidth of counties"),
        Text("覆盖按人口；有信号不等于用得上。", "Coverage counts people with a signal, which is not use."),
    ),
}  # fmt: skip


def tables(found: Supplied) -> tuple[Told, ...]:
    """Return nodes, links, and counties where the package has figures for them."""
    made = [_nodes(found), _links(found)]
    if found.beside is not None:
        made.append(_counties(found))
    return tuple(made)


def ends(answer: Answer) -> dict[str, int]:
    """Return the nodes that links lead to, each with its first row."""
    found: dict[str, int] = {}
    for row, head in enumerate(answer.result.keys["head"]):
        found.setdefault(head, row)
    return found


def holding(found: Supplied) -> dict[str, list[int]]:
    """Return by node the links that hold it back, as rows: see :func:`_cutting` and :func:`_narrowing`."""
    return _cutting(found.answer) if found.network.kind == "energy" else _narrowing(found.answer)


def _cutting(answer: Answer) -> dict[str, list[int]]:
    """Return the links that leave a node least with one circuit out, where that is less than it needs."""
    result = answer.result
    capacity, circuits, load = (result.table.values[n] for n in ("capacity", "circuits", "load"))
    if any(np.isnan(v).any() for v in (capacity, circuits, load)):
        return {}
    out = outages(capacity, circuits, load, result.keys["tail"], result.keys["head"])
    names = ends(answer)
    at = {int(out.heads[row]): name for name, row in names.items()}
    found: dict[str, list[int]] = {}
    for i, node in enumerate(out.ends.tolist()):
        left, needs = out.left[:, i], float(load[names[at[node]]])
        if left.min() < needs:
            found[at[node]] = np.flatnonzero(left <= left.min()).tolist()
    return found


def _narrowing(answer: Answer) -> dict[str, list[int]]:
    """Return the link that narrows the widest way to a node."""
    result = answer.result
    capacity = result.table.values["capacity"]
    if np.isnan(capacity).any():
        return {}
    link = narrowest(capacity, result.keys["tail"], result.keys["head"]).tolist()
    return {name: [link[row]] for name, row in ends(answer).items() if link[row] >= 0}


def link_name(answer: Answer, row: int) -> Text:
    """Return what a link is called."""
    tail, head = key(answer, row, "tail"), key(answer, row, "head")
    return Text(f"{tail.zh}→{head.zh}", f"{tail.en} → {head.en}")


def _nodes(found: Supplied) -> Told:
    answer, is_energy = found.answer, found.network.kind == "energy"
    names, held = (_ENERGY if is_energy else _INFORMATION)[0], holding(found)
    counted = "load" if is_energy else "people"
    rows = []
    for node, row in ends(answer).items():
        if not cell(answer, counted, row) and cell(answer, counted, row) is not None:
            continue  # it only passes on
        bound = joined([link_name(answer, r) for r in held.get(node, ())])
        cells = (key(answer, row, "head"), *(cell(answer, n, row) for n in names), bound)
        rows.append(Row(cells, level(answer, row, *names), _lit(answer, row, names), node))
    order = {n.id: i for i, n in enumerate(found.network.nodes)}
    rows.sort(key=lambda r: order.get(r.id, len(order)))
    head = Text("停哪一回最紧", "Tightest without") if is_energy else Text("卡在哪条线", "Narrowed by")
    columns = [_PLACE, *(column(answer, n) for n in names), ListingColumn(head, 28)]
    title = (
        Text("各地容量裕度和N−1", "Margins and N−1 by place") if is_energy else Text("各节点带宽", "Bandwidth of nodes")
    )
    note = _NODES[found.network.kind]
    return told("nodes", title, note, columns, rows)


def _links(found: Supplied) -> Told:
    answer = found.answer
    names = (_ENERGY if found.network.kind == "energy" else _INFORMATION)[1]
    rows, sources = [], []
    for row in range(len(answer.result.table)):
        ends_ = key(answer, row, "tail"), key(answer, row, "head")
        cells = (*ends_, *(cell(answer, n, row) for n in names))
        lit = tuple(i + 1 for i in _lit(answer, row, names))
        id_ = "|".join(answer.result.keys[k][row] for k in ("tail", "head"))
        rows.append(Row(cells, level(answer, row, *(n for n in names if n in answer.result.table.values)), lit, id_))
        sources.append(source(answer, "capacity", row))
    title = Text("线路", "Links")
    return told("links", title, Text("", ""), [_FROM, _TO, *(column(answer, n) for n in names)], rows, sources)


def _counties(found: Supplied) -> Told:
    answer = found.beside
    assert answer is not None  # noqa: S101 — asked for where it is there
    names, title, note = _COUNTIES[found.network.kind]
    rows = [
        Row(
            (key(answer, row, "county"), *(cell(answer, n, row) for n in names)),
            level(answer, row, *names),
            _lit(answer, row, names),
        )
        for row in range(len(answer.result.table))
    ]
    return told("margins", title, note, [_PLACE, *(column(answer, n) for n in names)], rows)


def _lit(answer: Answer, row: int, names: Sequence[str]) -> tuple[int, ...]:
    """Return which cells of a row want attention: 1 is the first after the place."""
    return tuple(i + 1 for i, name in enumerate(names) if _wants(answer, name, row))


def _wants(answer: Answer, name: str, row: int) -> bool:
    result = answer.result
    value = float((result.values if name in result.values else result.table.values)[name][row])
    if name in ("secure", "outage_met", "level"):
        return value == 0
    if name in ("worst", "to_widen"):
        return value == 1
    if name in ("unserved", "lacks"):
        return value > 0
    if name in ("margin", "firm_margin"):
        return value < 0
    return name == "standing" and value < 4
