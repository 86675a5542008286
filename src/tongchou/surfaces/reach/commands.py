"""The commands that answer what a page answers, and take what is too large for it."""

from __future__ import annotations

from tongchou.surfaces.reach.answer import Asked, SitingAsked


def reach_command(region: str, asked: Asked) -> str:
    """Return the command that tells the same coverage."""
    return f"tongchou networks reach {_what(region, asked)}"


def site_command(region: str, asked: Asked, siting: SitingAsked) -> str:
    """Return the command that finds the same plan; it takes as long as ``--seconds`` says."""
    count = "" if siting.method == "set_cover" else f" -p {siting.count}"
    room = f" --room {siting.room:g}" if siting.room is not None else ""
    rest = f"--method {siting.method}{count} --from {siting.candidates}{room} --seconds 600"
    return f"tongchou networks site {_what(region, asked)} {rest}"


def _what(region: str, asked: Asked) -> str:
    levels = "".join(f" --level {level}" for level in asked.levels if level)
    metres = " --metres" if asked.measure == "metres" else ""
    where = f"{region} {asked.network} --service {asked.service}"
    return f"{where} --within {asked.limit:g}{metres}{levels} --on {asked.day}"
