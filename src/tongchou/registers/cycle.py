"""What comes again: when the next run is due, and by how many days it is overdue."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from tongchou.registers.dates import last_day
from tongchou.registers.register import Register
from tongchou.registers.row import Values


def months_after(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of that month where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_run(register: Register, values: Values) -> date | None:
    """Return when the next run is due: after the last one, or after the start where there was none yet."""
    cycle = register.declared.cycle
    if cycle is None or not isinstance(every := values.get(cycle.every), int) or every <= 0:
        return None
    since = values.get(cycle.last) or (values.get(cycle.start) if cycle.start else None)
    return months_after(last_day(since), every) if since else None


def overdue_days(register: Register, values: Values, on: date) -> int | None:
    """Return by how many days the next run is overdue on a day: 0 or less where it is not, ``None`` without a date."""
    due = next_run(register, values)
    return None if due is None else (on - due).days
