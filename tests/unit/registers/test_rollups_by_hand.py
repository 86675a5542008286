"""Roll-ups against a plain loop, over rows drawn at random; missing, 0 and not applicable stay apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.registers.alerts import alerts, derived
from tongchou.registers.register import loads
from tongchou.registers.rollups import compute
from tongchou.registers.row import Row

TEXT = """\
id: test.things
title: {zh: 东西, en: Things}
system: S68
clauses: ["2.2"]
method: {zh: 自拟, en: our own, source: 无}
owner: {place: true}
key: [code]
named: code
place: {kind: code}
fields:
  code: {kind: text, label: {zh: 编号, en: Code}, required: true}
  size: {kind: number, unit: 公顷, label: {zh: 面积, en: Size}}
  twice: {kind: number, unit: 公顷, label: {zh: 两倍, en: Twice}, formula: 2 * size}
  four: {kind: number, unit: 亩, label: {zh: 四倍, en: Four}, formula: 2 * twice}
  kind: {kind: choice, label: {zh: 类, en: Kind}, choices: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}}
yearly:
  spent: {kind: money, unit: 万元, label: {zh: 投入, en: Spent}}
states:
  begun: {label: {zh: 开始, en: Begun}, meaning: waiting}
parameters:
  one:
    unit: 公顷
    label: {zh: 一, en: One}
    values: [{start: 2020-01-01, value: 1, source: {zh: 无, en: none}, assumed: true}]
  two:
    unit: 亩
    label: {zh: 二, en: Two}
    values: [{start: 2020-01-01, value: 30, source: {zh: 无, en: none}, assumed: true}]
rollups:
  big: {label: {zh: 大, en: Big}, unit: 项, clause: "2.2", kind: count, where: size > $two and not kind is null}
  area: {label: {zh: 面积, en: Area}, unit: 亩, clause: "2.2", kind: sum, of: size, by: kind}
  some: {label: {zh: 面积, en: Area}, unit: 公顷, clause: "2.2", kind: sum, of: size, missing: leave_out}
  mean: {label: {zh: 均, en: Mean}, unit: 公顷, clause: "2.2", kind: mean, of: size, missing: leave_out}
  share: {label: {zh: 比, en: Share}, unit: "%", clause: "2.2", kind: share, where: kind = 'a'}
  spent: {label: {zh: 投入, en: Spent}, unit: 元, clause: "2.2", kind: sum, of: spent}
  grown: {label: {zh: 增长, en: Grown}, unit: "%", clause: "2.2", kind: growth, of: spent}
warnings:
  less: {when: spent < previous_spent, says: {zh: 少了, en: less}, level: red}
  small: {when: size < $one, says: {zh: 小, en: small}}
"""
REGISTER = loads(TEXT)
ON = date(2021, 6, 30)
SIZES = st.one_of(st.none(), st.just("不适用"), st.integers(0, 5).map(float))
ROWS = st.lists(
    st.builds(
        lambda place, size, kind, years: Row(
            "k", "begun", {n: v for n, v in (("size", size), ("kind", kind)) if v is not None}, years, place
        ),
        st.sampled_from(["P", "Q"]),
        SIZES,
        st.sampled_from(["a", "b", None]),
        st.dictionaries(st.integers(2019, 2022), st.fixed_dictionaries({"spent": st.integers(0, 3).map(float)})),
    ),
    max_size=8,
)


def value(found, rollup, place="", period="2021", by=""):
    return next((v.value for v in found if (v.rollup, v.place, v.period, v.by) == (rollup, place, period, by)), "none")


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_they_are_what_a_plain_loop_gives(rows):
    found = compute(REGISTER, rows, ON)
    for place in ("", "P", "Q"):
        here = [r for r in rows if place in ("", r.place)]
        if not here:
            assert value(found, "some", place) == "none"
            continue
        sizes = [r.values["size"] for r in here if isinstance(r.values.get("size"), float)]
        unknown = [r for r in here if "size" not in r.values]
        big = sum(isinstance(r.values.get("size"), float) and r.values["size"] > 2 and "kind" in r.values for r in here)
        assert value(found, "big", place) == big
        expected = None if unknown and not sizes else sum(sizes)
        assert value(found, "some", place) == expected
        assert value(found, "mean", place) == (pytest.approx(sum(sizes) / len(sizes)) if sizes else None)
        kinds = [r.values.get("kind") for r in here]
        assert value(found, "share", place) == pytest.approx(100 * kinds.count("a") / len(kinds))
        for kind in ("a", "b"):
            of_kind = [r for r in here if r.values.get("kind") == kind]
            if of_kind:
                held = [r.values.get("size") for r in of_kind]
                expected = None if None in held else sum(h * 15 for h in held if isinstance(h, float))
                found_here = value(found, "area", place, by=kind)
                assert found_here == (None if expected is None else pytest.approx(expected))
        for year in (2019, 2020, 2021):
            told = [r.yearly[year]["spent"] for r in here if year in r.yearly]
            assert value(found, "spent", place, str(year)) == (sum(told) * 10_000 if told else "none")
    assert value(found, "spent", period="2022") == "none"


@settings(max_examples=30, deadline=None)
@given(rows=ROWS, seed=st.randoms())
def test_the_order_of_rows_changes_nothing(rows, seed):
    shuffled = list(rows)
    seed.shuffle(shuffled)
    assert compute(REGISTER, rows, ON) == compute(REGISTER, shuffled, ON)


def test_growth_derived_fields_and_warnings():
    rows = [
        Row("x", "begun", {"size": 0.5}, {2020: {"spent": 4.0}, 2021: {"spent": 3.0}}, "P"),
        Row("y", "begun", {}, {2021: {"spent": 1.0}}, "Q"),
    ]
    found = compute(REGISTER, rows, ON, ["grown"])
    assert [(v.place, v.period, v.value) for v in found] == [("", "2021", 0.0), ("P", "2021", -25.0)]
    assert derived(REGISTER, rows, ON) == {"twice": [1.0, None], "four": [30.0, None]}
    assert [(a.key, a.name, a.level) for a in alerts(REGISTER, rows, ON)] == [
        ("x", "less", "red"),
        ("x", "small", "yellow"),
    ]
    assert alerts(REGISTER, [], ON) == []
