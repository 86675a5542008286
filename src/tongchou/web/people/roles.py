"""The roles people hold in an organisation."""

from __future__ import annotations

from enum import StrEnum

from tongchou.kernel.text import Text


class Role(StrEnum):
    """What a person does for an organisation; the public needs no role and no account."""

    COORDINATOR = "coordinator"
    OFFICER = "officer"
    REVIEWER = "reviewer"
    HEAD = "head"
    FINANCE = "finance"
    ASSESSOR = "assessor"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Text:
        """The word for the role."""
        return _LABELS[self]


_LABELS = {
    Role.COORDINATOR: Text("市级协调员", "city coordinator"),
    Role.OFFICER: Text("经办人", "officer"),
    Role.REVIEWER: Text("审核人", "reviewer"),
    Role.HEAD: Text("单位负责人", "head of the unit"),
    Role.FINANCE: Text("财政", "finance"),
    Role.ASSESSOR: Text("考核", "assessor"),
    Role.LEADER: Text("只读领导", "leader, reading only"),
    Role.ADMINISTRATOR: Text("系统管理员", "system administrator"),
}
# Those who work for the whole city see what units have not yet had approved.
CITY_WIDE = frozenset({Role.COORDINATOR, Role.FINANCE, Role.ASSESSOR, Role.LEADER})
# What a unit's own administrator may give; the others reach beyond the unit and are given by the system administrator.
UNIT_ROLES = frozenset({Role.OFFICER, Role.REVIEWER, Role.HEAD})
