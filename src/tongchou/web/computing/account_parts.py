"""What the account of a number is made of: figures, parameters, steps with their terms, what an algorithm recorded."""

from __future__ import annotations

from dataclasses import dataclass

from tongchou.kernel.text import Text
from tongchou.rules.parameters import Dated
from tongchou.web.computing.cells import Shown
from tongchou.web.computing.describing import Formula


@dataclass(frozen=True, slots=True)
class Figure:
    """An input that the number rests on."""

    name: str
    label: Text
    cell: Shown
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter that the number rests on, with the value in force."""

    name: str
    label: Text
    value: Text
    dated: Dated


@dataclass(frozen=True, slots=True)
class Part:
    """What goes into a step: a name with its value, or something taken over several places, with each place's value."""

    label: Text
    value: Text
    anchor: str
    places: tuple[tuple[Text, Shown], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """One step with its value in this row."""

    name: str
    label: Text
    note: Text | None
    formula: Formula
    cell: Shown
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
