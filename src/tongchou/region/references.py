"""Whether everything that is named exists, once, and in the right place."""

from __future__ import annotations

import re

from tongchou.kernel.places import PlaceKind
from tongchou.kernel.problems import Problem, ProblemKind
from tongchou.region import codes
from tongchou.region.rows import Row, Rows
from tongchou.region.tables import Table

_KINDS: dict[str, ProblemKind] = {
    "places": codes.UNKNOWN_PLACE,
    "indicators": codes.UNKNOWN_INDICATOR,
    "sources": codes.UNKNOWN_SOURCE,
    "parties": codes.UNKNOWN_PARTY,
}
_DIVISION = re.compile(r"\d{6}\Z", re.ASCII)


def check_references(where: str, table: Table, rows: Rows, tables: dict[str, Rows]) -> list[Problem]:
    """Return a problem for every cell that names something its target table does not hold.

    A target that could not be read at all is not searched: that fault is reported once, at the file.
    """
    problems: list[Problem] = []
    for column in table.columns:
        if not column.refers:
            continue
        target, _, field = column.refers.partition(".")
        held = tables.get(target)
        if held is None or not held.readable:
            continue
        known = held.values(field)
        kind = _KINDS.get(target)
        for row in rows.all:
            cell = row.cells.get(column.name, "")
            for value in row.list(column.name) if column.type == "list" else (cell,) if cell else ():
                if value in known:
                    continue
                place = f"{where}:{row.line} {column.name}"
                problems.append(
                    kind.at(place, value=value)
                    if kind is not None
                    else codes.UNKNOWN_REFERENCE.at(place, column=column.name, value=value, table=target)
                )
    return problems


def check_places(where: str, rows: list[Row], groups: set[str]) -> list[Problem]:
    """Return what is wrong with codes, groups, validity intervals, parents and names of places."""
    problems: list[Problem] = []
    parents = {row.cells["code"]: row.cells.get("parent", "") for row in rows}
    for row in rows:
        cells = row.cells
        at = f"{where}:{row.line}"
        zone = cells["kind"] == PlaceKind.ZONE
        if zone == bool(_DIVISION.match(cells["code"])):
            problems.append(codes.PLACE_CODE.at(f"{at} code", code=cells["code"], kind=cells["kind"]))
        group = cells.get("group", "")
        if group and group not in groups:
            problems.append(
                codes.UNKNOWN_REFERENCE.at(f"{at} group", column="group", value=group, table="datapackage.json groups")
            )
        start, end = cells.get("valid_from", ""), cells.get("valid_to", "")
        if start and end and end <= start:
            problems.append(codes.REVERSED_INTERVAL.at(f"{at} valid_to", start=start, end=end))
        if _circular(cells["code"], parents):
            problems.append(codes.PLACE_CYCLE.at(f"{at} parent", code=cells["code"]))
    return problems + check_names(where, rows, "code", ("name",))


def _circular(code: str, parents: dict[str, str]) -> bool:
    seen: set[str] = set()
    above = parents.get(code, "")
    while above and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False


def check_parties(where: str, rows: list[Row]) -> list[Problem]:
    """Return groups without members, members of what is no group, and names that belong to two parties."""
    problems = [
        codes.GROUP_MEMBERS.at(f"{where}:{row.line} members", id=row.cells["id"])
        for row in rows
        if (row.cells["kind"] == "group") != bool(row.list("members")) or row.cells["id"] in row.list("members")
    ]
    return problems + check_names(where, rows, "id", ("name", "full_name"))


def check_names(where: str, rows: list[Row], id_column: str, columns: tuple[str, ...]) -> list[Problem]:
    """Return every name or alias that two rows share, which would make a text ambiguous."""
    problems: list[Problem] = []
    owner: dict[str, str] = {}
    for row in rows:
        mine = row.cells[id_column]
        names = [*(row.cells.get(c, "") for c in columns), *row.list("aliases")]
        problems += [
            codes.SHARED_NAME.at(f"{where}:{row.line}", name=name, first=first, second=mine)
            for name in dict.fromkeys(filter(None, names))
            if (first := owner.setdefault(name, mine)) != mine
        ]
    return problems


def check_adjacency(where: str, rows: list[Row]) -> list[Problem]:
    """Return pairs that name one unit twice, and pairs given in both directions."""
    problems: list[Problem] = []
    seen: dict[frozenset[str], int] = {}
    for row in rows:
        a, b = row.cells["a"], row.cells["b"]
        if a == b:
            problems.append(codes.SELF_ADJACENT.at(f"{where}:{row.line}", a=a))
        elif (line := seen.setdefault(frozenset((a, b)), row.line)) != row.line:
            problems.append(codes.DUPLICATE_KEY.at(f"{where}:{row.line}", line=line, key=f"{a} × {b}"))
    return problems
