"""What another capacity of one thing changes, before and after: deliveries of water, what nodes can draw, widths."""

from __future__ import annotations

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Cell, ListingColumn
from tongchou.surfaces.supply.answering import Supplied
from tongchou.surfaces.supply.link_tables import ends
from tongchou.surfaces.supply.told import Row, Told, amount, cell, column, key, level, told
from tongchou.surfaces.supply.water import CLASSES, TOLD, Use, Water

_PLACE = ListingColumn(Text("地方", "Place"), 16)
_TITLE = Text("改动前后", "Before and after the change")
#: What is compared at the nodes of other networks.
_NODES = {"energy": ("can_draw", "firm", "firm_margin", "secure"), "information": ("width", "per_head", "worst")}


def water_compared(before: Water, after: Water) -> Told:
    """Return the uses whose supply changes, and every class in all (10⁴ m³)."""
    one, two = ({(u.county, u.kind): u for u in w.uses()} for w in (before, after))
    roles = after.answer.result.rule.declared.names["role"]
    rows = []
    for at, use in two.items():
        if at in one and abs(use.served - one[at].served) >= TOLD:
            name, role = key(after.answer, use.row, "head"), key(after.answer, use.row, "role")
            rows.append(_row(name, role, [one[at]], [use], after))
    for kind, class_ in CLASSES.items():
        old, new = ([u for u in held.values() if u.kind == kind] for held in (one, two))
        if new:
            rows.append(_row(Text("合计", "All"), roles[class_].text(), old, new, after))
    columns = (
        _PLACE,
        ListingColumn(Text("用途", "Use"), 10),
        ListingColumn(Text("原供水", "Served before"), 12, "decimal"),
        ListingColumn(Text("改后供水", "Served after"), 12, "decimal"),
        ListingColumn(Text("多供", "More"), 12, "decimal"),
        ListingColumn(Text("改后仍缺", "Still short"), 12, "decimal"),
    )
    note = Text("水量单位万立方米；没有变化的用途不列。", "Amounts are 10⁴ m³; uses that do not change are left out.")
    return told("change", _TITLE, note, columns, rows)


def _row(name: Text, role: Text, old: list[Use], new: list[Use], after: Water) -> Row:
    was, now, short = (sum(v) for v in ([u.served for u in old], [u.served for u in new], [u.short for u in new]))
    more = round(now - was, 2) + 0.0
    statuses = [one for u in new for r in u.rows if (one := level(after.answer, r, "flow")) is not None]
    cells: tuple[Cell, ...] = (name, role, round(was, 2), round(now, 2), more, round(short, 2))
    return Row(cells, min(statuses) if statuses else None, (4,) if abs(more) >= TOLD else ())


def water_said(before: Water, after: Water) -> Text:
    """Return the change in all as a sentence."""
    was, now = (sum(u.served for u in w.uses()) for w in (before, after))
    more = now - was
    if abs(more) < TOLD:
        return Text("供水没有变化：别处卡着。", "Supply does not change: something else holds it back.")
    word = Text("多", "more") if more > 0 else Text("少", "less")
    return Text(
        f"共{word.zh}供 {amount(abs(more))} 万立方米。", f"{amount(abs(more))} × 10⁴ m³ {word.en} are served in all."
    )


def links_compared(before: Supplied, after: Supplied) -> Told:
    """Return the nodes for which something changes."""
    names = _NODES[after.network.kind]
    old, new = ends(before.answer), ends(after.answer)
    rows = []
    for node, row in new.items():
        if node not in old:
            continue
        pairs = [(cell(before.answer, n, old[node]), cell(after.answer, n, row)) for n in names]
        lit = tuple(2 + 2 * i for i, (one, two) in enumerate(pairs) if one != two)
        if lit:
            cells = (key(after.answer, row, "head"), *(value for pair in pairs for value in pair))
            rows.append(Row(cells, level(after.answer, row, *names), lit, node))
    columns = [_PLACE]
    for name in names:
        head = column(after.answer, name)
        for zh, en in (("原", "before"), ("改后", "after")):
            columns.append(ListingColumn(Text(f"{head.head.zh}，{zh}", f"{head.head.en}, {en}"), head.width, head.kind))
    note = Text("没有变化的地方不列。", "Places that do not change are left out.")
    return told("change", _TITLE, note, columns, rows)


def links_said(found: Told) -> Text:
    """Return how many places change, as a sentence."""
    count = len(found.rows)
    if not count:
        return Text("各地都没有变化。", "Nothing changes anywhere.")
    return Text(f"{count} 处有变化。", f"{count} places change.")
