"""Rows of registers, and a cache that forgets between tests."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tongchou.registers.row import accept
from tongchou.web.figures.regions import region_named
from tongchou.web.people.models import Organisation
from tongchou.web.registers.actions import add_row
from tongchou.web.registers.importing import receive_seeds
from tongchou.web.registers.looking_up import references, registers


@pytest.fixture(autouse=True)
def forgetful():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def add(organisations, now):
    """Add a row: ``add("territory.subsidence", {…}, "county-140181", years={2021: {…}})``."""

    def added(id_: str, given: dict, organisation: str, *, years=None, by=None):
        register = registers()[id_]
        return add_row(
            register=register,
            accepted=accept(register, given, references()),
            years=years or {},
            organisation=Organisation.objects.get(pk=organisation),
            by=by,
            now=now,
        )

    return added


@pytest.fixture
def seeded(organisations, now, settings):
    """The rows the region package holds."""
    region = region_named(settings.REGION)
    for register in registers().values():
        receive_seeds(register=register, region=region, references=references(), now=now)


AREA = {
    "code": "GJ01",
    "name": "嘉乐泉片",
    "strand": "relocation",
    "households_target": "100",
    "due": "2020-12-31",
    "place": "140181",
    "geometry": '{"type":"Polygon","coordinates":[[[112.1,37.9],[112.2,37.9],[112.2,38.0],[112.1,37.9]]]}',
}
HOUSEHOLD = {
    "code": "LF-1",
    "head": "王某某",
    "phone": "13800000000",
    "village": "甲村",
    "people": "4",
    "duty": "是",
    "policy": "是",
    "support": "否",
    "supervision": "是",
    "place": "140123",
}


@pytest.fixture
def area(add):
    return add("territory.subsidence", AREA, "county-140181", years={2021: {"households": 20}})


@pytest.fixture
def household(add):
    return add("services.four_not_removed", HOUSEHOLD, "county-140123")
