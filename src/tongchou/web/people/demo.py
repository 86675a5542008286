"""The people of the demonstration: one for each role, all with the same password, which the sign-in page shows."""

from __future__ import annotations

from datetime import date, datetime

from tongchou.web.people.actions import add_person, give_role
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.roles import Role

PASSWORD = "tongchou-demo-2026"  # noqa: S105 — shown on the page; the demonstration listens on this machine only
# sign-in name, name, organisation, role, whether they manage its people
PEOPLE: tuple[tuple[str, str, str, Role, bool], ...] = (
    ("admin", "系统管理员（示例）", "development-reform", Role.ADMINISTRATOR, True),
    ("coordinator", "市级协调员（示例）", "development-reform", Role.COORDINATOR, True),
    ("finance", "财政局经办（示例）", "finance", Role.FINANCE, False),
    ("finance-officer", "财政局填报（示例）", "finance", Role.OFFICER, False),
    ("finance-reviewer", "财政局审核（示例）", "finance", Role.REVIEWER, False),
    ("finance-head", "财政局负责人（示例）", "finance", Role.HEAD, True),
    ("assessor", "考核人员（示例）", "municipal-government", Role.ASSESSOR, False),
    ("leader", "市领导（示例）", "municipal-government", Role.LEADER, False),
    ("transport-officer", "交通局经办（示例）", "transport", Role.OFFICER, False),
    ("transport-reviewer", "交通局审核（示例）", "transport", Role.REVIEWER, False),
    ("transport-head", "交通局负责人（示例）", "transport", Role.HEAD, True),
    ("loufan-officer", "娄烦县经办（示例）", "county-140123", Role.OFFICER, False),
    ("loufan-reviewer", "娄烦县审核（示例）", "county-140123", Role.REVIEWER, False),
    ("loufan-head", "娄烦县负责人（示例）", "county-140123", Role.HEAD, True),
    ("qingxu-officer", "清徐县经办（示例）", "county-140121", Role.OFFICER, False),
    ("qingxu-reviewer", "清徐县审核（示例）", "county-140121", Role.REVIEWER, False),
    ("qingxu-head", "清徐县负责人（示例）", "county-140121", Role.HEAD, True),
)


def prepare(now: datetime) -> None:
    """Add the people who are not there yet, where the region has their organisation."""
    organisations = Organisation.objects.in_bulk()
    held = set(User.objects.values_list("username", flat=True))
    for username, name, organisation, role, administers in PEOPLE:
        if username in held or organisation not in organisations:
            continue
        user = add_person(username=username, name=name, password=PASSWORD, by=None, now=now, must_change=False)
        give_role(
            user=user,
            organisation=organisations[organisation],
            role=role,
            on=date(2019, 10, 25),
            by=None,
            now=now,
            administers=administers,
        )
