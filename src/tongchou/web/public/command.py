"""``tongchou notices``: letters to those who follow a commitment; run it every day."""

from __future__ import annotations

import os
from typing import Annotated

import typer


def notices(
    address: Annotated[
        str, typer.Option(envvar="TONGCHOU_ADDRESS", help="公众访问的地址，https://…。Where the public reaches it.")
    ] = "",
) -> None:
    """把新公开的进展发给关注者。Tell those who follow a commitment what became public since the last letter."""
    from tongchou.surfaces.cli.problems import stop
    from tongchou.web.public import codes

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongchou.web.settings")
    import django

    django.setup()
    from django.utils import timezone

    from tongchou.web.public.mail import can_send
    from tongchou.web.public.notices import send_due

    if not address.startswith(("http://", "https://")):
        raise stop([codes.NO_PUBLIC_ADDRESS.at("TONGCHOU_ADDRESS")])
    if not can_send():
        raise stop([codes.NO_MAIL_SERVER.at("TONGCHOU_SMTP_URL")])
    sent, failed = send_due(root=address.rstrip("/"), now=timezone.now())
    typer.echo(f"已发 {sent} 封，未发出 {failed} 封 · sent {sent}, failed {failed}")
    if failed:
        raise typer.Exit(1)
