"""``tongchou digest``: the weekly list of every unit, on the screen or by e-mail."""

from __future__ import annotations

import os
from typing import Annotated

import typer


def digest(
    send: Annotated[bool, typer.Option(help="发出邮件，每单位每周至多一封。Send, at most one a week a unit.")] = False,
    on: Annotated[str, typer.Option(help="按这一天计算，2026-11-27。As of this day.")] = "",
) -> None:
    """生成各单位本周清单。Make the weekly list of every unit; repeating it changes and sends nothing again."""
    from tongchou.surfaces.cli.problems import show, stop
    from tongchou.web.duties import codes

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchou.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from tongchou.web.duties.actions.digesting import make_digests, send_digest
    from tongchou.web.duties.filled import day_of

    day = day_of(on) if on else timezone.localdate()
    if day is None:
        raise stop([codes.BAD_DATE.at("--on", text=on)])
    if send and not os.environ.get("TONGCHOU_SMTP_URL"):
        raise stop([codes.NO_ADDRESS.at("TONGCHOU_SMTP_URL")])
    now = timezone.now()
    problems = []
    for one in make_digests(on=day, now=now):
        typer.echo(f"{one.organisation.name}  {one.week}")
        for line in one.lines:
            typer.echo(f"  {line['count']:>4}  {line['zh']}")
        if send:
            problems += send_digest(digest=one, address=settings.PUBLIC_ADDRESS, now=now)
    if problems:
        show(problems)
        raise typer.Exit(1)
