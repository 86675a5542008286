"""Search over everything. An app that can be searched has a module ``search`` with a function of the same name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tongchou.kernel.text import Text
from tongchou.web.discovery import offered

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what kind of thing, its title, the words around, and where it is."""

    kind: Text
    title: Text
    around: Text
    address: str


def find(user: User | AnonymousUser, words: str, most: int = 20) -> list[Hit]:
    """Return what every app finds for ``words`` that the person may see, at most ``most`` from each."""
    words = words.strip()
    return [hit for module in offered("search") for hit in module.search(user, words, most)] if words else []
