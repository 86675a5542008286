"""Reading a network folder: every table, every reference, every rule; all that is wrong told at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tongchou.kernel.declared import Lines, read_model
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.networks import codes
from tongchou.networks.package import checking
from tongchou.networks.package.declaration import FILE, Declared
from tongchou.networks.package.model import Assumption, CityNetwork, Facility, Line, Link, Node, Stop
from tongchou.networks.package.supplying import check_supply
from tongchou.networks.package.tables import COMMON, tables_of
from tongchou.region.descriptor import NAME as DESCRIPTOR
from tongchou.region.load import read_tables
from tongchou.region.references import check_references
from tongchou.region.rows import NO_ROWS, Row, Rows, read_table

FOLDER = "networks"


def names(folder: Path | str) -> tuple[str, ...]:
    """Return the ids of the networks that a region package holds."""
    return tuple(sorted(p.parent.name for p in (Path(folder) / FOLDER).glob(f"*/{FILE}")))


def read(folder: Path | str, id: str) -> CityNetwork:
    """Return the network ``networks/<id>`` of a package; raise :class:`ProblemsError` with everything wrong with it."""
    reading = _Reading(Path(folder), id)
    network = reading.network()
    errors = [p for p in reading.problems if p.severity == "error"]
    if errors or network is None:
        raise ProblemsError(errors)
    return network


def check(folder: Path | str) -> list[Problem]:
    """Return every problem of every network of a package, warnings included."""
    problems: list[Problem] = []
    for name in names(folder):
        reading = _Reading(Path(folder), name)
        reading.network()
        problems += reading.problems
    return problems


@dataclass
class _Reading:
    """One pass over a folder: reads, gathers problems, builds what can be built."""

    package: Path
    id: str
    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, Rows] = field(default_factory=dict)

    def network(self) -> CityNetwork | None:
        if self.id not in names(self.package):
            known = "、".join(names(self.package)) or "—"
            self.problems.append(codes.NO_NETWORK.at(self.id, network=self.id, names=known))
            return None
        try:
            declared, lines = read_model(Declared, self.package / FOLDER / self.id / FILE, self._where(FILE))
        except ProblemsError as error:
            self.problems += error.problems
            return None
        assumed = self._assumed(declared, lines)
        self.problems += checking.check_assumed(self._where(FILE), assumed, lines)
        self._tables(declared)
        nodes = tuple(_node(row) for row in self._good("nodes"))
        links = tuple(_link(row) for row in self._good("links"))
        lines_ = tuple(_line(row, assumed) for row in self._good("lines"))
        stops = tuple(_stop(row) for row in self._good("stops"))
        facilities = tuple(_facility(row) for row in self._good("facilities"))
        at = {name: self._where(f"{name}.csv") for name in self.tables}
        for name in ("nodes", "links", "lines", "facilities"):
            self.problems += checking.check_sources(at[name], self._good(name))
        self.problems += checking.check_nodes(at["nodes"], self._good("nodes"))
        self.problems += checking.check_links(at["links"], links, assumed, timed=declared.kind == "travel")
        self.problems += checking.check_lines(at["lines"], self._good("lines"), assumed)
        if "lines" in self.tables:
            self.problems += checking.check_stops(at["stops"], lines_, self._good("stops"), self.tables["stops"])
        self.problems += checking.check_spans(at["facilities"], self._good("facilities"))
        extra = tables_of(declared.kind)[len(COMMON) :]
        if extra:
            good = {t.name: self._good(t.name) for t in extra}
            self.problems += check_supply(lambda name: self._where(f"{name}.csv"), links, good)
        return CityNetwork(
            self.id,
            declared.title.text(),
            declared.kind,
            declared.system,
            tuple(declared.clauses),
            declared.note.text(),
            assumed,
            nodes,
            links,
            lines_,
            stops,
            facilities,
            {t.name: tuple(row.cells for row in self._good(t.name)) for t in extra},
        )

    def _where(self, file: str) -> str:
        return f"{FOLDER}/{self.id}/{file}"

    def _good(self, name: str) -> list[Row]:
        return self.tables.get(name, NO_ROWS).good

    def _assumed(self, declared: Declared, lines: Lines) -> dict[str, Assumption]:
        found = {}
        for name, given in declared.assumed.items():
            if given.source is None and not given.assumed:
                where = f"{self._where(FILE)}:{lines.get(('assumed', name), 1)}"
                self.problems.append(codes.NO_GROUND.at(where, name=name))
            status = Status.ASSUMED if given.assumed or given.source is None else Status.REPORTED
            found[name] = Assumption(name, given.value, given.unit, given.label.text(), status, given.source or "")
        return found

    def _tables(self, declared: Declared) -> None:
        folder = self.package / FOLDER / self.id
        shapes = tables_of(declared.kind)
        for table in shapes:
            path = folder / f"{table.name}.csv"
            missing = not table.required and not path.is_file()
            self.tables[table.name] = (
                Rows([], [], True) if missing else read_table(path, self._where(path.name), table, self.problems)
            )
        known = {f"{table.name}.csv" for table in shapes}
        self.problems += [
            codes.UNKNOWN_TABLE.at(self._where(p.name), file=p.name, names="、".join(sorted(known)))
            for p in sorted(folder.glob("*.csv"))
            if p.name not in known
        ]
        around = self._around()
        for table in shapes:
            self.problems += check_references(
                self._where(f"{table.name}.csv"), table, self.tables[table.name], around | self.tables
            )

    def _around(self) -> dict[str, Rows]:
        """Return the package's own tables; what is wrong with them is told by the check of the package."""
        if not (self.package / DESCRIPTOR).is_file():
            return {}
        try:
            held = read_tables(self.package.absolute())
        except ProblemsError:
            return {}
        return {name: held[name].rows for name in ("places", "sources", "projects") if name in held}


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _name(cells: dict[str, str]) -> Text:
    return Text(cells["name"], cells["name_en"])


