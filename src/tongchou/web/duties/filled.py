"""Reading what somebody typed into a form: every field is tried, every fault placed at its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.http import HttpRequest

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.duties import codes
from tongchou.web.duties.words import Worded
from tongchou.web.files.actions import sent

W = TypeVar("W", bound=Worded)
_DAY_FORMS = ("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")


def day_of(text: str) -> date | None:
    """Return the day written in any of the usual ways, or ``None``."""
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def number_of(text: str) -> Decimal | None:
    """Return a number written with or without thousands, in half or full width, or ``None``."""
    plain = text.strip().replace(",", "").replace("，", "").replace("−", "-")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    # Fourteen digits before the point and six behind it are what a target holds.
    return number if number.is_finite() and abs(number) < Decimal(10) ** 14 else None


class Filled:
    """A form as it was filled in. Faults gather in ``problems``; :meth:`stop` raises them all at once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        """Return the words of a field, with one kind of line end."""
        return self.values.get(name, "").replace("\r\n", "\n").strip()

    def day(self, name: str, *, needed: bool = True) -> date | None:
        """Return the day in a field."""
        text = self.text(name)
        if not text:
            if needed:
                self.problems.append(codes.NEEDED.at(name))
            return None
        found = day_of(text)
        if found is None:
            self.problems.append(codes.BAD_DATE.at(name, text=text[:40]))
        return found

    def number(self, name: str) -> Decimal | None:
        """Return the number in a field, ``None`` where it is empty."""
        text = self.text(name)
        if not text:
            return None
        found = number_of(text)
        if found is None:
            self.problems.append(codes.BAD_NUMBER.at(name, text=text[:40]))
        return found

    def choice(self, name: str, kind: type[W]) -> W | None:
        """Return the choice made in a field, by its value or its word."""
        text = self.text(name)
        for one in kind:
            if text in (one.value, one.label.zh):
                return one
        self.problems.append(codes.NO_SUCH_CHOICE.at(name, text=text[:40]) if text else codes.NEEDED.at(name))
        return None

    def stop(self) -> None:
        """Raise :class:`ProblemsError` when anything is wrong."""
        if self.problems:
            raise ProblemsError(self.problems)


def scan_sent(request: HttpRequest, name: str = "scan") -> tuple[str, bytes] | None:
    """Return the scan in a form, or ``None`` where none was chosen."""
    return sent(request, name) if request.FILES.get(name) else None
