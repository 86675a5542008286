"""Movements of the demonstration: what the published runs order, all illustrative, and one county's confirmation."""

from __future__ import annotations

from datetime import datetime

from tongchou.web.money.actions import confirm, post
from tongchou.web.money.models import Confirmation
from tongchou.web.money.statement import statement
from tongchou.web.people.models import Organisation, User
from tongchou.web.runs.models import Run
from tongchou.web.runs.steps import State


def prepare(now: datetime) -> None:
    """Post the published runs; the county confirms its statement of 2020."""
    people = User.objects.in_bulk(("finance", "loufan-head"), field_name="username")
    county = Organisation.objects.filter(pk="county-140123").first()
    if len(people) < 2 or county is None:
        return
    for run in Run.objects.filter(state=State.PUBLISHED, pays=True).order_by("pk"):
        if not run.entries.exists():
            post(run=run, acknowledgement="演示记账方法，不是真实款项", by=people["finance"], now=now)
    held = statement(county, 2020)
    if held.flows and not Confirmation.objects.filter(organisation=county, year=2020).exists():
        confirm(
            organisation=county,
            year=2020,
            digest=held.digest,
            agrees=True,
            words="示例：核对相符",
            by=people["loufan-head"],
            now=now,
        )