def _node(row: Row) -> Node:
    c = row.cells
    return Node(
        c["id"], _name(c), c["kind"], c["place"], _number(c["lon"]), _number(c["lat"]), _number(c["people"]),
        Status.parse(c["status"]), c["source"], c["note"],
    )  # fmt: skip


def _link(row: Row) -> Link:
    c = row.cells
    return Link(
        c["tail"], c["head"], c["mode"], _number(c["km"]), _number(c["minutes"]), c["one_way"] == "true",
        _day(c["opens"]), _day(c["closes"]), c["project"], Status.parse(c["status"]), c["source"], c["note"], row.line,
    )  # fmt: skip


def _line(row: Row, assumed: dict[str, Assumption]) -> Line:
    c = row.cells
    status = Status.parse(c["status"])
    told: list[float] = []
    taken: list[str] = []
    for column, name in checking.TIMING.items():
        given = _number(c[column])
        if given is None and name in assumed:
            given, status = assumed[name].value, min(status, assumed[name].status)
            taken.append(name)
        told.append(0.0 if given is None else given)
    return Line(
        c["line"], _name(c), told[0], told[1], _day(c["opens"]), c["project"], status, c["source"], c["note"], row.line,
        tuple(taken),
    )  # fmt: skip


def _stop(row: Row) -> Stop:
    c = row.cells
    return Stop(c["line"], int(c["position"]), c["node"], _number(c["km_to_next"]) or 0.0, _day(c["opens"]))


def _facility(row: Row) -> Facility:
    c = row.cells
    return Facility(
        c["id"], c["node"], _name(c), c["service"], c["level"], _number(c["capacity"]), c["unit"], _day(c["opens"]),
        _day(c["closes"]), Status.parse(c["status"]), c["source"], c["note"],
    )  # fmt: skip
