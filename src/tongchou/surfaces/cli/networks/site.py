"""``tongchou networks site``: where the next facilities would go on a network of a region package, with the proof."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tongchou.surfaces.cli.networks import reach_options as options
from tongchou.surfaces.cli.networks.given import NetworkName, RegionName, table
from tongchou.surfaces.cli.read import Language


class Method(StrEnum):
    """What the next sites are for."""

    MAXIMAL_COVER = "maximal_cover"
    P_MEDIAN = "p_median"
    P_CENTRE = "p_centre"
    SET_COVER = "set_cover"


class From(StrEnum):
    """Where they may stand."""

    SITES = "sites"
    PEOPLE = "people"


def site(
    region: RegionName,
    network: NetworkName,
    service: options.Service,
    within: options.Within,
    count: Annotated[int, typer.Option("--count", "-p", min=1, help="再建几处。How many more.")] = 1,
    method: Annotated[Method, typer.Option(help="办法。Method.")] = Method.MAXIMAL_COVER,
    candidates: Annotated[
        From, typer.Option("--from", help="候选点：sites 标明的备选点，people 居民点。Candidates.")
    ] = From.PEOPLE,
    room: Annotated[
        float | None, typer.Option(min=1, help="每处最多服务多少人（p_median、p_centre）。Room for people at each.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="求解时限。Time limit of solving.")] = 60.0,
    level: options.Levels = None,
    metres: options.Metres = False,
    on: options.On = "",
    output: options.Output = None,
    language: Annotated[Language, typer.Option(help="标签语言。Language of labels.")] = Language.ZH,
) -> None:
    """下一步布点：再建几处放在哪里，证明到哪一步。Next sites: where they would go, and how far that is proved."""
    from rich.console import Console

    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.reach.answer import SitingAsked, placed
    from tongchou.surfaces.reach.exports import NO_FOOT
    from tongchou.surfaces.reach.listings import plan_listing
    from tongchou.surfaces.reach.sentences import plan_sentences, warning
    from tongchou.surfaces.reach.words import SITINGS

    outputs = output or []
    options.unfit(outputs)
    asked = {"network": network, "service": service, "levels": tuple(level or ()), "limit": within}
    try:
        answer = options.answer_of(region, asked | {"measure": "metres" if metres else "minutes"}, on)
        plan = placed(answer, SitingAsked(method.value, count, candidates.value, room), seconds=seconds)
    except ProblemsError as error:
        raise stop(error.problems) from None
    console, said = Console(soft_wrap=True), language.value
    if told := warning(answer.served):
        console.print(told.in_(said), style="bold red", markup=False, highlight=False)
    for one in (*plan_sentences(answer, plan), SITINGS[method.value][1]):
        console.print(one.in_(said), markup=False, highlight=False)
    listing = plan_listing(answer, plan, NO_FOOT)
    console.print(table(listing, listing.rows, said))
    options.write_all(outputs, answer, plan, said)
