"""Standards by date: the edition in force on the day is the one that counts."""

import pytest

from tongchou.catalogue import built_in
from tongchou.kernel.problems import ProblemsError
from tongchou.rules.evaluate import evaluate
from tongchou.rules.table import table


def aqi(day: str, **items: float) -> dict[str, float]:
    rule = built_in().rules["environment.aqi"]
    places = [f"S|{item.replace('_5', '.5')}" for item in items]
    figures = table(places, [day] * len(places), {"concentration": list(items.values())})
    result = evaluate(rule, figures, built_in().parameters["environment.aqi"])
    return dict(zip(places, result.values["iaqi"].tolist(), strict=True)) | {"AQI": float(result.values["aqi"][0])}


def test_the_last_day_of_the_old_edition_and_the_first_of_the_new():
    """PM2.5 of 60: 50 + 50·25/40 = 81.25 until February 2026, 100 from March."""
    assert aqi("2026-02-28", PM2_5=60)["AQI"] == 82
    assert aqi("2026-03-01", PM2_5=60)["AQI"] == 100


def test_ozone_of_eight_hours_beyond_the_table_leaves_the_hour_to_decide_in_the_old_edition():
    assert aqi("2021-07-01", O3_8h=801, O3_1h=180) == {"S|O3_8h": 0, "S|O3_1h": 75, "AQI": 75}
    assert aqi("2026-07-01", O3_8h=801, O3_1h=180)["AQI"] == 300


def test_an_hourly_limit_does_not_count_in_the_daily_report():
    assert aqi("2021-07-01", SO2=50, SO2_1h=650) == {"S|SO2": 50, "S|SO2_1h": 150, "AQI": 50}


def test_there_is_no_index_before_the_first_edition():
    with pytest.raises(ProblemsError) as refused:
        aqi("2012-01-01", PM2_5=60)
    assert {p.code for p in refused.value.problems} == {"U020"}


def test_every_class_limit_is_no_better_than_the_one_before():
    held = built_in().parameters["environment.water_class"].values
    limits = [held[f"limit_{k}"][0].value for k in range(1, 6)]
    sense = held["sense"][0].value
    assert len(limits[0]) == 24
    for item in limits[0]:
        row = [sense[item] * table_[item] for table_ in limits]
        assert row == sorted(row), item


def test_breakpoints_rise_in_both_editions():
    held = built_in().parameters["environment.aqi"].values
    for item in held["at_50"][0].value:
        for edition in (0, -1):
            row = [held[f"at_{k}"][edition].value[item] for k in (50, 100, 150, 200, 300, 400, 500)]
            assert row == sorted(row), item
