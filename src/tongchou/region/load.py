"""Loading and checking a region package. Both see the same problems; loading refuses, checking lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.region import build, codes, references
from tongchou.region.consistency import check_figures, check_indicators, check_places_and_totals
from tongchou.region.descriptor import NAME, Descriptor, Resource, parse, table_of
from tongchou.region.model import Base, Figure, Group, Region
from tongchou.region.rows import NO_ROWS, Row, Rows, decode, read_table
from tongchou.region.tables import STANDARD, Table, standard

_POLICY = "policy"


def builtin() -> tuple[str, ...]:
    """Return the names of the region packages that come with Tongchou."""
    folder = Path(str(files("tongchou") / "regions"))
    return tuple(sorted(p.parent.name for p in folder.glob(f"*/{NAME}")))


def package_folder(name_or_dir: str | Path) -> Path:
    """Return the folder of a package; raise :class:`ProblemsError` (G001) when there is none.

    A bare built-in name always means the built-in package; write ``./taiyuan`` for a folder of that name.
    """
    name = str(name_or_dir)
    if name in builtin():
        return Path(str(files("tongchou") / "regions" / name))
    given = Path(name_or_dir)
    if (given / NAME).is_file():
        return given
    raise ProblemsError([codes.PACKAGE_NOT_FOUND.at(name, name=name, builtin="、".join(builtin()))])


def load(name_or_dir: str | Path) -> Region:
    """Return a region package, built in by name or from a folder; raise :class:`ProblemsError` with every error.

    The units a built-in package declares are proved by its tests and not proved again, which spares loading pint.
    """
    folder = package_folder(name_or_dir)
    reading = _Reading(folder, prove_units=str(name_or_dir) not in builtin())
    region = reading.region()
    errors = [p for p in reading.problems if p.severity == "error"]
    if errors or region is None:
        raise ProblemsError(errors)
    return region


def check(directory: str | Path) -> list[Problem]:
    """Return every problem of a package at once, warnings included, in the order of its files."""
    try:
        folder = package_folder(directory)
    except ProblemsError as error:
        return list(error.problems)
    reading = _Reading(folder, prove_units=True)
    reading.region()
    return reading.problems


@dataclass(frozen=True, slots=True)
class TableFile:
    """One declared table of a package: its path inside the folder, its columns, its rows."""

    path: str
    table: Table
    rows: Rows


def read_tables(directory: str | Path) -> dict[str, TableFile]:
    """Return every declared table of a package as it stands, by name; see :func:`check` for what is wrong with it.

    Raises :class:`ProblemsError` when there is no package or its descriptor cannot be read.
    """
    reading = _Reading(package_folder(directory), prove_units=False)
    descriptor = reading.descriptor()
    if descriptor is None:
        raise ProblemsError(reading.problems)
    reading.read(descriptor)
    return {name: TableFile(path, table, reading.tables[name]) for name, (path, table) in reading.shapes.items()}


@dataclass
class _Reading:
    """One pass over a package: reads what is declared, gathers problems, builds what can be built."""

    folder: Path
    prove_units: bool
    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, Rows] = field(default_factory=dict)
    shapes: dict[str, tuple[str, Table]] = field(default_factory=dict)

    def region(self) -> Region | None:
        descriptor = self.descriptor()
        if descriptor is None:
            return None
        self.read(descriptor)
        for name, (where, table) in self.shapes.items():
            self.problems += references.check_references(where, table, self.tables[name], self.tables)
        groups = {g.id: Group(g.id, g.title.text(), g.note.text()) for g in descriptor.region.groups}
        bases = {
            b.id: Base(b.id, b.title.text(), b.note.text(), b.apart, b.whole, b.fits_all)
            for b in descriptor.region.bases
        }
        self.problems += references.check_places(self._where("places"), self._rows("places"), set(groups))
        self.problems += references.check_parties(self._where("parties"), self._rows("parties"))
        self.problems += references.check_adjacency(self._where("adjacency"), self._rows("adjacency"))
        places = build.places(self._rows("places"))
        self._check_region_section(descriptor, {p.code for p in places})
        indicators = build.indicators(self._rows("indicators"))
        self.problems += check_indicators(self._where("indicators"), self._rows("indicators"), bases, self.prove_units)
        figures: list[tuple[str, Row, Figure]] = []
        for name, (where, _) in self.shapes.items():
            if name == "figures" or name.startswith("figures_"):
                known = indicators if self.tables["indicators"].readable else {}
                built = build.figures(self.tables[name].good, where, known, self.problems)
                figures += [(where, row, figure) for row, figure in built]
        self.problems += check_figures(figures, indicators, bases)
        if not any(p.severity == "error" and p.where.startswith(self._where("places")) for p in self.problems):
            # Among faulty places neither validity nor sums can be judged; those faults are reported already.
            self.problems += check_places_and_totals(figures, places, indicators, bases, descriptor.region.centre)
        extra = {name: [row.cells for row in self.tables[name].good] for name in self.shapes if standard(name) is None}
        return Region(
            id=descriptor.name,
            title=descriptor.region.title.text(),
            centre=descriptor.region.centre,
            version=descriptor.version,
            updated=descriptor.updated,
            places=places,
            parties=build.parties(self._rows("parties")),
            indicators=indicators,
            figures=tuple(figure for _, _, figure in figures),
            sources=build.sources(self._rows("sources")),
            projects=build.projects(
                self._rows("projects"), self._rows("project_stages"), self._rows("project_quantities")
            ),
            adjacency=build.adjacency(self._rows("adjacency")),
            policies=self._policies(),
            folder=str(self.folder),
            extra=extra,
            groups=groups,
            bases=bases,
            notices=descriptor.region.notices,
        )

    def _rows(self, name: str) -> list[Row]:
        return self.tables.get(name, NO_ROWS).good

    def _where(self, name: str) -> str:
        return self.shapes[name][0] if name in self.shapes else f"{name}.csv"

    def descriptor(self) -> Descriptor | None:
        text = decode((self.folder / NAME).read_bytes(), NAME, self.problems)
        if text is None:
            return None
        try:
            return parse(text)
        except ProblemsError as error:
            self.problems += error.problems
            return None

    def read(self, descriptor: Descriptor) -> None:
        for table in STANDARD:
            if table.required and all(r.name != table.name for r in descriptor.resources):
                self.problems.append(codes.TABLE_NOT_DECLARED.at(NAME, table=table.name))
                self.tables[table.name] = NO_ROWS
        for resource in descriptor.resources:
            if resource.table_schema is None and standard(resource.name) is None:
                if not (self.folder / resource.path).is_file():
                    self.problems.append(codes.MISSING_FILE.at(NAME, file=resource.path))
                continue
            table, complete = self._shape(resource)
            self.shapes[resource.name] = (resource.path, table)
            self.tables[resource.name] = (
                read_table(self.folder / resource.path, resource.path, table, self.problems) if complete else NO_ROWS
            )
        declared = {r.path for r in descriptor.resources}
        self.problems += [
            codes.UNDECLARED_FILE.at(p.name, file=p.name)
            for p in sorted(self.folder.glob("*.csv"))
            if p.name not in declared
        ]

    def _shape(self, resource: Resource) -> tuple[Table, bool]:
        """Return the columns to expect, and whether none that the standard table requires is missing.

        A standard table has the standard's columns, and any declared beside them.
        """
        declared = table_of(resource)
        norm = standard(resource.name)
        if norm is None:
            return declared, True
        if resource.table_schema is None:
            return norm, True
        columns = []
        for column in declared.columns:
            ours = norm.column(column.name)
            if ours is not None and ours.type != column.type:
                self.problems.append(
                    codes.DECLARATION_DIFFERS.at(NAME, table=resource.name, column=column.name, expected=ours.type)
                )
            columns.append(ours or column)
        names = {c.name for c in columns}
        missing = [c for c in norm.columns if c.required and c.name not in names]
        self.problems += [
            codes.DECLARATION_DIFFERS.at(NAME, table=resource.name, column=c.name, expected=c.type) for c in missing
        ]
        key = tuple(name for name in norm.key if name in names)
        return Table(resource.name, norm.title, tuple(columns), key, norm.required), not missing

    def _check_region_section(self, descriptor: Descriptor, places: set[str]) -> None:
        if not self.tables["places"].readable:
            return
        section = descriptor.region
        if not section.centre:
            self.problems.append(codes.NO_CENTRE.at(f"{NAME} region.centre"))
        elif section.centre not in places:
            self.problems.append(codes.UNKNOWN_PLACE.at(f"{NAME} region.centre", value=section.centre))
        bases = {b.id for b in section.bases}
        for base in section.bases:
            self.problems += [
                codes.UNKNOWN_PLACE.at(f"{NAME} region.bases.{base.id}.apart", value=code)
                for code in base.apart
                if code not in places
            ]
            if base.whole and base.whole not in bases:
                self.problems.append(
                    codes.UNKNOWN_REFERENCE.at(
                        f"{NAME} region.bases.{base.id}.whole", column="whole", value=base.whole, table="bases"
                    )
                )

    def _policies(self) -> tuple[str, ...]:
        folder = self.folder / _POLICY
        return tuple(sorted(p.name for p in folder.iterdir() if p.is_file())) if folder.is_dir() else ()
