"""What a register file may say. Unknown keys and missing ones are errors, all reported at once with their lines."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from tongchou.kernel.declared import CodeText, Method, Model, Name, Number, Word, Words

RegisterId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]
Text_ = Literal["text", "long_text"]
Numeric = Literal["number", "integer", "money", "percentage"]
Timed = Literal["date", "partial_date", "month", "year"]
Chosen = Literal["choice", "flag", "place", "party", "clause", "commitment", "register_row", "file"]
Kind = Text_ | Numeric | Timed | Chosen
Role = Literal["officer", "reviewer", "head", "coordinator", "finance", "assessor", "administrator"]
Meaning = Literal["waiting", "under_way", "done", "stopped"]

NUMERIC = frozenset({"number", "integer", "money", "percentage"})
DATED = frozenset({"date", "partial_date", "month"})
LISTED = frozenset({"choice", "place", "party", "clause", "commitment", "register_row", "file"})


class RegisterField(Model):
    """One field. ``unit`` for numbers; ``choices`` for a choice; ``register`` names the register a row is linked in.

    ``when`` maps another field to the values for which this one is asked at all; ``personal`` marks personal data,
    which only the owner sees; with a ``formula`` the value is derived and never typed.
    """

    kind: Kind
    label: Words
    unit: Word | None = None
    note: Words | None = None
    required: bool = False
    many: bool = False
    choices: dict[CodeText, Words] | None = None
    register_: Annotated[RegisterId | None, Field(alias="register")] = None
    at_least: Number | None = None
    at_most: Number | None = None
    longest: Annotated[int, Field(ge=1, le=10_000)] | None = None
    pattern: Word | None = None
    when: dict[Name, list[CodeText] | bool] | None = None
    personal: bool = False
    formula: Word | None = None


class Owner(Model):
    """Who may write: the ``parties`` named, and with ``place`` the party that governs the place of the row."""

    parties: list[Word] = []
    place: bool = False


class Located(Model):
    """Where a row is. A point or polygon is GeoJSON in longitude and latitude of ``crs``, beside the code of the place.

    ``designated`` narrows the places to those a region designates so (its table ``designations``, column ``kind``).
    """

    kind: Literal["none", "code", "point", "polygon"] = "none"
    required: bool = True
    level: Literal["county", "any"] = "county"
    designated: Name | None = None
    crs: Literal["EPSG:4490", "EPSG:4326"] = "EPSG:4490"


class State(Model):
    """One state; ``meaning`` is what its lamp says."""

    label: Words
    meaning: Meaning
    note: Words | None = None


class Move(Model):
    """A move between states: who may make it and what it needs. ``fields`` must be filled before it."""

    from_: Annotated[list[Name], Field(alias="from", min_length=1)]
    to: Name
    label: Words
    who: Annotated[list[Role], Field(min_length=1)]
    evidence: Literal["none", "text", "file"] = "none"
    fields: list[Name] = []
    reason: bool = False


class Cycle(Model):
    """What comes again: the field of the ``last`` time, of the months between two, and of the ``start``."""

    last: Name
    every: Name
    start: Name | None = None


class Stages(Model):
    """A work promised and done: ``order`` are its dated stages; ``open`` is the one that ``due`` promises.

    In the states ``unknown`` it was not found out what became of the work, so that nothing is said of the promise.
    """

    order: Annotated[list[Name], Field(min_length=1)]
    open: Name
    due: Name
    promised: Name | None = None
    strength: Name | None = None
    unknown: list[Name] = []


class Dated(Model):
    """A value from a day on, with the paper it comes from, or ``assumed``."""

    start: date
    value: Number
    source: Words
    paper: Word | None = None
    assumed: bool = False


class Threshold(Model):
    """A number somebody set, which formulas use as ``$name``."""

    unit: Word
    label: Words
    note: Words | None = None
    values: Annotated[list[Dated], Field(min_length=1)]


class Rollup(Model):
    """A figure made of rows, by place and year: an indicator called ``register.<register>.<roll-up>``.

    ``sum``, ``mean`` and ``share`` go over ``of`` (a formula) of rows for which ``where`` holds; a share is out of
    ``over`` (or ``of``, or the number) of the rows ``among`` which they are; ``growth`` is of another roll-up.
    ``year`` is the field whose year a row counts for, ``places`` the field that says where, ``by`` a choice field.
    """

    label: Words
    unit: Word
    clause: Word
    kind: Literal["count", "sum", "mean", "share", "growth"]
    of: Word | None = None
    over: Word | None = None
    where: Word | None = None
    among: Word | None = None
    year: Name | None = None
    places: Name | None = None
    by: Name | None = None
    missing: Literal["carry", "leave_out"] = "carry"
    better: Literal["more", "less", ""] = ""
    note: Words | None = None


class EarlyWarning(Model):
    """What somebody should look at: rows for which ``when`` (a formula) holds, and what is said of them."""

    when: Word
    says: Words
    level: Literal["red", "yellow"] = "yellow"


class Seed(Model):
    """Rows a region package holds already: its ``table``, the column of each field, its outcomes as states."""

    table: Word
    fields: dict[Name, Word]
    status: Literal["official", "reported", "derived", "assumed"] = "reported"
    place: Word | None = None
    state: Word | None = None
    states: dict[CodeText, Name] = {}
    source: Word | None = None


class Declaration(Model):
    """One register as its file declares it; see docs/registers.md."""

    id: RegisterId
    title: Words
    system: Annotated[str, StringConstraints(pattern=r"^S\d\d$")]
    clauses: Annotated[list[Word], Field(min_length=1)]
    method: Method
    owner: Owner
    visibility: Literal["open", "after_first_state", "owner_and_city"] = "after_first_state"
    key: Annotated[list[Name], Field(min_length=1)]
    named: Name
    place: Located = Located()
    fields: Annotated[dict[Name, RegisterField], Field(min_length=1)]
    listed: list[Name] = []
    yearly: dict[Name, RegisterField] = {}
    parameters: dict[Name, Threshold] = {}
    states: Annotated[dict[Name, State], Field(min_length=1)]
    moves: dict[Name, Move] = {}
    cycle: Cycle | None = None
    stages: Stages | None = None
    rollups: dict[Name, Rollup] = {}
    warnings: dict[Name, EarlyWarning] = {}
    seed: Seed | None = None
    caveats: list[Words] = []

    @property
    def first_state(self) -> str:
        """The state in which a row begins."""
        return next(iter(self.states))

    def typed(self) -> dict[str, RegisterField]:
        """Return the fields a person fills in."""
        return {name: field for name, field in self.fields.items() if field.formula is None}

    def shown(self) -> list[str]:
        """Return the fields a list shows: those declared ``listed``, or the first six that are not personal."""
        few = [name for name, field in self.fields.items() if not field.personal and field.kind != "long_text"]
        return self.listed or few[:6]
