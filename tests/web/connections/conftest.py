"""Region packages with a network that can be worked out in the head, or with none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings as configured

from tongchou.web.figures.regions import region_named

DECLARED = """\
title: {zh: 三县试验网, en: Three counties}
kind: travel
system: S73
clauses: ["2.8"]
note: {zh: 试验用。, en: For trying.}
assumed:
  speed_road: {value: 60, unit: km/h, assumed: true, label: {zh: 公路速度, en: Roads}}
"""
NODES = """\
id,name,name_en,kind,place,lon,lat,people,status,source,note
A,甲区,Jia,seat,140105,112.56,37.86,100,reported,geonames,
B,乙县,Yi,seat,140121,112.32,37.61,300,reported,geonames,
C,丙县,Bing,seat,140123,,,50,reported,geonames,
H,大站,Big Station,hub,140105,112.60,37.80,,reported,geonames,
"""
#: Before 2021 B lies 60 minutes from A by road; then an expressway takes 20. C hangs on B, the hub on A.
LINKS = """\
tail,head,mode,km,minutes,one_way,opens,closes,project,status,source,note
A,B,road,60,,false,,,,reported,geonames,
A,B,expressway,,20,false,2021-01-01,,northwest-second-ring,reported,geonames,
B,C,road,30,,false,,,,reported,geonames,
A,H,street,,10,false,,,,assumed,geonames,
"""
_NUMBERS = count(1)


@pytest.fixture
def region(builtin, settings, tmp_path) -> Callable[..., Path]:
    """Work with a package whose only networks are those given: ``region(three=(DECLARED, NODES, LINKS))``."""

    def made(**networks: tuple[str, str, str]) -> Path:
        folder = tmp_path / f"region-{next(_NUMBERS)}"
        shutil.copytree(region_named(configured.REGION).folder, folder)
        shutil.rmtree(folder / "networks")
        for name, tables in networks.items():
            own = folder / "networks" / name
            own.mkdir(parents=True)
            for file, text in zip(("network.yaml", "nodes.csv", "links.csv"), tables, strict=True):
                (own / file).write_text(text, "utf-8")
        settings.REGION = str(folder)
        return folder

    return made


@pytest.fixture
def three(region) -> Path:
    return region(three=(DECLARED, NODES, LINKS))
