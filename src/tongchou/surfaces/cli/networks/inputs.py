"""``tongchou networks inputs``: the rows of a rule out of a network, as a package's ``inputs/`` holds them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongchou.surfaces.cli.networks.given import NetworkName, RegionName

if TYPE_CHECKING:
    from tongchou.networks.package import CityNetwork
    from tongchou.region import Region


class Fed(StrEnum):
    """The rules that take their rows from a network of travel."""

    CONNECTION = "infrastructure.connection"
    BUILD_ORDER = "infrastructure.build_order"
    NEIGHBOUR_LINKS = "council.neighbour_links"
    SERVICES = "goals.distance_to_services"
    HEALTH_NETWORK = "services.health_network"
    ACCESS = "services.access"
    NEXT_SITE = "services.next_site"
    GREEN_ACCESS = "territory.green_access"


_REACH = {Fed.HEALTH_NETWORK, Fed.ACCESS, Fed.NEXT_SITE, Fed.GREEN_ACCESS}


def inputs(
    region: RegionName,
    network: NetworkName,
    rule: Annotated[Fed, typer.Option(help="给哪条规则。For which rule.")] = Fed.CONNECTION,
    year: Annotated[
        list[int] | None, typer.Option(min=1900, max=2200, help="年份，可重复；默认有变化的年份。Years; repeatable.")
    ] = None,
    service: Annotated[
        str, typer.Option(help="可达性规则用哪类设施。Which service, for the rules of reach.")
    ] = "health",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪里；默认屏幕。Where to write.")] = None,
) -> None:
    """由网络写出规则的数据行，可改分钟再算。Write a rule's rows from a network, to change minutes and compute."""
    from tongchou.kernel.problems import ProblemsError
    from tongchou.surfaces.cli.networks.given import network_of
    from tongchou.surfaces.cli.problems import stop
    from tongchou.surfaces.cli.writing import write

    try:
        held, found = network_of(region, network, "travel")
        years = tuple(year or ())
        text = _reach(rule, found, years, service) if rule in _REACH else _text(rule, held, found, years)
    except ProblemsError as error:
        raise stop(error.problems) from None
    if output is None:
        typer.echo(text, nl=False)
        return
    if problem := write(output, text.encode()):
        raise stop([problem])
    typer.echo(f"→ {output}")


def _text(rule: Fed, region: Region, network: CityNetwork, years: tuple[int, ...]) -> str:
    from tongchou.systems.council import neighbour_inputs
    from tongchou.systems.goals import services_inputs
    from tongchou.systems.infrastructure import build_order_inputs, connection_inputs

    if rule is Fed.CONNECTION:
        return connection_inputs.text(region, network, years)
    if rule is Fed.BUILD_ORDER:
        return build_order_inputs.text(region, network, years)
    changed = years or connection_inputs.years_of(network)
    if rule is Fed.NEIGHBOUR_LINKS:
        return neighbour_inputs.text(region, network, changed)
    return services_inputs.text(network, changed)


def _reach(rule: Fed, network: CityNetwork, years: tuple[int, ...], service: str) -> str:
    from tongchou.systems.services import reach_inputs
    from tongchou.systems.territory import green_inputs

    if rule is Fed.GREEN_ACCESS:
        return green_inputs.text(network, years)
    if rule is Fed.HEALTH_NETWORK:
        return reach_inputs.health_network(network, years, service)
    made = reach_inputs.access if rule is Fed.ACCESS else reach_inputs.next_site
    return made(network, years, service)
