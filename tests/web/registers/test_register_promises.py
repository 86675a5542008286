"""What is promised of all registers: none needs Python of its own; the demonstration's rows are marked so."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import tongchou
from tongchou.catalogue import registers
from tongchou.web.registers.demo import prepare
from tongchou.web.registers.models import Row

ROOT = Path(tongchou.__file__).parent


def test_no_register_needs_python_of_its_own():
    # The menu's page of works shows one register by its id; nothing else knows any.
    allowed = {("web/urls.py", "infrastructure.projects")}
    named = set()
    for path in ROOT.rglob("*.py"):
        text = path.read_text("utf-8")
        for id_ in registers():
            if re.search(rf"[\"']{re.escape(id_)}[\"']", text):
                named.add((path.relative_to(ROOT).as_posix(), id_))
    assert named == allowed


def test_every_register_stands_in_a_topic_and_serves_a_system():
    from tongchou.web.registers.modules import MODULES

    for register in registers().values():
        assert register.module in MODULES
        assert register.file == f"{register.module}/registers/{register.id.partition('.')[2]}.yaml"


def test_the_demonstrations_rows_are_illustrative_and_taken_once(seeded, now):
    prepare(now)
    made_up = Row.objects.filter(status="illustrative")
    count = made_up.count()
    assert count > 20
    assert not made_up.exclude(source="示例数据").exists()
    prepare(now + timedelta(days=1))
    assert made_up.count() == count


def test_figures_of_made_up_rows_say_so(seeded, now):
    from tongchou.kernel.status import Status
    from tongchou.web.registers.rollups import rollup_figures

    prepare(now)
    figures = rollup_figures(registers()["territory.subsidence"], now)
    assert figures
    assert {f.status for f in figures} == {Status.ILLUSTRATIVE}
    projects = rollup_figures(registers()["infrastructure.projects"], now)
    assert {f.status for f in projects} == {Status.DERIVED}
