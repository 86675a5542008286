"""What every declaration file has in common: strict models, words in two languages, problems with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from tongchou.kernel import declaring_codes as codes
from tongchou.kernel import yaml_lines
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text

Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Number = Annotated[float, Field(allow_inf_nan=False)]
# YAML reads codes as numbers where they look like numbers.
CodeText = Annotated[str, BeforeValidator(lambda v: str(v) if isinstance(v, int) else v)]


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


M = TypeVar("M", bound=Model)
Lines = dict[yaml_lines.Path, int]


def read_model(model: type[M], path: Path, file: str) -> tuple[M, Lines]:
    """Return what a declaration file holds, with the line of every key; raise with everything wrong with its form."""
    problems: list[Problem] = []
    text = read_text(path, file, problems)
    data, lines = yaml_lines.read(text, file, problems) if text is not None else (None, {})
    if problems:
        raise ProblemsError(problems)
    try:
        return model.model_validate(data), lines
    except ValidationError as error:
        raise ProblemsError(model_problems(error, file, lines)) from None
