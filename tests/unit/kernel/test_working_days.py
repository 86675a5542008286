"""Working days against hand counts on the notices, and the notices against what the law on holidays fixes."""

from datetime import date, timedelta
from types import MappingProxyType

import pytest

from tongchou.kernel.working_days import Holidays, after_working_days, holidays, is_working, working_days_left
from tongchou.policy.dates import last_day


def test_a_term_skips_days_off_and_counts_weekends_at_work():
    held = Holidays(frozenset({date(2026, 10, 1)}), frozenset({date(2026, 10, 10)}), MappingProxyType({}))
    assert after_working_days(date(2026, 9, 30), 1, held) == date(2026, 10, 2)  # Thursday off
    assert after_working_days(date(2026, 10, 9), 1, held) == date(2026, 10, 10)  # a Saturday at work
    assert working_days_left(date(2026, 11, 27), date(2026, 11, 30), held) == 1
    assert working_days_left(date(2026, 11, 30), date(2026, 11, 27), held) == -1
    assert working_days_left(date(2026, 11, 28), date(2026, 11, 29), held) == 0


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        # Counted on the printed notices: 14 February (Saturday) works, 15 to 23 February are off, 28 (Saturday) works.
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 6, date(2026, 2, 28)),
        (date(2026, 9, 17), 3, date(2026, 9, 21)),  # Friday, Sunday the 20th at work, Monday
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2024, 2, 8), 2, date(2024, 2, 18)),  # the eve, Friday the 9th, is a working day; Sunday the 18th too
        (date(2020, 1, 23), 1, date(2020, 2, 3)),  # the lengthened Spring Festival
        (date(2019, 4, 30), 1, date(2019, 5, 5)),  # after the notice that changed Labour Day
        (date(2018, 12, 28), 2, date(2019, 1, 2)),  # Saturday the 29th at work under the notice for 2019
        (date(2018, 9, 28), 1, date(2018, 10, 1)),  # no notice held for 2018: weekends only
    ],
)
def test_terms_on_the_notices(start, days, due):
    assert after_working_days(start, days) == due
    assert working_days_left(start, due) == days


@pytest.mark.parametrize(
    ("year", "legal"),
    [
        *((year, 11) for year in (2019, 2021, 2022, 2023, 2024)),
        (2020, 13),  # 11, Friday 31 January, and Saturday 1 February no longer worked
        (2025, 13),  # the Measures as changed in November 2024 add two days
        (2026, 13),
    ],
)
def test_weekdays_off_less_weekends_worked_are_the_holidays_by_law(year, legal):
    """《全国年节及纪念日放假办法》: a holiday on a weekend is made up for, and a swapped day is worked back."""
    held = holidays()
    days = [date(year, 1, 1) + timedelta(days=i) for i in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    assert sum(d.weekday() < 5 and not is_working(d, held) for d in days) - sum(d in held.work for d in days) == legal
    assert all(d.weekday() >= 5 for d in days if d in held.work)


def test_what_is_covered():
    assert holidays().cover(date(2019, 1, 1), date(2026, 12, 31))
    assert not holidays().cover(date(2018, 12, 31), date(2019, 1, 1))
    assert all(n.number.startswith("国办发明电〔") for ns in holidays().notices.values() for n in ns)


def test_terms_of_a_policy_use_them():
    assert last_day("10个工作日内", date(2021, 9, 24)) == date(2021, 10, 13)  # weekends alone would give the 8th
