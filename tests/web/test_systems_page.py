"""The table of contents names every system of the policy, with what there is for it and what there is not."""

from __future__ import annotations

import re

from tongchou.catalogue import built_in
from tongchou.systems.directory import MODULES, TIERS, systems


def test_the_directory_is_whole():
    held = systems()
    assert list(held) == [f"S{n:02d}" for n in range(1, 79)]
    assert {s.module for s in held.values()} == set(MODULES)
    assert {tier: sum(s.tier == tier for s in held.values()) for tier in TIERS} == {"A": 47, "B": 16, "C": 15}


def test_its_clauses_are_clauses_of_the_policy(builtin):
    known = {clause.id for clause in builtin.policy.clauses}
    assert {c for s in systems().values() for c in s.clauses} <= known


def test_everything_declared_serves_a_system():
    catalogue = built_in()
    declared = [r.declared.system for r in (*catalogue.rules.values(), *catalogue.registers.values())]
    assert set(declared) <= set(systems())


def test_the_page_shows_what_there_is(stranger, builtin, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        html = stranger.get("/systems/").content.decode()
    assert len(re.findall(r'<tr id="S\d\d">', html)) == 78
    row = re.search(r'<tr id="S67">.*?</tr>', html, re.S)[0]
    assert "撤县设区" in row and "登记" in row
    assert "/rules/fiscal.equalisation/" in re.search(r'<tr id="S20">.*?</tr>', html, re.S)[0]


def test_files(stranger, builtin):
    for suffix in ("csv", "xlsx", "docx"):
        assert stranger.get(f"/systems/list.{suffix}").status_code == 200
    assert stranger.get("/systems/list.pdf").status_code == 404
