"""What the rows of a result are called: places and nodes by the region's names, other keys by the rule's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tongchou.kernel.text import Text
from tongchou.networks.package.naming import node_names
from tongchou.region.model import Region
from tongchou.rules.keys import JOIN
from tongchou.rules.rule import Rule

_BETWEEN = " · "
_TOGETHER = "+"  # between the members of a coalition
_PROJECTS = frozenset(("project", "coalition"))
_NODES = frozenset(("tail", "head", "station", "facility", "demand", "plot"))  # may name what networks hold


def code_name(rule: Rule, key: str, code: str, region: Region | None) -> Text:
    """Return what one code of a key is called: by the rule, the region's places, nodes or indicators, else itself."""
    if (words := rule.declared.names.get(key, {}).get(code)) is not None:
        return words.text()
    if region is not None:
        place = next((p for p in region.places if p.code == code), None)
        if place is not None:
            return Text(place.name, place.name_en)
        for rows in region.extra.values():
            named = next((row for row in rows if code in (row.get("id"), row.get("code"))), None)
            if named is not None and named.get("name"):
                return Text(named["name"], named.get("name_en") or named["name"])
        for declared in rule.declared.inputs.values():
            if declared.indicator is not None and f"{{{key}}}" in declared.indicator:
                indicator = region.indicators.get(declared.indicator.replace(f"{{{key}}}", code))
                if indicator is not None:
                    return Text(*(words.rpartition(sep)[2] for words, sep in _title(indicator.title)))
        if key in _PROJECTS and (work := next((p for p in region.projects if p.id == code), None)) is not None:
            return work.name
        if key in _NODES and region.folder and (node := node_names(region.folder).get(code)) is not None:
            return node
    if _TOGETHER in code:
        members = [code_name(rule, key, part, region) for part in code.split(_TOGETHER)]
        return Text(_TOGETHER.join(m.zh for m in members), _TOGETHER.join(m.en for m in members))
    return Text(code, code)


def row_names(rule: Rule, keys: Mapping[str, Sequence[str]], region: Region | None) -> dict[str, Text]:
    """Return the name of every place code; parts of a joined code are named one by one."""
    named: dict[tuple[str, str], Text] = {}

    def name(key: str, code: str) -> Text:
        if (key, code) not in named:
            named[key, code] = code_name(rule, key, code, region)
        return named[key, code]

    found: dict[str, Text] = {}
    for parts in zip(*(keys[key] for key in rule.rows), strict=True):
        place = JOIN.join(parts)
        if place not in found:
            words = [name(key, code) for key, code in zip(rule.rows, parts, strict=True)]
            found[place] = Text(_BETWEEN.join(w.zh for w in words), _BETWEEN.join(w.en for w in words))
    return found


def _title(title: Text) -> tuple[tuple[str, str], tuple[str, str]]:
    """Split off what all indicators of a series share: 在业人口：C 制造业 → C 制造业."""
    return (title.zh, "："), (title.en, ": ")
