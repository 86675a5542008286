"""Runs of the demonstration: two years of equalisation, others on their way, a trial value, an objection.

The figures of the built-in region are made up for these rules, so that every run says 示例.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from tongchou.web.computing.catalogue import bases
from tongchou.web.jobs.worker import run_all
from tongchou.web.people.models import Organisation, User
from tongchou.web.runs.actions import draft, move
from tongchou.web.runs.contesting import object_to
from tongchou.web.runs.models import Objection, Run

_WAY = (
    ("submit", "finance", "请审核"),
    ("review", "finance-reviewer", "数据和参数已核"),
    ("approve", "finance-head", "同意"),
    ("publish", "coordinator", ""),
)
_RUNS: tuple[tuple[str, str, str, str, dict[str, float], int], ...] = (
    # rule, period, title, purpose, values tried, how many steps it has gone
    ("fiscal.equalisation", "2020", "2020年均衡性转移支付（示例）", "年度分配", {}, 4),
    ("fiscal.equalisation", "2021", "2021年均衡性转移支付（示例）", "年度分配", {}, 4),
    ("compensation.netting", "2021", "2021年横向生态补偿轧差（示例）", "汾河上下游各县往来", {}, 3),
    ("compensation.zones", "2021", "2021年限制开发与生态红线区域补偿（示例）", "年度补偿", {}, 2),
    ("fiscal.grant", "2021", "2021年专项资金分配（示例）", "年度分配", {}, 1),
    ("fiscal.equalisation", "2021", "总额增加到 15 亿元的设想（示例）", "比较总额", {"pool": 150_000.0}, 0),
)


def prepare(now: datetime) -> None:
    """Make the runs that are not there yet, and one county's objection."""
    people = User.objects.in_bulk(("loufan-officer", *dict.fromkeys(p for _, p, _ in _WAY)), field_name="username")
    finance = Organisation.objects.filter(pk="finance").first()
    if len(people) < 5 or finance is None:  # another region
        return
    held = {run.title: run for run in Run.objects.all()}
    for rule, period, title, purpose, tried, steps in _RUNS:
        if title in held:
            continue
        run = draft(
            rule=rule,
            title=title,
            purpose=purpose,
            organisation=finance,
            region=settings.REGION,
            periods=[period],
            base=bases(settings.REGION, rule, (period,)).usual or "",
            settings=tried,
            figures_at=now,
            by=people["finance"],
            now=now,
        )
        run_all()
        run.refresh_from_db()
        for step, who, comment in _WAY[: steps if run.record_id is not None else 0]:
            run = move(run=run, step=step, comment=comment, by=people[who], now=now, seen=run.state)
        held[title] = run
    _object(held["2021年均衡性转移支付（示例）"], people["loufan-officer"], now)


def _object(run: Run, by: User, now: datetime) -> None:
    county = Organisation.objects.filter(pk="county-140123").first()
    if county is None or run.record is None or Objection.objects.filter(run=run).exists():
        return
    data = run.record.data
    at = data["places"].index("140123")
    used = data["inputs"]["cost_factor"]["values"][at]
    cell = {
        "name": "cost_factor",
        "place": "140123",
        "period": data["periods"][at],
        "value": round(used * 1.1, 4),
        "before": used,
        "source": "示例：演示用的山区成本系数",
    }
    object_to(
        run=run,
        organisation=county,
        statement="示例：成本差异系数没有计入山区学校和卫生院的运距，应高一成。",
        source="示例：演示用的县级测算",
        figures=[cell],
        files=[("示例-说明.txt", "示例：这是演示用的证明材料。".encode())],
        by=by,
        now=now,
    )
