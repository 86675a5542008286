"""The files a policy as read can be written to, by suffix. Each writer is imported when it is first used."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from tongchou.kernel.text import Text
from tongchou.policy.model import Policy
from tongchou.region.model import Region


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of file: what it is called, its media type, and what writes it."""

    label: Text
    media_type: str
    render: Callable[[Policy, Region | None], bytes]


def _json(policy: Policy, region: Region | None) -> bytes:
    from tongchou.policy.contract import to_dict

    return (json.dumps(to_dict(policy), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _csv(policy: Policy, region: Region | None) -> bytes:
    from tongchou.surfaces.table import ledger_csv

    return ledger_csv(policy)


def _xlsx(policy: Policy, region: Region | None) -> bytes:
    from tongchou.surfaces.workbook.ledger import ledger_workbook

    return ledger_workbook(policy, region)


def _docx(policy: Policy, region: Region | None) -> bytes:
    from tongchou.surfaces.document.division_of_tasks import division_of_tasks

    return division_of_tasks(policy, region)


def _xml(policy: Policy, region: Region | None) -> bytes:
    from tongchou.surfaces.akoma_ntoso import akoma_ntoso

    return akoma_ntoso(policy)


EXPORTS: dict[str, Export] = {
    ".xlsx": Export(
        Text("责任台账", "duty ledger"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx
    ),
    ".docx": Export(
        Text("任务分工（征求意见稿）", "division of tasks, consultation draft"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
    ),
    ".csv": Export(Text("责任台账", "duty ledger"), "text/csv; charset=utf-8", _csv),
    ".json": Export(Text("读取结果", "as read"), "application/json", _json),
    ".xml": Export(Text("条款文本", "clauses"), "application/xml", _xml),
}
