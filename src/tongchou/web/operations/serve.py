"""``tongchou serve``: the workbench for real, on as many processes as there are cores."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tongchou.kernel.problems import Problem

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    host: Annotated[str, typer.Option(help="监听的地址。Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听的端口。Port to listen on.", min=1, max=65535)] = 8000,
    processes: Annotated[
        int, typer.Option(help="进程数，0 为每核一个。Processes; 0 for one a core.", min=0, max=64)
    ] = 0,
    threads: Annotated[int, typer.Option(help="每进程的线程数。Threads of each process.", min=1, max=64)] = 8,
) -> None:
    """正式运行工作台（docs/operations.md）。Serve the workbench for real, behind a proxy that provides HTTPS."""
    os.environ.setdefault("TONGCHOU_PRODUCTION", "1")
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import show, stop
    from tongchou.web.operations import processes as running
    from tongchou.web.operations.starting import bring_up_to_date, environment_problems, set_up

    problems = [*unsafe(host), *environment_problems()]
    try:
        listening = listen(host, port)
    except ProblemsError as error:
        problems += error.problems
    if any(p.severity == "error" for p in problems):
        raise stop(problems)
    if problems:
        show(problems)
    with listening:
        try:
            set_up()
            password = bring_up_to_date()
        except ProblemsError as error:
            raise stop(error.problems) from None
        if password is not None:
            tell_first_password(password)
        from django.db import connections

        connections.close_all()
        typer.echo(f"统筹工作台 http://{host}:{port}/  （Ctrl+C 停止 · Ctrl+C to stop）", err=True)
        raise typer.Exit(running.run(listening, processes or os.cpu_count() or 1, threads))


def unsafe(host: str) -> list[Problem]:
    """Return every reason not to serve with these settings; a warning may be lived with."""
    from tongchou.web.operations import codes

    found: list[Problem] = []
    if os.environ.get("TONGCHOU_DEBUG") == "1":
        found.append(codes.DEBUG_IN_PRODUCTION.at("TONGCHOU_DEBUG"))
    key = os.environ.get("TONGCHOU_SECRET_KEY")
    if key and len(key) < 50:
        found.append(codes.SHORT_KEY.at("TONGCHOU_SECRET_KEY", length=len(key)))
    https, proxy = os.environ.get("TONGCHOU_HTTPS") != "0", os.environ.get("TONGCHOU_PROXY")
    if https and not proxy:
        found.append(codes.NO_HTTPS.at("TONGCHOU_PROXY"))
    if not https and host not in _LOOPBACK:
        found.append(codes.CLEAR_TEXT.at("--host", host=host))
    if (proxy or host not in _LOOPBACK) and not os.environ.get("TONGCHOU_HOSTS"):
        found.append(codes.NO_HOSTS.at("TONGCHOU_HOSTS"))
    return found


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address, for all processes to share; raise ``ProblemsError`` when it is taken."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.web.operations import codes

    made: socket.socket | None = None
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind)
        if os.name == "posix":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(1024)
    except OSError as error:
        if made is not None:
            made.close()
        reason = error.strerror or str(error)
        raise ProblemsError([codes.ADDRESS_TAKEN.at(f"{host}:{port}", reason=reason)]) from None
    return made


def tell_first_password(password: str) -> None:
    """Show the first administrator's password, on the terminal only; it is in no log and no file."""
    typer.echo(
        "\n已建立系统管理员账号 admin，首次登录后须改口令。此口令只显示这一次：\n"
        "An administrator's account admin has been made; its password is to be changed at the first sign-in\n"
        f"and is shown only this once:\n\n    {password}\n",
        err=True,
    )
