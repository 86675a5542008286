"""``tongchou networks``: travel times and access on one's own files, and networks of region packages.

Each command is one module, added here; heavy imports happen inside the commands.
"""

from __future__ import annotations

import typer

from tongchou.surfaces.cli.networks.access import access
from tongchou.surfaces.cli.networks.allocate import allocate
from tongchou.surfaces.cli.networks.compare import compare
from tongchou.surfaces.cli.networks.inputs import inputs
from tongchou.surfaces.cli.networks.nearest import nearest
from tongchou.surfaces.cli.networks.osm import osm
from tongchou.surfaces.cli.networks.reach import reach
from tongchou.surfaces.cli.networks.show import show
from tongchou.surfaces.cli.networks.site import site
from tongchou.surfaces.cli.networks.times import times

app = typer.Typer(
    help="网络：行程时间、最近设施、可达。Networks: travel times, nearest facilities, access.", no_args_is_help=True
)


@app.callback()
def _networks() -> None:
    """网络：行程时间、最近设施、可达。Networks: travel times, nearest facilities, access."""


app.command()(show)
app.command()(compare)
app.command()(inputs)
app.command()(allocate)
app.command()(times)
app.command()(nearest)
app.command()(access)
app.command()(reach)
app.command()(site)
app.command()(osm)
