"""The kinds of values that queries and paths take, bounded, so that no value can trouble the database."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from ninja import Path, Query
from pydantic import BeforeValidator, Field

_NO_NUL = r"^[^\x00]*$"
#: A record's number in a path.
Pk = Annotated[int, Path(ge=1, le=2**31 - 1)]
#: A name such as ``2.8-3`` or ``population.resident`` in a path.
Name = Annotated[str, Path(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9._~-]+$")]
#: An id in a query; empty does not restrict.
Id = Annotated[str, Query(max_length=120, pattern=_NO_NUL)]
#: Words to search for.
Words = Annotated[str, Query(max_length=100, pattern=_NO_NUL)]
#: A text somebody writes.
Long = Annotated[str, Field(min_length=1, max_length=4000, pattern=_NO_NUL)]


def _iso(value: Any) -> Any:
    """Take a day written 2026-11-27 only; a number would otherwise be read as seconds."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError("write a day as 2026-11-27")
    if not isinstance(value, str | date | None):
        raise ValueError("write a day as 2026-11-27")
    return value


Day = Annotated[date, BeforeValidator(_iso)]
#: A day in a query; without one nothing is restricted.
MaybeDay = Annotated[date | None, BeforeValidator(_iso)]
