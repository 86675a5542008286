"""What can be found of rules and of the systems the policy says should exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.computing.catalogue import entries
from tongchou.web.computing.systems import SYSTEMS
from tongchou.web.finding import Hit, has_all

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_RULE = Text("规则", "Rule")
_SYSTEM = Text("制度与系统", "System")


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return the rules that match, and the systems by number or name; a rule's page is for everybody."""
    rules = [
        Hit(
            _RULE,
            e.rule.declared.title.text(),
            Text(f"{e.rule.id} · {e.rule.declared.method.zh}", f"{e.rule.id} · {e.rule.declared.method.en}"),
            reverse("rule", args=[e.rule.id]),
        )
        for e in entries(settings.REGION)
        if e.matches(words)
    ]
    systems = [
        Hit(_SYSTEM, Text(f"{code} {name.zh}", f"{code} {name.en}"), Text("", ""), _of_system(code))
        for code, name in SYSTEMS.items()
        if has_all(words, code, name.zh, name.en)
    ]
    return rules[:most] + systems[:most]


def _of_system(code: str) -> str:
    return f"{reverse('systems')}#{code}"
