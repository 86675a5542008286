"""Rows of registers as the search over everything finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.finding import Hit
from tongchou.web.registers.looking_up import registers
from tongchou.web.registers.models import Row
from tongchou.web.registers.ownership import visible

if TYPE_CHECKING:
    from tongchou.web.registers.ownership import Reader


def search(user: Reader, words: str, most: int) -> list[Hit]:
    """Return the rows the reader sees whose texts hold every word; personal data are never searched."""
    known = registers()
    seen = Q(pk__in=[])
    for id_, register in known.items():
        seen |= Q(register=id_) & visible(register, user)
    found = Row.objects.filter(seen, withdrawn_at__isnull=True)
    for word in words.lower().split()[:5]:
        found = found.filter(words__contains=word)
    return [
        Hit(
            known[row.register].declared.title.text(),
            Text(row.name, row.name),
            known[row.register].declared.states[row.state].label.text(),
            reverse("register-row", args=[row.register, row.pk]),
        )
        for row in found.order_by("name")[:most]
    ]
