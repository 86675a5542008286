"""Units of Chinese statistics, and how far a figure can be trusted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.status import Status, weakest
from tongchou.kernel.units import convert, factor, is_unit, same_dimension, unit


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (1.5, "亿元", "万元", 15_000),
        (2, "万元/人", "元/人", 20_000),
        (3, "万人", "人", 30_000),
        (15, "亩", "公顷", 1),
        (1, "万亩", "km²", 20 / 3),
        (1, "平方公里", "公顷", 100),
        (12.5, "%", "1", 0.125),
        (8, "‰", "%", 0.8),
        (1, "亿立方米", "立方米", 1e8),
        (2, "万立方米", "立方米", 2e4),
        (3, "万千瓦", "千瓦", 3e4),
        (1, "亿千瓦时", "千瓦时", 1e8),
        (90, "分钟", "小时", 1.5),
        (7, "人", "人", 7),
    ],
)
def test_values_convert(value: float, source: str, target: str, expected: float) -> None:
    assert convert(value, source, target) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("source", "target"), [("万元", "人"), ("元/人", "元"), ("km", "km²"), ("户", "人"), ("degC", "kelvin")]
)
def test_other_dimensions_and_offsets_are_refused(source: str, target: str) -> None:
    with pytest.raises(ValueError, match="convert"):
        factor(source, target)


@pytest.mark.parametrize("text", ["两银子", "元元", "/", "人/", "12 元 5 角", "__import__"])
def test_what_is_no_unit_is_said_so(text: str) -> None:
    assert not is_unit(text)
    with pytest.raises(ValueError, match="unknown unit"):
        unit(text)


@pytest.mark.parametrize(
    "text", ["9**9**9**9", "m^9^9^9", "((((9**9)**9)**9)**9)", "m**99", "m ** 9 ** 9", "3 m", "人" * 65], ids=range(7)
)
def test_what_would_keep_the_parser_busy_is_refused_at_once(text: str) -> None:
    assert not is_unit(text)


@pytest.mark.parametrize("text", ["1/人", "m**2", "m^-2", "kg*m**2/s**2", "km²", "(元/人)/年", "µg/m³", "%"])
def test_compound_units_are_units(text: str) -> None:
    assert is_unit(text)


def test_dimensions_are_compared() -> None:
    assert same_dimension("万元", "元")
    assert same_dimension("1", "")
    assert not same_dimension("万元", "万人")


@given(st.floats(min_value=-1e12, max_value=1e12), st.sampled_from([("亿元", "元"), ("亩", "km²"), ("%", "1")]))
@settings(max_examples=50, deadline=None)
def test_converting_there_and_back_changes_nothing(value: float, pair: tuple[str, str]) -> None:
    there, back = pair
    assert convert(convert(value, there, back), back, there) == pytest.approx(value)


@given(st.text(max_size=10))
@settings(max_examples=100, deadline=None)
def test_any_text_is_a_unit_or_not_and_never_crashes(text: str) -> None:
    assert is_unit(text) in (True, False)


def test_a_result_is_as_weak_as_its_weakest_input() -> None:
    assert weakest([Status.OFFICIAL, Status.ASSUMED, Status.REPORTED]) is Status.ASSUMED
    assert sorted(Status) == [
        Status.ILLUSTRATIVE,
        Status.ASSUMED,
        Status.DERIVED,
        Status.REPORTED,
        Status.OFFICIAL,
    ]
    with pytest.raises(ValueError, match="empty"):
        weakest([])


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_written_read_and_explained(status: Status) -> None:
    assert Status.parse(f" {status.word} ") is status
    assert status.label.zh
    assert status.about.en


def test_an_unknown_status_names_those_there_are() -> None:
    with pytest.raises(ValueError, match="use one of illustrative"):
        Status.parse("guessed")


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [("元/人", "元/人", "CNY/person"), ("km²", "km²", "km²"), ("1", "", ""), ("亿元", "亿元", "10⁸ CNY")],
)
def test_units_are_shown_in_both_languages(unit, zh, en):
    from tongchou.kernel.units import label

    assert (label(unit).zh, label(unit).en) == (zh, en)
