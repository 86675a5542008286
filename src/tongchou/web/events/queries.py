"""Reading the log: which events a person may see, and those that match what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from tongchou.web.events.models import Event, Head, printed
from tongchou.web.people.permissions import organisations_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User

_FIRST, _LAST = 1900, 9000


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show of the log; an empty value does not restrict."""

    kind: str = ""
    organisation: str = ""
    by: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Take the filters from a query; a day that cannot be read restricts nothing."""
        return cls(
            query.get("kind", "").strip()[:80],
            query.get("organisation", "").strip()[:80],
            query.get("by", "").strip()[:60],
            _day(query.get("since", "")),
            _day(query.get("until", "")),
        )


def _day(text: str) -> date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


def seen_by(user: User | AnonymousUser) -> QuerySet[Event]:
    """Return the events a person may see: the city and administrators all, a unit those of its own records."""
    held = organisations_of(user, "events.read")
    events = Event.objects.select_related("by").order_by("-number")
    return events if held is None else events.filter(organisation__in=held)


def matching(events: QuerySet[Event], filters: Filters) -> QuerySet[Event]:
    """Return those that match; days are of the workbench's own time zone."""
    if filters.kind:
        # "people" stands for all kinds that begin so
        events = (
            events.filter(kind=filters.kind)
            if "." in filters.kind
            else events.filter(kind__startswith=f"{filters.kind}.")
        )
    if filters.organisation:
        events = events.filter(organisation=filters.organisation)
    if filters.by:
        events = events.filter(by__name__icontains=filters.by)
    # Days no clock of ours can reach restrict nothing; moments near the ends of the calendar have no time zone.
    if filters.since and filters.since.year > _FIRST:
        events = events.filter(at__gte=_midnight(filters.since))
    if filters.until and filters.until.year < _LAST:
        events = events.filter(at__lt=_midnight(filters.until + timedelta(days=1)))
    return events


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def kinds_of(events: QuerySet[Event]) -> list[tuple[str, int]]:
    """Return the kinds that occur and how often, the latest first."""
    counted = events.order_by().values("kind").annotate(n=Count("number"), last=Max("number")).order_by("-last")
    return [(row["kind"], row["n"]) for row in counted]


def chain_code() -> tuple[int, str]:
    """Return how many events there are and the short code of the last link, to be printed on paper."""
    head = Head.objects.filter(pk=1).first()
    return (head.number, printed(head.number, head.hash)) if head else (0, "")
