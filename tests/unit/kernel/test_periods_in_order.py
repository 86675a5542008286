"""Periods: how they are written, ordered and printed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.periods import Period


@pytest.mark.parametrize(
    ("code", "start", "end", "label"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "2021年"),
        ("2021-Q1", date(2021, 1, 1), date(2021, 3, 31), "2021年一季度"),
        ("2020Q4", date(2020, 10, 1), date(2020, 12, 31), "2020年四季度"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "2020年2月"),
        ("2020-11-01", date(2020, 11, 1), date(2020, 11, 1), "2020年11月1日"),
        ("2021-01/2021-08", date(2021, 1, 1), date(2021, 8, 31), "2021年1月至2021年8月"),
        ("2019/2022", date(2019, 1, 1), date(2022, 12, 31), "2019年至2022年"),
    ],
)
def test_a_period_is_read_and_printed(code: str, start: date, end: date, label: str) -> None:
    period = Period.parse(f" {code} ")
    assert (period.start, period.end, period.code, period.label()) == (start, end, code, label)


def test_english_prints_the_code() -> None:
    assert Period.parse("2021-01/2021-08").label("en") == "2021-01 – 2021-08"
    assert Period.parse("2021-Q1").label("en-GB") == "2021-Q1"


@pytest.mark.parametrize(
    "code",
    ["", "21", "2021-13", "2021-02-30", "2021-Q5", "2021年", "2021-08/2021-01", "2021/", "/2021", "c.2019", "0000"],
)
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError):
        Period.parse(code)


def test_periods_sort_by_their_first_day_then_their_last() -> None:
    codes = ["2021-Q2", "2020", "2021", "2020-11-01", "2021-01"]
    assert sorted(codes, key=Period.parse) == ["2020", "2020-11-01", "2021-01", "2021", "2021-Q2"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_a_day_lies_in_its_month_quarter_and_year(day: date) -> None:
    for code in (f"{day:%Y}", f"{day:%Y}-Q{(day.month + 2) // 3}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"):
        period = Period.parse(code)
        assert period.start <= day <= period.end


@given(st.text(alphabet="0123456789-/Q年 ", max_size=24))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_period_or_a_value_error(text: str) -> None:
    try:
        period = Period.parse(text)
    except ValueError:
        return
    assert period.start <= period.end
    assert period.label()
