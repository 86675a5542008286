"""The hint a person sees at first, by role: what this is for and where to begin. Dismissed once, it stays away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from tongchou.kernel.text import Text
from tongchou.web.people.access import signed_in
from tongchou.web.people.roles import Role

if TYPE_CHECKING:
    from tongchou.web.people.models import User

_COOKIE = "tongchou_hints"


@dataclass(frozen=True, slots=True)
class Hint:
    """What a role does here, in one or two sentences."""

    role: Role
    words: Text


HINTS: dict[Role, Text] = {
    Role.COORDINATOR: Text(
        "您负责全市台账：确认读出的承诺、发出任务分工、看谁逾期、把群众提问转给责任单位。先看“今天要我做的”。",
        "You keep the ledger of the city: confirm what was read, send out the division of tasks, see who is late, "
        "pass questions of the public on. Begin with what is to be done today.",
    ),
    Role.OFFICER: Text(
        "您填报本单位的进展、数据和登记事项，起草答复；交审核人审核后报出。要做的都在“今天要我做的”，没有列出的不用填。",
        "You report progress, figures and records of your unit and draft replies; a reviewer sees them first. All "
        "that is to be done is listed under today; what is not listed need not be filled in.",
    ),
    Role.REVIEWER: Text(
        "您审核经办人报来的内容：同意即报单位负责人，不同意写明理由退回。",
        "You review what officers send: pass it on to the head, or return it with a reason.",
    ),
    Role.HEAD: Text(
        "您审定本单位报出的内容和对群众的答复。手机上也能办。",
        "You approve what your unit reports and answers to the public. It can be done on a phone.",
    ),
    Role.FINANCE: Text(
        "您测算转移支付和补偿：在“规则”里选规则、配参数、算草案；每个数都能在 Excel 里重算。",
        "You compute transfers and compensation under Rules; each number can be recomputed in a workbook.",
    ),
    Role.ASSESSOR: Text(
        "您看各单位自报、证据和时限三种状态，三者分开；考核分数各单位都能重算和申诉。",
        "You see what units say, what evidence shows and what the calendar says, kept apart; each unit can recompute "
        "and contest its score.",
    ),
    Role.LEADER: Text(
        "三分钟看完：本周有什么变化，有什么要您定。需要纸面材料，点“打印一页”。",
        "Three minutes: what changed this week and what needs you. For paper, print the one page.",
    ),
    Role.ADMINISTRATOR: Text(
        "您管理单位人员和岗位，看操作留痕。业务数据由各单位填报，您不改。",
        "You manage people and roles and see the log of events. Records are the units' own; you do not change them.",
    ),
}


def hints_for(request: HttpRequest, user: User) -> list[Hint]:
    """Return the hints of a person's roles that have not been dismissed in this browser."""
    dismissed = set(request.COOKIES.get(_COOKIE, "").split("."))
    roles = dict.fromkeys(Role(m.role) for m in user.roles)
    return [Hint(role, HINTS[role]) for role in roles if role.value not in dismissed]


@signed_in
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Remember in the browser that the hints of the person's roles have been read."""
    known = {role.value for role in Role}
    dismissed = {r for r in request.COOKIES.get(_COOKIE, "").split(".") if r in known}
    dismissed |= {m.role for m in request.user.roles}  # type: ignore[union-attr]
    response = HttpResponseRedirect("/")
    response.set_cookie(
        _COOKIE,
        ".".join(sorted(dismissed)),
        max_age=365 * 86400,
        samesite="Lax",
        httponly=True,
        secure=settings.PRODUCTION,
    )
    return response
