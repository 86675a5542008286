"""Lists page by page, with how many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field

T = TypeVar("T")
MOST = 200


class Paging(Schema):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=1_000_000, description="页码，从 1 开始。Number of the page.")
    per_page: int = Field(50, ge=1, le=MOST, description="每页几项。Items a page.")


class Page(Schema, Generic[T]):
    """One page: how many there are in all, and the items. A page beyond the last has none."""

    count: int
    page: int
    per_page: int
    items: list[T]


def paged(found: QuerySet[Any] | Sequence[Any], paging: Paging, shape: Callable[[Any], Any]) -> dict[str, Any]:
    """Return one page of what was found, each item shaped."""
    start = (paging.page - 1) * paging.per_page
    count = found.count() if isinstance(found, QuerySet) else len(found)
    items = [shape(one) for one in found[start : start + paging.per_page]] if start < count else []
    return {"count": count, "page": paging.page, "per_page": paging.per_page, "items": items}
