"""The command line: ``tongchou``. Each command is one module; heavy imports happen inside the commands."""

from __future__ import annotations

import typer

from tongchou import __version__
from tongchou.surfaces.cli import extensions, networks, region, registers, rules
from tongchou.surfaces.cli.breakeven import breakeven
from tongchou.surfaces.cli.compare import compare
from tongchou.surfaces.cli.compute import compute
from tongchou.surfaces.cli.export import export
from tongchou.surfaces.cli.read import read
from tongchou.surfaces.cli.whatif import whatif

app = typer.Typer(
    name="tongchou",
    help="统筹: read, compute, pay, check and contest a regional development policy.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(read)
app.command()(compute)
app.command()(whatif)
app.command()(breakeven)
app.command()(compare)
app.command()(export)
app.add_typer(region.app, name="region")
app.add_typer(rules.app, name="rules")
app.add_typer(registers.app, name="registers")
app.add_typer(networks.app, name="networks")
extensions.register(app)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    if version:
        typer.echo(f"tongchou {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; bad input ends with exit code 2."""
    app()
