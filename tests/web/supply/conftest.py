"""Region packages with a water and a power network that can be worked out in the head."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings as configured

from tongchou.web.figures.regions import region_named
from tongchou.web.supply import held

_NODES = "id,name,name_en,kind,place,lon,lat,people,status,source,note\n"
_LINKS = "tail,head,mode,km,minutes,one_way,opens,closes,project,status,source,note\n"
_CAPACITIES = "tail,head,mode,capacity,used,lost,cost,status,source,note\n"
#: Ten a month come to A, which needs 4 for people and 8 for farms in July; three of them can go on to B, where industry
#: needs 5 a month. What is over is kept in A: ten at most.
WATER = {
    "network.yaml": "title: {zh: 试验水网, en: Water to try}\nkind: water\nsystem: S77\nclauses: [\"2.5\"]\n"
    "note: {zh: 试验用。, en: For trying.}\n",
    "nodes.csv": _NODES
    + "spring,泉,Spring,source,,112.2,37.9,,reported,geonames,\n"
    + "A,甲库,Reservoir A,reservoir,140121,112.32,37.61,,reported,geonames,\n"
    + "B,乙网,Mains B,works,140122,112.66,38.07,,reported,geonames,\n",
    "links.csv": _LINKS + "A,B,small,,,true,,,,reported,geonames,\n",
    "capacities.csv": _CAPACITIES + "A,B,small,3,,0,0,reported,geonames,\n",
    "inflows.csv": "origin,node,role,month,amount,lost,cost,status,source,note\n"
    "spring,A,river,,10,0,0,reported,geonames,\n",
    "reservoirs.csv": "node,capacity,opening,reserve,lost,status,source,note\nA,10,0,0,0,reported,geonames,\n",
    "demands.csv": "node,place,role,month,amount,lost,status,source,note\n"
    "A,140121,people,,4,0,reported,geonames,\nA,140121,farm,07,8,0,reported,geonames,\n"
    "B,140122,industry,,5,0,reported,geonames,\n",
}  # fmt: skip
#: The loads (60 and 26) and circuits (two each) are those of the package's inputs; its capacities (110, 50) are not.
POWER = {
    "network.yaml": 'title: {zh: 试验电网, en: Power to try}\nkind: energy\nsystem: S74\nclauses: ["2.9"]\n'
    "note: {zh: 试验用。, en: For trying.}\n",
    "nodes.csv": _NODES
    + "grid_north,北,North,source,,112.6,38.25,,reported,geonames,\n"
    + "grid_south,南,South,source,,112.5,37.55,,reported,geonames,\n"
    + "140121,清徐县,Qingxu County,seat,140121,112.32583,37.61748,,reported,geonames,\n"
    + "140122,阳曲县,Yangqu County,seat,140122,112.65946,38.07514,,reported,geonames,\n",
    "links.csv": _LINKS
    + "grid_south,140121,line,,,false,,,,reported,geonames,\ngrid_north,140122,line,,,false,,,,reported,geonames,\n",
    "capacities.csv": _CAPACITIES
    + "grid_south,140121,line,100,,,,reported,geonames,\ngrid_north,140122,line,60,,,,reported,geonames,\n",
}
_NUMBERS = count(1)


@pytest.fixture
def region(builtin, settings, tmp_path) -> Iterator[Callable[..., Path]]:
    """Work with a package whose only networks are those given: ``region(water=WATER)``."""

    def made(**networks: Mapping[str, str]) -> Path:
        folder = tmp_path / f"region-{next(_NUMBERS)}"
        shutil.copytree(region_named(configured.REGION).folder, folder)
        shutil.rmtree(folder / "networks", ignore_errors=True)
        for name, files in networks.items():
            own = folder / "networks" / name
            own.mkdir(parents=True)
            for file, text in files.items():
                (own / file).write_text(text, "utf-8")
        settings.REGION = str(folder)
        return folder

    yield made
    held.forget()
