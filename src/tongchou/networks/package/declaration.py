"""``network.yaml``: what a network is, which system and clauses it serves, and every number that is assumed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from tongchou.kernel.declared import Model, Name, Number, Word, Words
from tongchou.networks.package.tables import Kind

FILE = "network.yaml"


class Assumed(Model):
    """One number nobody measured here: a speed, a headway, a factor of detour."""

    value: Number
    unit: Word
    label: Words
    source: Word | None = None
    assumed: bool = False


class Declared(Model):
    """``network.yaml`` as a whole."""

    title: Words
    kind: Kind
    system: Annotated[str, StringConstraints(pattern=r"^S\d{2}$")]
    clauses: Annotated[list[Word], Field(min_length=1)]
    note: Words
    assumed: dict[Name, Assumed] = {}
