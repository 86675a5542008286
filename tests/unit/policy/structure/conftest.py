"""Regions for the structure stages: none, a small one of our own, and the built-in one."""

from __future__ import annotations

import pytest

from tongchou.kernel.parties import Parties, Party, PartyKind
from tongchou.kernel.places import Place, PlaceKind, Places
from tongchou.policy.model import Policy
from tongchou.policy.reader import read_text
from tongchou.region.load import load
from tongchou.region.model import Region


@pytest.fixture(scope="session")
def taiyuan() -> Region:
    return load("taiyuan")


@pytest.fixture(scope="session")
def builtin(taiyuan: Region) -> Policy:
    """The built-in policy as shipped, read with its region."""
    from importlib.resources import files

    text = files("tongchou").joinpath("regions", "taiyuan", "policy", "taiyuan-2019.txt").read_text("utf-8")
    return read_text(text, "taiyuan-2019.txt", places=taiyuan.places, parties=taiyuan.parties)


@pytest.fixture(scope="session")
def small() -> tuple[Places, Parties]:
    """A made-up city with a district, a county and a zone."""
    places = Places(
        [
            Place("990100", "云川市", "Yunchuan", PlaceKind.PREFECTURE, aliases=("云川",)),
            Place("990102", "东湖区", "Donghu", PlaceKind.DISTRICT, "990100", ("东湖",)),
            Place("990121", "青石县", "Qingshi", PlaceKind.COUNTY, "990100", ("青石",)),
            Place("Z99001", "云川高新区", "Yunchuan High-tech Zone", PlaceKind.ZONE, "990100", ("高新区",)),
        ]
    )
    parties = Parties(
        [
            Party(
                "dr",
                "市发改委",
                "",
                PartyKind.DEPARTMENT,
                "云川市发展和改革委员会",
                ("市发展改革委",),
                fields=("重大项目",),
            ),
            Party("fin", "市财政局", "", PartyKind.DEPARTMENT, fields=("成本分担", "转移支付")),
            Party("edu", "市教育局", "", PartyKind.DEPARTMENT, fields=("义务教育",)),
            Party("east", "东湖区人民政府", "", PartyKind.COUNTY_GOVERNMENT, place="990102"),
            Party("stone", "青石县人民政府", "", PartyKind.COUNTY_GOVERNMENT, place="990121"),
            Party("zone", "高新区管委会", "", PartyKind.ZONE_COMMITTEE, place="Z99001"),
            Party("all", "各县（市、区）人民政府", "", PartyKind.GROUP, members=("east", "stone")),
        ]
    )
    return places, parties
