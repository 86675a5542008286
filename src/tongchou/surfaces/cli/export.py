"""``tongchou export``: a region's figures in the forms other programs take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    region: Annotated[str, typer.Argument(metavar="REGION", help="地区包。A region package: taiyuan, or a folder.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="输出 .zip .csv .xml .gpkg。The kind of file is its suffix."
        ),
    ],
    indicator: Annotated[str, typer.Option(help="只要一个指标。One indicator only.")] = "",
) -> None:
    """把地区包的数据写成数据包、SDMX 或 GeoPackage。Write figures as Data Package, SDMX or GeoPackage."""
    from datetime import UTC, datetime

    from tongchou.kernel.problems import ProblemsError
    from tongchou.region import load
    from tongchou.region.layout import schematic_layout
    from tongchou.region.layout.newest import newest_shapes
    from tongchou.surfaces import codes
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.cli.writing import write
    from tongchou.surfaces.open_data.forms import FORMS, Given

    form = FORMS.get(output.suffix.lstrip(".").lower())
    if form is None:
        known = " ".join(f".{suffix}" for suffix in FORMS)
        raise stop([codes.UNKNOWN_SUFFIX.at(str(output), suffix=output.suffix, known=known)])
    try:
        held = load(region)
    except ProblemsError as error:
        raise stop(error.problems) from None
    if indicator and indicator not in held.indicators:
        raise stop([codes.NO_SUCH_INDICATOR.at("--indicator", id=indicator)])
    figures = held.of_indicator(indicator) if indicator else tuple(held.figures)
    shapes = newest_shapes(held) if output.suffix.lower() == ".gpkg" else None
    layout = schematic_layout(shapes, [(a.a, a.b) for a in held.adjacency]) if shapes else None
    problem = write(output, form.write(Given(held, figures, layout, datetime.now(UTC))))
    if problem is not None:
        raise stop([problem])
    typer.echo(f"{output}  {len(figures)}")
