"""Roads written as a network of a region package, with where they come from and under which licence."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.networks import codes
from tongchou.networks.osm.reading import By, Roads
from tongchou.networks.osm.speeds import SPEEDS, label
from tongchou.region import codes as region_codes

SOURCE = "openstreetmap"
ATTRIBUTION = "© OpenStreetMap contributors"
LICENCE = "Open Database License (ODbL) 1.0"
_NAME = Text("网络编号", "the id of the network")
_ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_NODES = ("id", "name", "name_en", "kind", "place", "lon", "lat", "people", "status", "source", "note")
_LINKS = ("tail", "head", "mode", "km", "minutes", "one_way", "opens", "closes", "project", "status", "source", "note")
_SOURCES = ("id", "title", "publisher", "date", "url", "licence", "confidence", "note")


def write_network(
    roads: Roads, package: Path, name: str, by: By, speeds: Mapping[str, float], *, today: date, extract: str
) -> Path:
    """Write ``networks/<name>/`` of a package and its source; return the folder, which appears when it is whole.

    Each kind of road is a mode with the speed of ``speeds``, else of :data:`SPEEDS`, under ``assumed``: change one
    there, and every time follows. Raises where the package is none or the name is taken.
    """
    folder = package / "networks" / name
    problems: list[Problem] = []
    if not (package / "datapackage.json").is_file():
        problems.append(codes.NO_FILE.at(str(package / "datapackage.json")))
    if not re.fullmatch(_ID, name):
        problems.append(region_codes.BAD_FORM.at("--as", column=_NAME, value=name, form="A-z 0-9 . - _"))
    elif folder.exists():
        problems.append(codes.EXISTS.at(str(folder), name=name))
    if problems:
        raise ProblemsError(problems)
    part = folder.with_name(f".{name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        _rows(part / "nodes.csv", _NODES, _nodes(roads))
        _rows(part / "links.csv", _LINKS, _links(roads))
        told = _declared(roads, by, speeds, today, extract)
        (part / "network.yaml").write_text(
            yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110), "utf-8"
        )
        _credit(package / "sources.csv", today, extract)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _nodes(roads: Roads) -> list[tuple[object, ...]]:
    return [
        (f"n{i}", f"路口{i}", f"Junction {i}", "junction", "", f"{x:.7f}", f"{y:.7f}", "", "reported", SOURCE, "")
        for i, (x, y) in zip(roads.ids.tolist(), roads.at.tolist(), strict=True)
    ]


def _links(roads: Roads) -> list[tuple[object, ...]]:
    ids = roads.ids
    rows = zip(roads.tails, roads.heads, roads.kinds.tolist(), roads.kilometres, roads.one_way, strict=True)
    return [
        (f"n{ids[a]}", f"n{ids[b]}", kind, f"{max(km, 0.001):.3f}", "", "true" if single else "false", "", "", "",
         "reported", SOURCE, "")
        for a, b, kind, km, single in rows
    ]  # fmt: skip


def _declared(roads: Roads, by: By, speeds: Mapping[str, float], today: date, extract: str) -> dict[str, object]:
    segments, nodes, km = roads.dropped
    zh, en = ("机动车道路", "Roads for cars") if by is By.DRIVE else ("步行网", "Ways on foot")
    used = sorted(set(roads.kinds.tolist()))
    return {
        "title": {"zh": f"{zh}（OpenStreetMap）", "en": f"{en} (OpenStreetMap)"},
        "kind": "travel",
        "system": "S73",
        "clauses": ["2.8"],
        "note": {
            "zh": f"由 {extract} 于{today}生成。{ATTRIBUTION}，{LICENCE}。"
            "时间是里程除以假定的时速，不是实测。只留最大的连通部分，"
            f"略去{nodes}个节点、{segments}段、{km:.1f}公里。不计转弯限制、限时通行。",
            "en": f"Made of {extract} on {today}. {ATTRIBUTION}, {LICENCE}. "
            "Minutes are kilometres by an assumed speed, not measured. Only the largest connected part is kept; "
            f"{nodes} nodes, {segments} segments, {km:.1f} km are left out. "
            "Turn restrictions and hours of access are not taken into account.",
        },
        "assumed": {
            f"speed_{kind}": {
                "value": speeds.get(kind, SPEEDS[kind]),
                "unit": "km/h",
                "label": {"zh": label(kind).zh, "en": label(kind).en},
                "assumed": True,
            }
            for kind in used
        },
    }


def _credit(path: Path, today: date, extract: str) -> None:
    """Add OpenStreetMap to the sources of the package, once; the file is replaced whole."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        held = list(csv.reader(file))
    if any(row and row[0] == SOURCE for row in held):
        return
    row = (
        SOURCE, "OpenStreetMap", ATTRIBUTION, today.isoformat(), "https://www.openstreetmap.org/copyright", LICENCE,
        "medium", f"{extract}",
    )  # fmt: skip
    part = path.with_name(f".{path.name}.part")
    _rows(part, held[0] if held else _SOURCES, [*held[1:], row])
    part.replace(path)


def _rows(path: Path, heads: object, rows: object) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads)  # type: ignore[arg-type]
        writer.writerows(rows)  # type: ignore[arg-type]
