"""What the ledger asks of a person: approved runs to be posted, statements to be confirmed."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.money.models import Confirmation, Entry, Line
from tongchou.web.people.models import User
from tongchou.web.people.permissions import may, organisations_of
from tongchou.web.runs.models import Run
from tongchou.web.runs.steps import SETTLED, State
from tongchou.web.todo import Todo


def todo(user: User, on: date) -> list[Todo]:
    """Return approved runs that pay and were not posted, and statements with lines nobody has confirmed."""
    del on
    found = []
    if may(user, "money.post"):
        posted = Entry.objects.filter(run=OuterRef("pk"))
        superseded = Run.objects.filter(supersedes=OuterRef("pk")).exclude(state=State.WITHDRAWN)
        waiting = Run.objects.filter(~Exists(posted), ~Exists(superseded), state__in=SETTLED, pays=True)
        address = f"{reverse('runs:runs')}?state=approved"
        found.append(Todo(Text("待记账的测算", "runs to post"), waiting.count(), address))
    held = organisations_of(user, "money.confirm")
    if held:
        words = Text("待确认的对账单", "statements to confirm")
        found.append(Todo(words, _unconfirmed(held), reverse("money:statements")))
    return found


def _unconfirmed(held: frozenset[str]) -> int:
    """Return how many statements of a year have a line later than the organisation's last word on them."""
    mine = Line.objects.filter(Q(payer__organisation__in=held) | Q(payee__organisation__in=held)).order_by()
    latest: dict[tuple[str, int], datetime] = {}
    lines = mine.values_list("payer__organisation", "payee__organisation", "entry__year")
    for payer, payee, year, at in lines.annotate(Max("entry__posted_at")):
        for organisation in held & {payer, payee}:
            latest[organisation, year] = max(at, latest.get((organisation, year), at))
    confirmed = Confirmation.objects.filter(organisation__in=held).order_by().values_list("organisation", "year")
    said = {(organisation, year): at for organisation, year, at in confirmed.annotate(Max("at"))}
    return sum(1 for key, at in latest.items() if key not in said or said[key] < at)
