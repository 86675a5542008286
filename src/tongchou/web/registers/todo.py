"""What registers ask of a person today: rows of theirs that carry a red warning."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from tongchou.kernel.text import Text
from tongchou.web.people.models import User
from tongchou.web.people.permissions import organisations_of
from tongchou.web.registers.looking_up import registers
from tongchou.web.registers.rollups import standings
from tongchou.web.todo import Todo


def todo(user: User, on: date) -> list[Todo]:
    """Return a line for each register in which rows of the person's own organisations are warned of in red."""
    held = organisations_of(user, "registers.write")
    own = user.organisations if held is None else held
    if not own:
        return []
    stand = standings(list(registers().values()), timezone.now(), filled_by=own)
    found = []
    for id_, register in registers().items():
        if id_ not in stand:
            continue
        count = sum(stand[id_].red.get(organisation, 0) for organisation in own)
        title = register.declared.title
        words = Text(f"{title.zh}：有预警的条目", f"{title.en}: rows with warnings")
        found.append(Todo(words, count, reverse("register", args=[id_]), None, register.declared.clauses[0]))
    return found
