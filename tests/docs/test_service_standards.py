"""The page of service standards lists every standard the rules use, with its paper, and hides none that is assumed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tongchou.catalogue import built_in

PAGE = (Path(__file__).parents[2] / "docs" / "service-standards.md").read_text(encoding="utf-8")
CONVENTIONS = {"near", "middle", "limit", "weight_middle", "weight_far", "exponent", "travel", "more"}
RULES = (
    "services.health_network",
    "services.health_standard",
    "services.life_circle",
    "services.next_site",
    "services.school_standard",
    "territory.green_access",
)


@pytest.mark.parametrize("id_", RULES)
def test_every_standard_of_a_rule_has_a_row(id_: str) -> None:
    held = built_in().parameters[id_].values
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and f"`{id_}`" in line]
    named = {word for line in rows for word in re.findall(r"`([a-z_]+)`", line.split(f"`{id_}`", 1)[1])}
    wanted = {*held} - (CONVENTIONS if id_ != "services.school_standard" else {"more"})
    if id_ == "services.next_site":
        wanted = {"limit"}
    assert wanted <= named


@pytest.mark.parametrize("id_", RULES)
def test_every_paper_of_a_rule_is_named(id_: str) -> None:
    papers = {value.paper for values in built_in().parameters[id_].values.values() for value in values if value.paper}
    assert all(paper in PAGE for paper in papers), papers
