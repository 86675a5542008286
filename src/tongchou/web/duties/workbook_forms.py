"""The two workbooks of the ledger: the whole of it for the coordinator, and the progress of one unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tongchou.kernel.text import Text
from tongchou.surfaces.workbook.form import FormColumn, write_form
from tongchou.web.duties.ledger_rows import Filters, matching
from tongchou.web.duties.models import Overlay, ProgressReport
from tongchou.web.duties.standing import Standing
from tongchou.web.duties.words import Answer, Decision, OverlayState, Said
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation, User

_KEPT = Text("留空即不改。", "Empty means no change.")
_FIRST = (
    FormColumn("code", Text("编号键", "Key"), 10, key=True),
    FormColumn("shown", Text("编号", "Id"), 9),
    FormColumn("text", Text("承诺事项（原文，勿改）", "Commitment (as printed)"), 40),
    FormColumn("parties", Text("责任单位（原文）", "Parties (as printed)"), 26),
    FormColumn("printed", Text("原文时限", "Printed date"), 11),
)
_LAST = (
    FormColumn("lamp", Text("灯", "Lamp"), 9),
    FormColumn("says", Text("单位自报", "Unit says"), 9),
)


def ledger_columns(units: tuple[str, ...]) -> tuple[FormColumn, ...]:
    """Return the columns of the whole ledger; ``units`` are the names a lead is chosen from."""
    decisions = tuple(d.label.zh for d in Decision)
    return (
        *_FIRST,
        FormColumn("decision", Text("确认", "Decision"), 10, "choice", open=True, choices=decisions, about=_KEPT),
        FormColumn("reason", Text("不作承诺的理由", "Reason"), 16, open=True),
        FormColumn(
            "lead", Text("牵头单位（答复）", "Lead (answer)"), 16, "choice", open=True, choices=units, about=_KEPT
        ),
        FormColumn("date", Text("完成时限（答复）", "Date (answer)"), 12, "date", open=True, about=_KEPT),
        FormColumn("measure", Text("衡量指标（答复）", "Measure (answer)"), 18, open=True, about=_KEPT),
        FormColumn("target", Text("目标值", "Target"), 9, "number", open=True),
        FormColumn("unit", Text("计量单位", "Unit of measure"), 9, open=True),
        FormColumn("note", Text("说明（答复）", "Note (answer)"), 20, open=True, about=_KEPT),
        *_LAST,
    )


def progress_columns() -> tuple[FormColumn, ...]:
    """Return the columns of a unit's progress."""
    statuses = tuple(s.label.zh for s in Said)
    return (
        *_FIRST,
        FormColumn("status", Text("状态", "Status"), 10, "choice", open=True, choices=statuses, about=_KEPT),
        FormColumn("said_on", Text("截至日期", "As of"), 12, "date", open=True),
        FormColumn("words", Text("做了什么、到什么程度", "What was done"), 44, open=True),
        *_LAST,
    )


def unit_names() -> tuple[str, ...]:
    """Return the names a lead is chosen from, in the region's order."""
    return tuple(Organisation.objects.values_list("name", flat=True))


def ledger_form(document: Document, user: User, given_by: Organisation, on: date) -> bytes:
    """Return the whole ledger as a workbook, with signed answers, else what ``given_by`` has proposed."""
    rows = matching(document, Filters(), user, on)
    rejected = matching(document, Filters(decision=Decision.REJECTED), user, on)
    rows = sorted([*rows, *rejected], key=lambda r: r.commitment.order)
    answers = answers_shown(document, given_by)
    note = "黄底栏可填，留空即不改；答复先作拟议，签字盖章后生效。填好原样上传，先看改动再确认导入。"
    lines = [{**_common(row), **_ledger_cells(row, answers.get(row.commitment.pk, {}))} for row in rows]
    return write_form("台账", f"{document.title}台账", note, ledger_columns(unit_names()), lines)


def progress_form(document: Document, organisation: Organisation, user: User, on: date) -> bytes:
    """Return a unit's commitments as a workbook for its progress, with its last word filled in."""
    rows = matching(document, Filters(organisation=organisation.pk, decision=Decision.CONFIRMED), user, on)
    latest = latest_reports(document, organisation)
    lines = []
    for row in rows:
        report = latest.get(row.commitment.pk)
        cells: dict[str, object] = {}
        if report is not None:
            cells = {"status": report.says.label.zh, "said_on": report.said_on, "words": report.words}
        lines.append({**_common(row), **cells})
    note = "黄底栏可填；与上次相同或留空的行不作新报告。上传后先看改动，再提交本单位审核。"
    return write_form("进展", f"{organisation.name}承诺进展填报表", note, progress_columns(), lines)


def _common(row: Standing) -> dict[str, object]:
    one = row.commitment
    return {
        "code": one.code,
        "shown": one.code,
        "text": one.text,
        "parties": "、".join(d.name for d in row.duties),
        "printed": one.printed_by or one.printed_deadline,
        "lamp": f"{row.lamp.icon} {row.lamp.label.zh}",
        "says": f"{row.said.label.zh}{'（代录）' if row.is_entered else ''}" if row.said else "未报",
    }


def _ledger_cells(row: Standing, answers: Mapping[str, Overlay]) -> dict[str, object]:
    one = row.commitment
    cells: dict[str, object] = {"decision": one.state.label.zh, "reason": one.reason}
    lead, day = answers.get(Answer.LEAD), answers.get(Answer.DATE)
    measure, note = answers.get(Answer.MEASURE), answers.get(Answer.NOTE)
    if lead is not None and lead.organisation is not None:
        cells["lead"] = lead.organisation.name
    if day is not None:
        cells["date"] = day.date
    if measure is not None:
        cells |= {"measure": measure.measure, "unit": measure.unit}
        cells["target"] = float(measure.target) if measure.target is not None else None
    if note is not None:
        cells["note"] = note.words
    return cells


def answers_shown(document: Document, given_by: Organisation) -> dict[int, dict[str, Overlay]]:
    """Return for each commitment the answer of each kind a workbook shows: proposed by ``given_by``, else signed."""
    held: dict[int, dict[str, Overlay]] = {}
    found = Overlay.objects.filter(commitment__document=document).select_related("organisation")
    for overlay in found.filter(state=OverlayState.ACTIVE).order_by("pk"):
        held.setdefault(overlay.commitment_id, {})[overlay.kind] = overlay
    for overlay in found.filter(state=OverlayState.PROPOSED, given_by=given_by):
        held.setdefault(overlay.commitment_id, {})[overlay.kind] = overlay
    return held


def latest_reports(document: Document, organisation: Organisation) -> dict[int, ProgressReport]:
    """Return a unit's newest report on each commitment, whatever its stage."""
    held: dict[int, ProgressReport] = {}
    found = ProgressReport.objects.filter(commitment__document=document, organisation=organisation)
    for report in found.order_by("written_at", "pk"):
        held[report.commitment_id] = report
    return held
