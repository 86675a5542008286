"""``tongchou person``: accounts from the terminal of the server, as when the only administrator forgot the password."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

# Looked up here, so that an installation without the [web] extra is told so.
for _needed in ("django", "axes", "django_otp"):
    if importlib.util.find_spec(_needed) is None:
        raise ModuleNotFoundError(f"No module named {_needed!r}", name=_needed)

person = typer.Typer(no_args_is_help=True, help="账号：新建、重设口令、查看。Accounts: add, reset, list.")


@contextmanager
def _database() -> Iterator[None]:
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop
    from tongchou.web.operations.starting import set_up

    try:
        set_up()
        yield
    except ProblemsError as error:
        raise stop(error.problems) from None


@person.command()
def add(
    username: Annotated[str, typer.Argument(help="用户名。User name.")],
    name: Annotated[str, typer.Argument(help="姓名。Name.")],
    organisation: Annotated[str, typer.Option(help="单位编号。Id of the organisation.")],
    role: Annotated[str, typer.Option(help="岗位，如 officer。Role, such as officer.")],
    email: Annotated[str, typer.Option(help="办公邮箱。Office e-mail.")] = "",
    administers: Annotated[bool, typer.Option(help="管理本单位人员。Manages the unit's people.")] = False,
) -> None:
    """新建账号，显示一次性口令。Add an account and show its one-time password once."""
    with _database():
        from django.utils import timezone

        from tongchou.kernel.problems import ProblemsError
        from tongchou.web.people import codes
        from tongchou.web.people.actions import add_member
        from tongchou.web.people.models import Organisation
        from tongchou.web.people.roles import Role

        where = Organisation.objects.filter(pk=organisation).first()
        if where is None:
            raise ProblemsError([codes.NO_SUCH_ORGANISATION.at("--organisation", id=organisation)])
        _, password = add_member(
            username=username,
            name=name,
            email=email,
            organisation=where,
            role=Role(role) if role in list(Role) else None,
            administers=administers,
            on=timezone.localdate(),
            by=None,
            now=timezone.now(),
        )
        _tell(password)


@person.command()
def reset(username: Annotated[str, typer.Argument(help="用户名。User name.")]) -> None:
    """重设口令，显示一次性口令，并解除锁定。Give a one-time password, shown once, and unlock the account."""
    with _database():
        from django.utils import timezone

        from tongchou.kernel.problems import ProblemsError
        from tongchou.web.people import codes
        from tongchou.web.people.account_actions import reset_password
        from tongchou.web.people.models import User

        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise ProblemsError([codes.NO_SUCH_PERSON.at("username", username=username)])
        _tell(reset_password(user=user, by=None, now=timezone.now()))


@person.command("list")
def list_() -> None:
    """列出账号和岗位。List accounts and their roles."""
    with _database():
        from django.db.models import Prefetch
        from django.utils import timezone
        from rich.console import Console
        from rich.table import Table

        from tongchou.web.people.models import Membership, User

        in_force = Membership.objects.filter(pk__in=Membership.objects.in_force(timezone.localdate()))
        held = Prefetch("memberships", queryset=in_force.select_related("organisation"), to_attr="held")
        table = Table("用户名 user name", "姓名 name", "岗位 roles", "账号 account")
        for user in User.objects.prefetch_related(held):
            roles = "\n".join(f"{m.organisation} {m.role_label.zh}" for m in user.held)
            table.add_row(user.username, user.name, roles, "在用 in use" if user.is_active else "停用 closed")
        Console().print(table)


def _tell(password: str) -> None:
    typer.echo(f"一次性口令（只显示这一次，7 天内有效）  One-time password (shown once, good for 7 days): {password}")
