"""How the command line shows problems: one table on standard error, and exit code 2 where one is an error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from tongchou.kernel.problems import Problem

if TYPE_CHECKING:
    from rich.console import Console

_MARKS = {"error": "[red]错误 error[/]", "warning": "[yellow]提醒 warning[/]"}


def show(problems: Sequence[Problem], console: Console | None = None) -> None:
    """Print every problem with its place, reason and way out, in both languages."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(show_lines=True)
    table.add_column("代码 code", no_wrap=True)
    table.add_column("位置 where", overflow="fold")
    table.add_column("问题与办法 what and way out", overflow="fold", ratio=1)
    for problem in problems:
        table.add_row(
            f"{problem.code}\n{_MARKS[problem.severity]}",
            escape(problem.where),
            f"{escape(problem.message.zh)}\n[dim]{escape(problem.message.en)}[/]\n"
            f"→ {escape(problem.hint.zh)}\n[dim]→ {escape(problem.hint.en)}[/]",
        )
    (console or Console(stderr=True)).print(table)


def stop(problems: Sequence[Problem]) -> typer.Exit:
    """Show the problems and return the exit to raise: code 2, the answer to bad input."""
    show(problems)
    return typer.Exit(2)
