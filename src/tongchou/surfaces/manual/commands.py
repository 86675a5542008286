"""The page of commands, drawn by Typer from the command line's own declarations."""

from __future__ import annotations

import typer
import typer.cli
import typer.main


def page() -> str:
    """Return the page as Markdown: every command with its arguments and options."""
    from tongchou.surfaces.cli import app

    command = typer.main.get_command(app)
    context = typer.Context(command, info_name="tongchou")
    text = typer.cli.get_docs_for_click(obj=command, ctx=context, name="tongchou", title="命令 · Commands")
    return text.strip() + "\n"
