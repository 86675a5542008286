"""``tongchou verify``: is everything still what was recorded? The chain of events, runs, the ledger of money, files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from tongchou.kernel.problems import Problem
    from tongchou.kernel.text import Text

    Check = tuple[Text, Callable[[], Iterator[Problem]]]


def verify() -> None:
    """校验事件链、测算、资金台账和文件。Verify the chain of events, runs, the ledger of money and the files."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop
    from tongchou.web.operations.starting import set_up

    try:
        set_up()
    except ProblemsError as error:
        raise stop(error.problems) from None
    report()


def report() -> None:
    """Make every check with a progress bar; show the problems and exit with 2 where there are any."""
    from rich.console import Console
    from rich.progress import Progress

    from tongchou.surfaces.cli.problems import show, stop
    from tongchou.web.operations import codes
    from tongchou.web.operations.snapshot import is_up_to_date, snapshot

    if not is_up_to_date():
        raise stop([codes.NO_WORK.at("TONGCHOU_DATABASE_URL")])
    console, problems = Console(stderr=True), []
    with snapshot(), Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        made = checks()
        task = progress.add_task("", total=len(made))
        for label, faults in made:
            progress.update(task, description=f"{label.zh} {label.en}")
            found = list(faults())
            is_sound = not any(p.severity == "error" for p in found)
            typer.echo(f"{'✔' if is_sound else '✘'} {label.zh} {label.en}" + (f"：{len(found)}" if found else ""))
            problems += found
            progress.advance(task)
    if any(p.severity == "error" for p in problems):
        raise stop(problems)
    if problems:
        show(problems)


def checks() -> list[Check]:
    """Return the checks there are: those of the database, and the ``verification`` module of every app."""
    from tongchou.kernel.text import Text
    from tongchou.web.discovery import offered

    found: list[Check] = [(Text("数据库", "database"), database_faults)]
    return found + [(module.LABEL, module.faults) for module in offered("verification")]


def faults() -> list[Problem]:
    """Return everything that is wrong, of all checks."""
    return [problem for _, faults in checks() for problem in faults()]


def database_faults() -> Iterator[Problem]:
    """Yield what the database itself finds wrong: pages, keys, constraints."""
    from django.db import IntegrityError, connection

    from tongchou.web.operations import codes

    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield codes.CONSTRAINT_BROKEN.at("database", reason=str(error).splitlines()[0])
    ask = (
        "PRAGMA integrity_check"
        if connection.vendor == "sqlite"
        else "SELECT conname FROM pg_constraint WHERE NOT convalidated"
    )
    with connection.cursor() as cursor:
        cursor.execute(ask)
        for (line,) in cursor.fetchall():
            if line != "ok":
                yield codes.CONSTRAINT_BROKEN.at("database", reason=line)
