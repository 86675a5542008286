"""``tongchou networks reach``: who has a service within the standard on a network of a region package."""

from __future__ import annotations

from typing import Annotated

import typer

from tongchou.surfaces.cli.networks import reach_options as options
from tongchou.surfaces.cli.networks.given import NetworkName, RegionName, table
from tongchou.surfaces.cli.read import Language


def reach(
    region: RegionName,
    network: NetworkName,
    service: options.Service,
    within: options.Within,
    level: options.Levels = None,
    metres: options.Metres = False,
    on: options.On = "",
    gaps: Annotated[int, typer.Option(min=0, help="列出几个缺口。How many gaps to print.")] = 20,
    output: options.Output = None,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """服务覆盖：标准以内有多少人、缺口在哪、均不均匀。Coverage of a service: people within, gaps, how evenly."""
    from rich.console import Console

    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.reach.exports import NO_FOOT
    from tongchou.surfaces.reach.listings import coverage_listing, gap_listing
    from tongchou.surfaces.reach.sentences import sentences, warning

    outputs = output or []
    options.unfit(outputs)
    asked = {"network": network, "service": service, "levels": tuple(level or ()), "limit": within}
    try:
        answer = options.answer_of(region, asked | {"measure": "metres" if metres else "minutes"}, on)
    except ProblemsError as error:
        raise stop(error.problems) from None
    console, said = Console(soft_wrap=True), language.value
    if told := warning(answer.served):
        console.print(told.in_(said), style="bold red", markup=False, highlight=False)
    for one in sentences(answer):
        console.print(one.in_(said), markup=False, highlight=False)
    covered = coverage_listing(answer, NO_FOOT)
    console.print(table(covered, covered.rows, said))
    if gaps and answer.coverage.beyond.size:
        listing = gap_listing(answer, NO_FOOT)
        console.print(table(listing, listing.rows[:gaps], said))
        if len(listing.rows) > gaps:
            more = len(listing.rows) - gaps
            console.print(f"另有 {more} 个。{more} more.", markup=False)
    options.write_all(outputs, answer, None, said)
