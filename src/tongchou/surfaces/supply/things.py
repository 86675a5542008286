"""What of a supply network can be made larger or smaller to see what it does: its links and its reservoirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks.package import CityNetwork

STORE = "store"  # the role of a reservoir, as in the rule for water
#: The unit of a capacity by kind of network.
UNITS = {
    "water": Text("万立方米/月", "10⁴ m³ a month"),
    "energy": Text("万千瓦", "10 MW"),
    "information": Text("Gbps", "Gbps"),
}
#: The unit of what a reservoir holds.
STORED = Text("万立方米", "10⁴ m³")


@dataclass(frozen=True, slots=True)
class Thing:
    """A link (``tail`` to ``head`` by ``role``) or a reservoir (at both, role ``store``) with its capacity."""

    tail: str
    head: str
    role: str
    name: Text
    amount: float
    unit: Text

    @property
    def id(self) -> str:
        """What it is called in an address."""
        return f"{self.tail}|{self.head}|{self.role}"


@dataclass(frozen=True, slots=True)
class Change:
    """Another capacity for one thing, by its id."""

    thing: str
    amount: float


def things(network: CityNetwork) -> dict[str, Thing]:
    """Return the reservoirs and links that have a capacity, by id."""
    names = {n.id: n.name for n in network.nodes}
    found = [
        Thing(row["node"], row["node"], STORE, names[row["node"]], float(row["capacity"]), STORED)
        for row in network.extra.get("reservoirs", ())
    ]
    for row in network.extra.get("capacities", ()):
        tail, head = names[row["tail"]], names[row["head"]]
        name = Text(f"{tail.zh} → {head.zh}", f"{tail.en} → {head.en}")
        found.append(Thing(row["tail"], row["head"], row["mode"], name, float(row["capacity"]), UNITS[network.kind]))
    return {one.id: one for one in found}


def changed(network: CityNetwork, change: Change) -> CityNetwork:
    """Return the network with another capacity of one thing, then assumed; ``KeyError`` without the thing."""
    thing = things(network)[change.thing]
    table = "reservoirs" if thing.role == STORE else "capacities"
    other = {"capacity": str(change.amount), "status": Status.ASSUMED.word, "source": "", "note": "假设 what-if"}

    def is_it(row: Mapping[str, str]) -> bool:
        return row["node"] == thing.tail if table == "reservoirs" else (
            (row["tail"], row["head"], row["mode"]) == (thing.tail, thing.head, thing.role)
        )  # fmt: skip

    rows = tuple({**row, **other} if is_it(row) else row for row in network.extra[table])
    return replace(network, extra={**network.extra, table: rows})


def supposing(thing: Thing, amount: float) -> Text:
    """Return a change in words."""
    unit = thing.unit
    return Text(
        f"假设{thing.name.zh}由 {figure(thing.amount)} 改为 {figure(amount)} {unit.zh}。",
        f"Supposing {thing.name.en} at {figure(amount)} instead of {figure(thing.amount)} {unit.en}.",
    )
