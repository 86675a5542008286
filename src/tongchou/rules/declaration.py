"""What a rule file may say. Unknown keys and missing ones are errors, all reported at once with their lines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.rules import codes, yaml_lines

Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]


class Model(BaseModel):
    """Strict and frozen: nothing is coerced, nothing extra is accepted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Words(Model):
    """The same words in both languages."""

    zh: Word
    en: Word

    def text(self) -> Text:
        """Return the words as :class:`~tongchou.kernel.text.Text`."""
        return Text(self.zh, self.en)


class Method(Words):
    """Whose method this is, and where it is published."""

    source: Word


class Parameter(Model):
    """A number somebody set: its dated values with their papers stand in a parameter file."""

    unit: Word
    label: Words


class Input(Parameter):
    """A figure the rule needs. ``base`` is the population base it must be on; ``indicator`` where to find it."""

    indicator: Word | None = None
    base: str = ""


class Closing(Model):
    """Money settled in whole ``unit``: it adds up to the pool ``to``, at most or exactly.

    Units left over go to the largest remainders; of equal remainders to the larger amount, then to the lower place
    code, which is what ``ties: larger_then_code`` declares.
    """

    to: Annotated[str, StringConstraints(pattern=r"^\$[a-z][a-z0-9_]{0,39}$")]
    unit: Word
    at_most: bool = False
    exactly: bool = False
    ties: Literal["larger_then_code"] = "larger_then_code"


class Column(Parameter):
    """One step of the calculation. ``missing`` says what an aggregate does when a place lacks its number."""

    formula: Word
    closes: Closing | None = None
    missing: Literal["carry", "leave_out"] = "carry"


class Declaration(Model):
    """One rule as its file declares it; see docs/rules.md."""

    id: RuleId
    title: Words
    system: Annotated[str, StringConstraints(pattern=r"^S\d\d$")]
    clauses: Annotated[list[Word], Field(min_length=1)]
    method: Method
    per: Annotated[list[Literal["county", "year"]], Field(min_length=2, max_length=2)]
    inputs: Annotated[dict[Name, Input], Field(min_length=1)]
    parameters: dict[Name, Parameter] = {}
    columns: Annotated[dict[Name, Column], Field(min_length=1)]
    result: Name
    says: Words


_REASONS = {"missing": codes.MISSING_KEY, "extra_forbidden": codes.UNKNOWN_KEY}


def model_problems(error: ValidationError, file: str, lines: dict[yaml_lines.Path, int]) -> list[Problem]:
    """Return pydantic's findings as problems, each with its file and line."""
    found = []
    for item in error.errors(include_url=False):
        path = tuple(part for part in item["loc"] if part != "[key]")
        where = yaml_lines.where(file, lines, path)
        kind = _REASONS.get(item["type"])
        dotted = ".".join(str(part) for part in path)
        if kind is not None:
            found.append(kind.at(where, key=dotted))
        else:
            found.append(codes.BAD_FIELD.at(where, field=dotted or file, reason=item["msg"]))
    return found


def read_text(path: Path, file: str, problems: list[Problem]) -> str | None:
    """Return the text of a declaration file, or ``None`` with a problem when it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(codes.NOT_YAML.at(file, reason=str(error)))
        return None
