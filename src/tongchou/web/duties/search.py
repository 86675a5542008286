"""What can be found in the ledger: commitments by their words or id, and plans by their title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.duties.models import Commitment, Plan
from tongchou.web.duties.words import Decision
from tongchou.web.finding import Hit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_COMMITMENT = Text("承诺", "commitment")
_PLAN = Text("实施方案", "plan")


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return commitments the person may see, then, for people with an account, plans."""
    found = Commitment.objects.seen_by(user).exclude(decision=Decision.REJECTED)
    found = found.filter(Q(text__icontains=words) | Q(code=words))[:most]
    hits = [
        Hit(_COMMITMENT, Text(f"{c.code} {c.text}", f"{c.code} {c.text}"), c.state.label, c.get_absolute_url())
        for c in found
    ]
    if user.is_authenticated:
        plans = Plan.objects.filter(title__icontains=words).select_related("organisation")[:most]
        hits += [
            Hit(_PLAN, Text(p.title, p.title), p.organisation.title, reverse("duties:plan", args=[p.pk])) for p in plans
        ]
    return hits[:most]
