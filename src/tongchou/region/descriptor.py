"""``datapackage.json``: a Frictionless tabular data package with a ``region`` section, read strictly."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.region.codes import BAD_DESCRIPTOR
from tongchou.region.tables import LIST_SEPARATOR, NOT_APPLICABLE, Column, Table

NAME = "datapackage.json"
_Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$")]


def _inside(path: str) -> str:
    """Refuse a path that could leave the package's folder."""
    if not path or path.startswith("/") or "\\" in path or ":" in path or ".." in path.split("/"):
        raise ValueError("a path inside the package's folder is needed")
    return path


def _expression(pattern: str) -> str:
    """Refuse a pattern that is no regular expression."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


_RelativePath = Annotated[str, AfterValidator(_inside)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Strict):
    """The same words in both languages."""

    zh: str
    en: str

    def text(self) -> Text:
        """Return the kernel's text."""
        return Text(self.zh, self.en)


class Licence(_Strict):
    """A licence of the package or of one table."""

    name: str
    title: str = ""
    path: str = ""


class Contributor(_Strict):
    """Who compiled the package."""

    title: str
    role: str = "author"


class Constraints(_Strict):
    """What a cell must satisfy."""

    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: Annotated[str, AfterValidator(_expression)] = ""
    minimum: float | None = None
    maximum: float | None = None


class Column_(_Strict):  # noqa: N801 - "Field" is pydantic's, "Column" ours
    """One column as declared."""

    name: str
    type: Literal["string", "integer", "number", "date", "boolean", "list"] = "string"
    title: str = ""
    title_en: str = ""
    description: str = ""
    delimiter: str | None = None
    constraints: Constraints = Constraints()


class Reference(_Strict):
    """What a foreign key points at."""

    resource: str
    fields: str


class ForeignKey(_Strict):
    """A column whose values must be found in another table."""

    fields: str
    reference: Reference


class Schema(_Strict):
    """The columns of one table."""

    fields: tuple[Column_, ...]
    primaryKey: tuple[str, ...] = ()  # noqa: N815 - Table Schema's spelling
    foreignKeys: tuple[ForeignKey, ...] = ()  # noqa: N815
    missingValues: tuple[str, ...] = ("",)  # noqa: N815


class Resource(_Strict):
    """One file of the package."""

    name: _Name
    path: _RelativePath
    profile: Literal["tabular-data-resource", "data-resource"] = "data-resource"
    title: str = ""
    title_en: str = ""
    description: str = ""
    format: str = ""
    mediatype: str = ""
    encoding: str = "utf-8"
    licenses: tuple[Licence, ...] = ()
    table_schema: Schema | None = Field(default=None, alias="schema")


class Group(_Strict):
    """A grouping of places and who made it."""

    id: _Name
    title: Bilingual
    note: Bilingual


class Base(_Strict):
    """A population base. ``apart`` names zones counted beside the units; ``whole`` the base that includes them."""

    id: _Name
    title: Bilingual
    note: Bilingual
    apart: tuple[str, ...] = ()
    whole: str = ""
    fits_all: bool = False  # nothing was counted apart at the time, so the figure suits every base


class RegionSection(_Strict):
    """What Tongchou adds to the Frictionless descriptor."""

    title: Bilingual
    centre: str
    groups: tuple[Group, ...] = ()
    bases: tuple[Base, ...] = ()
    notices: tuple[str, ...] = ()


class Descriptor(_Strict):
    """``datapackage.json`` as a whole."""

    profile: Literal["tabular-data-package"]
    name: _Name
    title: str
    description: str = ""
    version: str
    updated: date
    licenses: tuple[Licence, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    keywords: tuple[str, ...] = ()
    region: RegionSection
    resources: tuple[Resource, ...]


def parse(text: str) -> Descriptor:
    """Read a descriptor; raise :class:`ProblemsError` with every fault (G002)."""
    try:
        raw: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProblemsError([BAD_DESCRIPTOR.at(NAME, reason=str(error))]) from error
    try:
        descriptor = Descriptor.model_validate(raw)
    except ValidationError as error:
        raise ProblemsError(_problems(error)) from error
    repeated = _repeated([r.name for r in descriptor.resources]) | _repeated([r.path for r in descriptor.resources])
    if repeated:
        raise ProblemsError(
            BAD_DESCRIPTOR.at(f"{NAME} resources", reason=f"{name} declared twice") for name in sorted(repeated)
        )
    return descriptor


def _repeated(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def _problems(error: ValidationError) -> list[Problem]:
    return [
        BAD_DESCRIPTOR.at(f"{NAME} {'.'.join(str(part) for part in fault['loc'])}".strip(), reason=fault["msg"])
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def table_of(resource: Resource) -> Table:
    """Return the declared table of a resource as the checks use it."""
    schema = resource.table_schema or Schema(fields=())
    refers = {k.fields: f"{k.reference.resource}.{k.reference.fields}" for k in schema.foreignKeys}
    columns = tuple(
        Column(
            f.name,
            Text(f.title or f.name, f.title_en or f.name),
            f.type,
            required=f.constraints.required,
            allowed=f.constraints.enum,
            pattern=f.constraints.pattern,
            form=f.constraints.pattern,
            refers=refers.get(f.name, ""),
            low=f.constraints.minimum,
            high=f.constraints.maximum,
            about=Text(f.description, f.description),
        )
        for f in schema.fields
    )
    return Table(resource.name, Text(resource.title, resource.title_en), columns, schema.primaryKey, required=False)


def resource_for(table: Table, name: str = "") -> dict[str, Any]:
    """Return the resource entry that declares ``table`` (under another ``name`` where given)."""
    fields: list[dict[str, Any]] = []
    for column in table.columns:
        field: dict[str, Any] = {"name": column.name, "type": column.type}
        field |= {"title": column.title.zh, "title_en": column.title.en}
        if column.about.zh:
            field["description"] = column.about.zh
        if column.type == "list":
            field["delimiter"] = LIST_SEPARATOR
        constraints: dict[str, Any] = {}
        if column.required:
            constraints["required"] = True
        if column.allowed:
            constraints["enum"] = list(column.allowed)
        if column.pattern:
            constraints["pattern"] = column.pattern
        if column.low is not None:
            constraints["minimum"] = column.low
        if column.high is not None:
            constraints["maximum"] = column.high
        if constraints:
            field["constraints"] = constraints
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields}
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [c for c in table.columns if c.refers]
    if keys:
        schema["foreignKeys"] = [
            {
                "fields": c.name,
                "reference": {"resource": c.refers.partition(".")[0], "fields": c.refers.partition(".")[2]},
            }
            for c in keys
        ]
    if any(c.type == "number" and c.required for c in table.columns):
        schema["missingValues"] = ["", NOT_APPLICABLE]
    name = name or table.name
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": table.title.zh,
        "title_en": table.title.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
