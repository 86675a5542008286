"""Finding indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.figures.store import indicators
from tongchou.web.finding import Hit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return the indicators whose title, definition or id has the words; those named so come first."""
    wanted = words.lower()
    found = []
    for one in indicators().values():
        title = f"{one.title.zh} {one.title.en} {one.id}".lower()
        if wanted in title or wanted in f"{one.definition.zh} {one.definition.en}".lower():
            hit = Hit(Text("指标", "Indicator"), one.title, one.definition, reverse("indicator", args=[one.id]))
            found.append((wanted not in title, hit))
    return [hit for _, hit in sorted(found, key=lambda f: f[0])[:most]]
