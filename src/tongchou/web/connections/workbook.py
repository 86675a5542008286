"""The comparison as a workbook: pairs with their savings as formulas, legs, projects, links closed, assumptions."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.conf import settings

from tongchou.kernel.text import Text
from tongchou.region.model import Region
from tongchou.surfaces.workbook.page import Column, Sheet, Styles
from tongchou.web.connections.comparing import compared
from tongchou.web.connections.critical import criticals
from tongchou.web.connections.papers import foot, minutes, note, pairs, title
from tongchou.web.connections.project_rows import project_rows
from tongchou.web.connections.projects import effects
from tongchou.web.connections.showing import end_name

if TYPE_CHECKING:
    from tongchou.web.connections.asking import Question
    from tongchou.web.connections.held import Held

_NAMES = {
    "pairs": Text("前后对比", "Before and after"),
    "legs": Text("路径", "Legs"),
    "projects": Text("项目", "Projects"),
    "critical": Text("关键路段", "Critical links"),
    "assumed": Text("假定", "Assumptions"),
}


def workbook(region: Region, whole: Held, asked: Question, language: str) -> bytes:
    """Return the workbook. Saved minutes and people-minutes are formulas over the cells beside them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        paper = _Paper(book, Styles(book), region, whole, asked, language)
        _pairs(paper)
        if not whole.is_streets:
            _legs(paper)
        _projects(paper)
        _critical(paper)
        _assumed(paper)
    return out.getvalue()


