"""An allocation of water as three short tables: who is short, what holds back, what each small link adds."""

from __future__ import annotations

from dataclasses import dataclass

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules import words
from tongchou.surfaces.computing import Answer
from tongchou.surfaces.run_rows import row_name
from tongchou.surfaces.supply.told import months

_UNIT = "万立方米"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table in one language; the first ``words`` columns are words, the others numbers."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int


def shortages(answer: Answer, language: str) -> Rows:
    """Return need, shortage and part short of every county and use over the year, worst first."""
    result, seen = answer.result, dict[tuple[str, str], int]()
    for row in range(len(result.table)):
        if result.values["kind"][row] >= _FIRST_USE:
            seen.setdefault((result.keys["head"][row], result.keys["role"][row]), row)
    order = sorted(seen.values(), key=lambda row: -result.values["short_share"][row])
    made = tuple(
        (
            _key(answer, row, "head", language),
            _key(answer, row, "role", language),
            *(_number(answer, name, row) for name in ("use_need", "use_short")),
            words.cell(result, "short_share", row, status=False).in_(language),
        )
        for row in order
    )
    head = (
        Text("地方", "Place"),
        Text("用途", "Use"),
        Text("需水", "Need"),
        Text("缺水", "Short"),
        Text("缺水率", "Part short"),
    )
    title = Text(f"全年缺水（{_UNIT}）", "Short over the year (10⁴ m³)")
    return Rows(title.in_(language), tuple(h.in_(language) for h in head), made, 2)


def bottlenecks(answer: Answer, language: str) -> Rows:
    """Return the sources and links that hold some use back, with the months in which they do."""
    result, held = answer.result, dict[tuple[str, ...], list[int]]()
    for row in range(len(result.table)):
        if result.values["holds_back"][row] > 0:
            held.setdefault(tuple(result.keys[k][row] for k in ("tail", "head", "role")), []).append(row)
    made = tuple(
        (
            *(_key(answer, rows[0], key, language) for key in ("tail", "head", "role")),
            Text("、", ", ")
            .in_(language)
            .join(dict.fromkeys(words.bare(result, "holds_back", row).in_(language) for row in rows)),
            months([int(result.keys["month_of_year"][row]) for row in rows]),
        )
        for rows in held.values()
    )
    head = (
        Text("起点", "From"),
        Text("终点", "To"),
        Text("性质", "Role"),
        Text("瓶颈", "Bottleneck"),
        Text("月份", "Months"),
    )
    return Rows(Text("瓶颈", "Bottlenecks").in_(language), tuple(h.in_(language) for h in head), made, 5)


def trust(answer: Answer, language: str) -> str:
    """Return how far the whole can be trusted: as far as the weakest number it rests on."""
    level = Status(int(answer.result.status["flow"].min()))
    return Text("最弱的数：", "weakest figure: ").in_(language) + level.label.in_(language)


def small_links(answer: Answer, language: str) -> Rows:
    """Return what each link of the small networks adds over the year, and to people of that."""
    result, seen = answer.result, dict[tuple[str, str], int]()
    for row in range(len(result.table)):
        if result.keys["role"][row] == "small":
            seen.setdefault((result.keys["tail"][row], result.keys["head"][row]), row)
    made = tuple(
        (
            *(_key(answer, row, key, language) for key in ("tail", "head")),
            *(_number(answer, name, row) for name in ("added", "added_people", "months_bound")),
        )
        for row in sorted(seen.values(), key=lambda row: -result.values["added"][row])
    )
    head = (
        Text("起点", "From"),
        Text("终点", "To"),
        Text("全年多供", "Adds"),
        Text("其中生活", "to people"),
        Text("瓶颈月数", "Months it binds"),
    )
    title = Text(
        f"小水网各线的作用（{_UNIT}，有它减去没有它）", "What each small link adds (10⁴ m³, with it less without)"
    )
    return Rows(title.in_(language), tuple(h.in_(language) for h in head), made, 2)


_FIRST_USE = 11  # the kinds of rows that are uses, in the rule's own codes


def _key(answer: Answer, row: int, key: str, language: str) -> str:
    return row_name(answer.result, answer.names, row, key, language)


def _number(answer: Answer, name: str, row: int) -> str:
    declared = answer.result.rule.declared.columns[name]
    return figure(float(answer.result.values[name][row]), declared.unit)
