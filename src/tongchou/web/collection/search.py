"""Finding rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.collection.seen import rounds_for
from tongchou.web.finding import Hit
from tongchou.web.people.permissions import may

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return the rounds whose title, purpose or basis has the words."""
    if not may(user, "collection.see"):
        return []
    wanted = Q(title__icontains=words) | Q(used_by__icontains=words) | Q(basis__icontains=words)
    return [
        Hit(
            Text("填报任务", "Round"),
            Text(one.title, one.title),
            Text(f"第 {one.clause} 条，供{one.used_by}使用", f"Clause {one.clause}, used by {one.used_by}"),
            reverse("collection:round", args=[one.pk]),
        )
        for one in rounds_for(user).filter(wanted)[:most]
    ]