class _Paper:
    """One workbook being written, in one language."""

    def __init__(self, book: Any, styles: Styles, region: Region, whole: Held, asked: Question, language: str) -> None:
        self.book, self.styles, self.region, self.whole, self.asked = book, styles, region, whole, asked
        self.language = language

    def said(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def source(self, id_: str) -> str:
        """Return the title of a source, or its id where the package has none."""
        known = self.region.sources.get(id_)
        return id_ if known is None else known.title

    def sheet(self, name: str, columns: list[tuple[str, str, float, str]]) -> Sheet:
        heads = [Column(self.said(zh, en), width, kind) for zh, en, width, kind in columns]
        whole_title = f"{title(self.whole, self.asked).in_(self.language)} · {_NAMES[name].in_(self.language)}"
        made = Sheet(
            self.book, self.styles, _NAMES[name].in_(self.language), whole_title, heads,
            note(self.whole, self.asked).in_(self.language),
        )  # fmt: skip
        made.footer(foot(self.region).in_(self.language))
        return made


def _pairs(paper: _Paper) -> None:
    sheet = paper.sheet(
        "pairs",
        [
            ("从", "From", 14, "text"),
            ("到", "To", 24, "text"),
            ("人口", "People", 12, "number"),
            ("之前（分钟）", "Before (min)", 12, "decimal"),
            ("之后（分钟）", "After (min)", 12, "decimal"),
            ("节省（分钟）", "Saved (min)", 12, "decimal"),
            ("人·分钟（人人去一次）", "Person-min, all go once", 16, "number"),
            ("状态", "Status", 10, "centre"),
        ],
    )
    first = sheet.row
    for pair in pairs(paper.whole, paper.asked):
        before, after = minutes(pair.before), minutes(pair.after)
        ends = [t.in_(paper.language) for t in (pair.place, pair.end)]
        status = pair.status.in_(paper.language) if pair.status is not None else None
        row = sheet.add([*ends, pair.people, before, after, None, None, status])
        if before is not None and after is not None:
            line, saved = row + 1, round(before - after, 2)
            sheet.sheet.write_formula(row, 5, f"=D{line}-E{line}", paper.styles.of("decimal"), saved)
            if pair.people is not None:
                style = paper.styles.of("number")
                sheet.sheet.write_formula(row, 6, f"=C{line}*F{line}", style, pair.people * saved)
    last = sheet.row
    sheet.filter()
    if last > first:
        style, head = paper.styles.total, paper.styles.total_head
        sheet.sheet.write_string(last, 0, paper.said("合计", "All"), head)
        sheet.sheet.write_formula(last, 6, f"=SUM(G{first + 1}:G{last})", style)


def _legs(paper: _Paper) -> None:
    found, whole = compared(settings.REGION, paper.asked), paper.whole
    assert found.ways is not None  # noqa: S101 — told of every network that is no map of streets
    sheet = paper.sheet(
        "legs",
        [
            ("日期", "Day", 12, "date"),
            ("从", "From", 12, "text"),
            ("到", "To", 18, "text"),
            ("段", "Leg", 6, "number"),
            ("方式", "By", 12, "text"),
            ("起", "Leg from", 14, "text"),
            ("止", "Leg to", 16, "text"),
            ("公里", "Km", 8, "decimal"),
            ("分钟", "Minutes", 8, "decimal"),
            ("怎样得出", "How", 34, "text"),
            ("状态", "Status", 8, "centre"),
            ("来源", "Source", 26, "text"),
        ],
    )
    for day, side in zip((paper.asked.before, paper.asked.on), found.ways, strict=True):
        for place, ways in zip(whole.places, side, strict=True):
            for end, way in zip(whole.ends, ways, strict=False):
                for number, leg in enumerate(way.legs, start=1):
                    source = paper.source(leg.source)
                    words = [t.in_(paper.language) for t in (place.name, end_name(whole, end))]
                    stretch = [t.in_(paper.language) for t in (leg.called, leg.tail, leg.head)]
                    told = [leg.km, leg.minutes, leg.how.in_(paper.language), leg.status.label.in_(paper.language)]
                    sheet.add([day, *words, number, *stretch, *told, source])
    sheet.filter()


def _projects(paper: _Paper) -> None:
    sheet = paper.sheet(
        "projects",
        [
            ("项目", "Project", 26, "text"),
            ("条文", "Promised", 14, "text"),
            ("开通", "Opened", 22, "text"),
            ("单独（人·分钟/日）", "Alone (person-min a day)", 14, "decimal"),
            ("最后（人·分钟/日）", "Last (person-min a day)", 14, "decimal"),
            ("份额（人·分钟/日）", "Share (person-min a day)", 14, "decimal"),
            ("投资（亿元）", "Cost (10⁸ CNY)", 12, "decimal"),
            ("每万元（人·分钟/日）", "Per 10⁴ CNY", 14, "decimal"),
            ("说明", "Note", 40, "text"),
        ],
    )
    found = effects(settings.REGION, paper.asked)
    for item in project_rows(paper.region, paper.whole, paper.asked, found):
        told = [t.in_(paper.language) for t in (item.name, item.promised, item.opened)]
        row = sheet.add([*told, item.alone, item.last, item.share, item.invested, None, item.why.in_(paper.language)])
        if item.per_yuan is not None:
            style = paper.styles.of("decimal")
            sheet.sheet.write_formula(row, 7, f"=F{row + 1}/(G{row + 1}*10000)", style, item.per_yuan)
    sheet.filter()


def _critical(paper: _Paper) -> None:
    sheet = paper.sheet(
        "critical",
        [
            ("关闭", "Closed", 30, "text"),
            ("方式", "Kind", 14, "text"),
            ("耽误（人·分钟/日）", "Delay (person-min a day)", 16, "decimal"),
            ("断开（人次/日）", "Cut off (trips a day)", 14, "number"),
            ("断开的地方", "Places cut off", 30, "text"),
            ("最耽误的一对", "Pair delayed most", 34, "text"),
            ("多用（分钟）", "Delay (min)", 12, "decimal"),
            ("状态", "Status", 10, "centre"),
        ],
    )
    between = paper.said("、", ", ")
    for one in criticals(settings.REGION, paper.asked).closed:
        pair = ""
        if one.worst is not None and one.worst_end is not None:
            pair = f"{one.worst.name.in_(paper.language)} → {end_name(paper.whole, one.worst_end).in_(paper.language)}"
        apart = between.join(n.name.in_(paper.language) for n in one.apart)
        status = one.status.label.in_(paper.language) if one.status is not None else None
        words = [t.in_(paper.language) for t in (one.called, one.mode)]
        sheet.add([*words, one.lost, one.cut, apart, pair, one.worst_minutes or None, status])
    sheet.filter()


def _assumed(paper: _Paper) -> None:
    sheet = paper.sheet(
        "assumed",
        [
            ("名称", "What", 40, "text"),
            ("取值", "Value", 12, "decimal"),
            ("单位", "Unit", 12, "text"),
            ("状态", "Status", 10, "centre"),
            ("来源", "Source", 40, "text"),
        ],
    )
    for one in paper.whole.network.assumed.values():
        status = one.status.label.in_(paper.language)
        sheet.add([one.label.in_(paper.language), one.value, one.unit, status, paper.source(one.source)])
    sheet.filter()
