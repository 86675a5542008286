"""Dated parameters of lamps and escalation, read from the files beside this one."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from tongchou.kernel import yaml_lines
from tongchou.kernel.declared import Model, Words, model_problems
from tongchou.kernel.problems import Problem, ProblemsError


class Dated(Model):
    """Values in force from a day on, with the paper that sets them; ``assumed`` where nobody has set them."""

    since: date
    paper: Words
    assumed: bool = False


class LampParameters(Dated):
    """How many days before the day due a commitment is 临期, and after how many silent days it is 未报."""

    soon_days: int = Field(ge=0)
    silent_days: int = Field(ge=1)


class Step(Model):
    """One step of escalation: so many days after something, the matter goes to somebody of a role."""

    after: Literal["overdue", "silence"]
    days: int = Field(ge=0)
    to: Words
    role: Literal["officer", "head", "coordinator", "leader"]


class EscalationParameters(Dated):
    """The steps in force from a day on."""

    steps: list[Step] = Field(min_length=1)


D = TypeVar("D", bound=Dated)


def read_dated(text: str, file: str, kind: type[D]) -> tuple[D, ...]:
    """Return what a parameter file holds, the earliest first; raise :class:`ProblemsError` with every fault."""
    problems: list[Problem] = []
    data, lines = yaml_lines.read(text, file, problems)
    if problems:
        raise ProblemsError(problems)
    try:
        values = TypeAdapter(list[kind]).validate_python(data)  # type: ignore[valid-type]
    except ValidationError as error:
        raise ProblemsError(model_problems(error, file, lines)) from error
    return tuple(sorted(values, key=lambda v: v.since))


def in_force(values: tuple[D, ...], on: date) -> D:
    """Return the values in force on a day; before the first of them, the first."""
    return next((v for v in reversed(values) if v.since <= on), values[0])


@lru_cache(maxsize=2)
def _held(name: str, kind: type[D]) -> tuple[D, ...]:
    path = Path(__file__).parent / name
    return read_dated(path.read_text("utf-8"), path.name, kind)


def lamp_parameters(on: date) -> LampParameters:
    """Return when lamps turn, as in force on a day."""
    values: tuple[LampParameters, ...] = _held("lamps.yaml", LampParameters)
    return in_force(values, on)


def escalation(on: date) -> EscalationParameters:
    """Return the steps of escalation in force on a day."""
    values: tuple[EscalationParameters, ...] = _held("escalation.yaml", EscalationParameters)
    return in_force(values, on)
