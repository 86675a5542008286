"""Every rule computes for the built-in region with figures and parameters that say where they come from."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from tongchou.catalogue import built_in
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.policy.reader import read_file
from tongchou.region import Region, load
from tongchou.rules.codes import SEVERAL_BASES
from tongchou.rules.evaluate import Result
from tongchou.rules.figures import inputs_file, periods_held
from tongchou.rules.run import record, replay
from tongchou.surfaces import rule_schema
from tongchou.surfaces.computing import Asked, compute
from tongchou.surfaces.rule_pages import facts, page

RULES = built_in().rules
# The built-in region's population stands on two bases in 2020; a rule that reads it must be told which.
BASES = (None, "ten_units", "zone_distributed")


@lru_cache(maxsize=1)
def taiyuan() -> Region:
    return load("taiyuan")


@cache
def computed(id_: str) -> Result:
    """Return the result on the base that gives the most numbers; figures on several bases are refused without one."""
    results = []
    for base in BASES:
        try:
            results.append(compute(Asked(id_, taiyuan(), base=base)).result)
        except ProblemsError as error:
            if {p.code for p in error.problems} != {SEVERAL_BASES.code}:
                raise
    return max(results, key=lambda r: int((~np.isnan(r.values[r.rule.declared.result])).sum()))


@pytest.mark.parametrize("id_", RULES)
def test_it_gives_a_number_for_the_built_in_region(id_: str) -> None:
    assert periods_held(RULES[id_], taiyuan())
    result = computed(id_)
    shown = [result.rule.declared.result, *result.rule.declared.also]
    assert not all(np.isnan(result.values[name]).all() for name in shown), [p.message.zh for p in result.problems][:5]


@pytest.mark.parametrize("id_", RULES)
def test_its_run_is_as_its_schema_says_and_replays_to_the_same_hash(id_: str) -> None:
    run = json.loads(json.dumps(record(computed(id_))))
    jsonschema.validate(run, rule_schema.run(), cls=jsonschema.Draft202012Validator)
    assert replay(run)["hash"] == run["hash"]


@pytest.mark.parametrize("id_", RULES)
def test_every_parameter_has_a_dated_value_with_its_paper_or_says_assumed(id_: str) -> None:
    held = built_in().parameters[id_]
    for name in RULES[id_].declared.parameters:
        assert held.values.get(name), name
        assert all(value.paper or value.assumed for value in held.values[name])


@pytest.mark.parametrize("id_", RULES)
def test_what_is_made_up_says_so_in_every_result_it_touches(id_: str) -> None:
    path = inputs_file(RULES[id_], taiyuan())
    if not path.is_file() or "illustrative" not in path.read_text(encoding="utf-8"):
        return  # nothing is made up here
    result = computed(id_)
    made_up = np.zeros(len(result.table), dtype=bool)
    for name in RULES[id_].declared.inputs:
        made_up |= (result.table.status[name] == Status.ILLUSTRATIVE) & ~np.isnan(result.table.values[name])
    if made_up.all():
        values = result.values[RULES[id_].declared.result]
        assert (result.status[RULES[id_].declared.result][~np.isnan(values)] == Status.ILLUSTRATIVE).all()


@pytest.mark.parametrize("id_", RULES)
def test_its_page_its_facts_and_its_schema_can_be_drawn(id_: str) -> None:
    rule = RULES[id_]
    text = page(rule, built_in().parameters[id_])
    for quantity in rule.declared.quantities().values():
        assert quantity.label.zh in text and quantity.label.en in text
    assert facts(rule)["id"] == id_
    jsonschema.Draft202012Validator.check_schema(rule_schema.inputs(rule))


def test_the_openapi_fragment_has_every_rule() -> None:
    found = rule_schema.openapi(RULES.values())
    assert len(found["paths"]) == len(RULES)


@lru_cache(maxsize=1)
def clauses() -> set[str]:
    path = next((Path(taiyuan().folder) / "policy").glob("*.txt"))
    return {clause.id for clause in read_file(path).clauses}


@pytest.mark.parametrize("id_", RULES)
def test_its_clauses_are_those_of_the_built_in_policy(id_: str) -> None:
    assert set(RULES[id_].declared.clauses) <= clauses()


def test_labels_are_in_both_languages_and_not_the_same_word() -> None:
    for rule in RULES.values():
        for name, quantity in rule.declared.quantities().items():
            words: Text = quantity.label.text()
            assert any("\u4e00" <= c <= "\u9fff" for c in words.zh) or words.zh.isascii(), (rule.id, name)
            assert not any("\u4e00" <= c <= "\u9fff" for c in words.en), (rule.id, name)
