"""What the account of a number is made of: figures, parameters, steps with their terms, what an algorithm recorded."""

from __future__ import annotations

from dataclasses import dataclass

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules.parameters import Dated
from tongchou.web.computing.cells import Shown
from tongchou.web.computing.describing import Formula


@dataclass(frozen=True, slots=True)
class Listed:
    """Numbers of several rows, each with what its row is called; ``more`` are not listed."""

    rows: tuple[tuple[Text, Shown], ...]
    more: int = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.rows) + self.more

    @property
    def weakest(self) -> Status | None:
        """The weakest status among those listed, ``None`` where none has a number."""
        return min((cell.status for _, cell in self.rows if cell.status is not None), default=None)


@dataclass(frozen=True, slots=True)
class Figure:
    """An input that the number rests on: its own row's figure, those of several rows, or both.

    ``cell`` is ``None`` where the input has several figures for the one number.
    """

    name: str
    label: Text
    cell: Shown | None
    listed: Listed | None
    unit: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter that the number rests on: the value in force, or one for each code where several have a part."""

    name: str
    label: Text
    value: Text | None
    by_code: tuple[tuple[Text, Text], ...]
    dated: Dated


@dataclass(frozen=True, slots=True)
class Part:
    """What goes into a step: a name with its value, or something taken over several rows, with the number of each."""

    label: Text
    value: Text
    anchor: str
    listed: Listed | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step with its value in this row; ``cell`` is ``None`` where it has several for the one number."""

    name: str
    label: Text
    note: Text | None
    formula: Formula
    cell: Shown | None
    listed: Listed | None
    unit: str
    terms: tuple[Part, ...]
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """A step that an algorithm recorded: for this row where it has one number a row, else for the whole period."""

    label: Text
    value: str


@dataclass(frozen=True, slots=True)
class Account:
    """Everything behind one number."""

    column: Text
    cell: Shown
    unit: str
    place: Text
    figures: tuple[Figure, ...]
    settings: tuple[Setting, ...]
    stages: tuple[Stage, ...]
    notes: tuple[Noted, ...]
