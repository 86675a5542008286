"""What registers ask of a person today: rows of theirs that carry a red warning."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.people.models import User
from tongchou.web.people.permissions import organisations_of
from tongchou.web.registers.looking_up import registers
from tongchou.web.registers.models import Row
from tongchou.web.registers.rollups import standing
from tongchou.web.todo import Todo


def todo(user: User, on: date) -> list[Todo]:
    """Return a line for each register in which rows of the person's own organisations are warned of in red."""
    held = organisations_of(user, "registers.write")
    own = user.organisations if held is None else held
    if not own:
        return []
    filled = set(Row.objects.filter(organisation__in=own, withdrawn_at__isnull=True).values_list("register", flat=True))
    found = []
    for id_, register in registers().items():
        if id_ not in filled:
            continue
        red = [key for key, alerts in standing(register, on).alerts.items() if any(a.level == "red" for a in alerts)]
        mine = Row.objects.of(id_).filter(organisation__in=own, key__in=red[:500])
        numbers: Counter[str] = Counter(mine.values_list("register", flat=True))
        title = register.declared.title
        words = Text(f"{title.zh}：有预警的条目", f"{title.en}: rows with warnings")
        found.append(Todo(words, numbers[id_], reverse("register", args=[id_]), None, register.declared.clauses[0]))
    return found
