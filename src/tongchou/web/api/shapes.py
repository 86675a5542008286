"""The shapes of answers that several routes share."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text


class TextOut(Schema):
    """Words in both languages."""

    zh: str
    en: str


class ProblemOut(Schema):
    """One thing that is wrong: code, place, reason, way out."""

    code: str
    where: str
    message: str
    hint: str
    severity: Literal["error", "warning"]


class Problems(Schema):
    """Everything that is wrong with a request, in the language of the page."""

    problems: list[ProblemOut]


def text(words: Text | str) -> dict[str, str]:
    """Return words in both languages; a name that has one form only stands in both."""
    return {"zh": words.zh, "en": words.en} if isinstance(words, Text) else {"zh": words, "en": words}


def told(problems: tuple[Problem, ...] | list[Problem], language: str) -> dict[str, Any]:
    """Return problems in the one shape every error has."""
    return {"problems": [p.as_dict(language) for p in problems]}


def answers(shape: Any, *codes: int) -> dict[int, Any]:
    """Return what an operation answers: its shape, and problems for the codes it can give and those all can."""
    return {200: shape, **dict.fromkeys((400, 401, 422, 429, *codes), Problems)}
