"""Commands that live in layers above the command line, found by entry point and loaded only when called."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

import typer

GROUP = "tongchou.commands"
_CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True}


def register(app: typer.Typer) -> None:
    """Add every command of the entry point group to ``app``: a function, or a Typer app with commands of its own."""
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        _add(app, entry)


def _add(app: typer.Typer, entry: EntryPoint) -> None:
    try:
        command = entry.load()
    except ModuleNotFoundError as error:
        missing = error.name or "a package"

        def refuse() -> None:
            typer.echo(f"缺少 {missing}：请安装 pip install 'tongchou[web]'", err=True)
            typer.echo(f"{missing} is not installed: run pip install 'tongchou[web]'", err=True)
            raise typer.Exit(2)

        app.command(entry.name, context_settings=_CONTEXT, help="Needs the extra tongchou[web].")(refuse)
    else:
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=entry.name)
        else:
            app.command(entry.name)(command)
