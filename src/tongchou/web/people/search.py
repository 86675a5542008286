"""What can be found of organisations: those that bear duties. People are never found here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from tongchou.kernel.parties import PartyKind
from tongchou.kernel.text import Text
from tongchou.web.finding import Hit
from tongchou.web.people.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_ORGANISATION = Text("单位", "Organisation")


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return organisations by name; each leads to what it is responsible for."""
    found = Organisation.objects.all()
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(name_en__icontains=word) | Q(place=word))
    return [
        Hit(_ORGANISATION, o.title, PartyKind(o.kind).label, f"{reverse('ledger')}?{urlencode({'party': o.name})}")
        for o in found[:most]
    ]
