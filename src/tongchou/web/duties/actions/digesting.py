"""Making the weekly list of every unit, once a week, and sending each at most once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.mail import EmailMessage
from django.db import transaction

from tongchou.kernel.problems import Problem
from tongchou.web.duties import codes
from tongchou.web.duties.digesting import Line, lines_for, monday
from tongchou.web.duties.models import Commitment, Digest
from tongchou.web.duties.standing import Standing, standings
from tongchou.web.duties.words import Decision
from tongchou.web.events.record import record
from tongchou.web.people.models import Membership, Organisation, User
from tongchou.web.people.roles import Role

_ACTING = (Role.OFFICER, Role.REVIEWER, Role.HEAD, Role.COORDINATOR, Role.FINANCE, Role.ASSESSOR)


def make_digests(*, on: date, now: datetime, by: User | None = None) -> list[Digest]:
    """Make the lists of the week that are not there yet and have something to say; return all of the week."""
    week = monday(on)
    held = set(Digest.objects.filter(week=week).values_list("organisation_id", flat=True))
    rows: dict[str, list[Standing]] = {}
    confirmed = Commitment.objects.filter(decision=Decision.CONFIRMED, document__is_builtin=True)
    for row in standings(list(confirmed), on):
        for duty in row.duties:
            if duty.organisation_id:
                rows.setdefault(duty.organisation_id, []).append(row)
    people: dict[str, list[User]] = {}
    acting = Membership.objects.in_force(on).filter(role__in=_ACTING, user__is_active=True)
    for membership in acting.select_related("user"):
        people.setdefault(membership.organisation_id, []).append(membership.user)
    for organisation in Organisation.objects.filter(pk__in={*rows, *people}):
        if organisation.pk in held:
            continue
        unit = organisation.pk
        lines = lines_for(organisation, people.get(unit, ()), rows.get(unit, ()), on)
        if lines:
            _make(organisation=organisation, week=week, lines=lines, by=by, now=now)
    return list(Digest.objects.filter(week=week).select_related("organisation"))


@transaction.atomic
def _make(*, organisation: Organisation, week: date, lines: Sequence[Line], by: User | None, now: datetime) -> None:
    digest, is_new = Digest.objects.get_or_create(
        organisation=organisation, week=week, defaults={"lines": [line.as_dict() for line in lines], "made_at": now}
    )
    if is_new:
        data = {"week": week, "lines": len(lines)}
        record("duties.digest_made", about=digest, by=by, now=now, organisation=organisation, data=data)


def send_digest(*, digest: Digest, address: str, now: datetime, by: User | None = None) -> list[Problem]:
    """Send one list by e-mail, at most once; return why it was not sent.

    It is marked as sent before it goes: a crash in between loses one mail rather than sending two. Where the server
    refuses it nothing was sent, and the mark is taken back.
    """
    to = digest.organisation.email
    if not to:
        return []
    with transaction.atomic():
        one = Digest.objects.select_for_update().get(pk=digest.pk)
        if one.sent_at is not None:
            return []
        one.sent_at, one.sent_to = now, to
        one.save(update_fields=["sent_at", "sent_to"])
        record("duties.digest_sent", about=one, by=by, now=now, organisation=one.organisation, data={"week": one.week})
    try:
        EmailMessage(subject=_subject(one), body=_body(one, address), to=[to]).send()
    except OSError as error:  # smtplib's errors are OSErrors
        with transaction.atomic():
            Digest.objects.filter(pk=one.pk).update(sent_at=None, sent_to="")
            reason = type(error).__name__
            record("duties.digest_refused", about=one, by=by, now=now, organisation=one.organisation)
        return [codes.MAIL_REFUSED.at(one.organisation.name, reason=reason)]
    return []


def _subject(digest: Digest) -> str:
    week = digest.week
    return f"统筹：{digest.organisation.name}本周清单（{week.year}年{week.month}月{week.day}日起）"


def _body(digest: Digest, address: str) -> str:
    lines = [f"{digest.organisation.name}：", "", "本周请办理："]
    for number, line in enumerate(digest.lines, 1):
        due = f"（{line['due']}）" if line["due"] else ""
        lines.append(f"{number}. {line['zh']}，{line['count']} 项{due}")
        if address:
            lines.append(f"   {address}{line['address']}")
    lines += ["", "每周至多一封。登录后在“本周清单”可看全部。"]
    return "\n".join(lines)
