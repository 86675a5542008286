"""Search over everything. An app that can be searched has a module ``search`` with a function of the same name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tongchou.kernel.text import Text
from tongchou.web.discovery import offered

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_BEFORE, _AFTER = 18, 70


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


def has_all(words: str, *texts: str) -> bool:
    """Return whether each of the words stands in one of the texts; case does not matter."""
    held = "\n".join(texts).lower()
    return all(word in held for word in words.lower().split())


def around(words: str, text: str) -> str:
    """Return the piece of a text in which the first of the words stands, with ``…`` where something is left out."""
    lower = text.lower()
    at = min((i for word in words.lower().split() if (i := lower.find(word)) >= 0), default=0)
    start, end = max(0, at - _BEFORE), min(len(text), at + _AFTER)
    piece = re.sub(r"\s+", " ", text[start:end]).strip()
    return ("…" if start else "") + piece + ("…" if end < len(text) else "")


def pieces(words: str, text: str) -> list[tuple[str, bool]]:
    """Return a text cut where the words stand, each piece with whether it is one of them."""
    wanted = "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))
    if not wanted:
        return [(text, False)]
    parts = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return [(part, i % 2 == 1) for i, part in enumerate(parts) if part]
