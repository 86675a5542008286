"""What can be found of reach: a network's services, by what they and the network are called."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.networks.access.served import services
from tongchou.surfaces.reach.words import service_words
from tongchou.web.finding import Hit, has_all
from tongchou.web.reach.held import held

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_REACH = Text("可达", "Reach")


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return the services of networks that match; the page is for everybody."""
    hits = []
    for id_, network in held().networks.items():
        for service in services(network):
            name = service_words(service)
            if has_all(words, _REACH.zh, _REACH.en, name.zh, name.en, network.title.zh, network.title.en):
                address = f"{reverse('reach')}?{urlencode({'network': id_, 'service': service})}"
                hits.append(Hit(_REACH, name, network.title, address))
    return hits[:most]
