"""The 78 systems the policy says should exist: the table of contents of the product, from ``systems.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tongchou.kernel.text import Text

#: Folders of ``tongchou.systems`` in the order of the policy.
MODULES = {
    "duties": Text("责任与落实", "Duties and follow-through"),
    "goals": Text("目标与差距", "Goals, gaps and indices"),
    "assessment": Text("考核与监督", "Assessment and supervision"),
    "council": Text("协调议事", "Deliberation and coordination"),
    "fiscal": Text("财政均衡", "Fiscal equalisation"),
    "compensation": Text("成本分担与生态补偿", "Cost sharing and ecological compensation"),
    "industry": Text("产业转移与协作", "Industry and paired cooperation"),
    "factors": Text("要素流动", "Free flow of factors"),
    "services": Text("公共服务", "Public services"),
    "environment": Text("生态环境共治", "Ecological and environmental governance"),
    "territory": Text("空间与土地", "Space, land and special-type areas"),
    "infrastructure": Text("基础设施与数字底座", "Infrastructure and digital base"),
}
#: How a system stands in the text.
TIERS = {
    "A": Text("条文点名", "named in the text"),
    "B": Text("条文所称的办法、名单或规则", "a list or rule the text names"),
    "C": Text("条文未点名，核对承诺所需", "not named; needed to check a promise"),
}


@dataclass(frozen=True, slots=True)
class System:
    """One system: its number, the module it belongs to, its tier (A, B or C), the clauses it follows from."""

    id: str
    module: str
    tier: str
    clauses: tuple[str, ...]
    title: Text


@lru_cache(maxsize=1)
def systems() -> dict[str, System]:
    """Return all systems by number, in the order of the policy."""
    with (Path(__file__).parent / "systems.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: System(
                row["id"],
                row["module"],
                row["tier"],
                tuple(row["clauses"].split("|")),
                Text(row["title_zh"], row["title_en"]),
            )
            for row in csv.DictReader(file)
        }
