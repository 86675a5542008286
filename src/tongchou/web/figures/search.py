"""What can be found of figures: indicators by name and definition, and the works the policy names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.figures.regions import region_named
from tongchou.web.finding import Hit, has_all

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_INDICATOR = Text("指标", "Indicator")
_WORK = Text("重大项目", "Named work")


def search(user: User | AnonymousUser, words: str, most: int) -> list[Hit]:
    """Return indicators, those found by name before those found by definition, then works."""
    region = region_named(settings.REGION)
    held = {figure.indicator for figure in region.figures}
    named, defined = [], []
    for one in region.indicators.values():
        if one.id not in held:
            continue
        hit = Hit(_INDICATOR, one.title, one.definition, reverse("indicator", args=[one.id]))
        if has_all(words, one.id, one.title.zh, one.title.en):
            named.append(hit)
        elif has_all(words, one.id, one.title.zh, one.title.en, one.definition.zh, one.definition.en):
            defined.append(hit)
    works = [
        Hit(_WORK, p.name, Text(p.outcome, p.outcome), f"{reverse('figures')}#projects")
        for p in region.projects
        if has_all(words, p.id, p.name.zh, p.name.en, p.outcome)
    ]
    return (named + defined)[:most] + works[:most]
