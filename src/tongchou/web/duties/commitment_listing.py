"""One commitment as a list for paper and file: answers, words of units, evidence, in the order of days."""

from __future__ import annotations

from collections.abc import Sequence

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.web.duties.models import EvidenceEvent, Overlay, ProgressReport
from tongchou.web.duties.standing import Standing

_COLUMNS = (
    ListingColumn(Text("日期", "Day"), 13, "date"),
    ListingColumn(Text("种类", "Kind"), 12, "centre"),
    ListingColumn(Text("单位", "Unit"), 16),
    ListingColumn(Text("内容", "What"), 50),
    ListingColumn(Text("状态", "State"), 10, "centre"),
    ListingColumn(Text("备注", "Note"), 18),
)
_MADE_UP = Text("示例", "illustrative")


def _joined(*notes: Text | None) -> Text | None:
    held = [note for note in notes if note is not None]
    return Text("；".join(n.zh for n in held), "; ".join(n.en for n in held)) if held else None


def commitment_listing(
    standing: Standing,
    answers: Sequence[Overlay],
    reports: Sequence[ProgressReport],
    events: Sequence[EvidenceEvent],
) -> Listing:
    """Return everything said and shown about a commitment."""
    one = standing.commitment
    rows: list[list[Cell]] = [
        [a.holds_from, a.answer.label, a.given_by.title, a.said, a.stage.label, _MADE_UP if a.is_illustrative else None]
        for a in answers
    ]
    rows += [
        [
            r.said_on,
            Text("单位自报", "unit says"),
            r.organisation.title,
            Text(f"{r.says.label.zh}：{r.words}", f"{r.says.label.en}: {r.words}"),
            r.stage.label,
            _joined(r.whence, _MADE_UP if r.is_illustrative else None),
        ]
        for r in reports
    ]
    rows += [
        [
            e.happened_on,
            e.what.label,
            e.organisation.title,
            e.words,
            e.stage.label,
            _MADE_UP if e.is_illustrative else e.source or None,
        ]
        for e in events
    ]
    rows.sort(key=lambda row: str(row[0] or ""))
    lamp = standing.lamp
    note = Text(
        f"{one.text}（{one.document.title} {one.clause}）。灯：{lamp.icon} {lamp.label.zh}，{lamp.why.zh}。",
        f"{one.text} ({one.clause}). Lamp: {lamp.icon} {lamp.label.en}, {lamp.why.en}.",
    )
    title = Text(f"承诺 {one.code} 办理情况", f"Commitment {one.code}")
    foot = f"{one.document.name} 核对码 {one.document.check_code}"
    return Listing(title, note, _COLUMNS, rows, Text(foot, foot))
