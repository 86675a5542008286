"""What people type into a row, and what is kept of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tongchou.kernel.declared import Words
from tongchou.kernel.parties import Parties, Party, PartyKind
from tongchou.kernel.places import Place, PlaceKind, Places
from tongchou.registers import geometry
from tongchou.registers.declaration import RegisterField
from tongchou.registers.reading import Reader, Refused
from tongchou.registers.references import References

REFERENCES = References(
    Places([Place("140105", "小店区", "Xiaodian", PlaceKind.DISTRICT, aliases=("小店",))]),
    Parties([Party("finance", "市财政局", "Finance", PartyKind.DEPARTMENT)]),
    clauses={"2.2"},
    has_row=lambda register, key: (register, key) == ("a.b", "k"),
)


def read(raw, **field):
    item = RegisterField(label=Words(zh="字段", en="Field"), **field)
    return Reader(item, REFERENCES, "x").read(raw)


@pytest.mark.parametrize(
    ("field", "raw", "kept"),
    [
        ({"kind": "number", "unit": "公顷"}, "1,234.5", 1234.5),
        ({"kind": "number", "unit": "公顷"}, "750亩", 50.0),
        ({"kind": "number", "unit": "公顷"}, "１２.5", 12.5),
        ({"kind": "number", "unit": "公顷"}, "−3", -3.0),
        ({"kind": "money", "unit": "万元"}, "0.5亿元", 5000.0),
        ({"kind": "money", "unit": "万元"}, 0, 0.0),
        ({"kind": "money", "unit": "万元"}, "不适用", "不适用"),
        ({"kind": "integer", "unit": "户"}, "12户", 12),
        ({"kind": "integer", "unit": "户"}, 12.0, 12),
        ({"kind": "percentage", "unit": "%"}, "35%", 35.0),
        ({"kind": "date"}, "2020年12月26日", "2020-12-26"),
        ({"kind": "date"}, datetime(2020, 12, 26), "2020-12-26"),
        ({"kind": "date"}, 44191, "2020-12-26"),
        ({"kind": "date"}, "2020/2/3", "2020-02-03"),
        ({"kind": "partial_date"}, "2020年底", "2020"),
        ({"kind": "partial_date"}, "2016.3", "2016-03"),
        ({"kind": "partial_date"}, date(2016, 3, 1), "2016-03-01"),
        ({"kind": "month"}, "2020年3月", "2020-03"),
        ({"kind": "year"}, 2020.0, 2020),
        ({"kind": "choice", "choices": {"a": Words(zh="甲", en="A")}}, "甲", "a"),
        ({"kind": "choice", "many": True, "choices": {"1": Words(zh="甲", en="A")}}, [1, "甲"], ["1"]),
        ({"kind": "flag"}, "否", False),
        ({"kind": "flag"}, True, True),
        ({"kind": "place", "many": True}, "小店、140105", ["140105"]),
        ({"kind": "party"}, "市财政局", "finance"),
        ({"kind": "clause"}, "2.2", "2.2"),
        ({"kind": "register_row", "register": "a.b"}, "k", "k"),
        ({"kind": "text"}, 12.0, "12"),
        ({"kind": "text"}, "  ", None),
        ({"kind": "choice", "many": True, "choices": {"a": Words(zh="甲", en="A")}}, [], None),
    ],
)
def test_it_is_kept_in_one_form(field, raw, kept):
    found = read(raw, **field)
    assert found == kept
    assert type(found) is type(kept)


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        ({"kind": "number", "unit": "公顷"}, "—", "D021"),
        ({"kind": "number", "unit": "公顷"}, "十", "D021"),
        ({"kind": "number", "unit": "公顷"}, True, "D021"),
        ({"kind": "number", "unit": "公顷"}, float("nan"), "D021"),
        ({"kind": "number", "unit": "公顷"}, "3万元", "D032"),
        ({"kind": "number", "unit": "公顷"}, "3尺", "D032"),
        ({"kind": "number", "unit": "公顷", "at_least": 0.0}, "-1", "D022"),
        ({"kind": "number", "unit": "公顷", "at_most": 5.0}, 6, "D022"),
        ({"kind": "integer", "unit": "户"}, "1.5", "D031"),
        ({"kind": "date"}, "2020-02-30", "D024"),
        ({"kind": "date"}, "2020", "D024"),
        ({"kind": "date"}, 7, "D024"),
        ({"kind": "year"}, "20", "D024"),
        ({"kind": "year"}, True, "D024"),
        ({"kind": "month"}, "2020-13", "D024"),
        ({"kind": "choice", "choices": {"a": Words(zh="甲", en="A")}}, "乙", "D023"),
        ({"kind": "flag"}, "也许", "D023"),
        ({"kind": "place"}, "火星", "D025"),
        ({"kind": "party"}, "火星", "D025"),
        ({"kind": "clause"}, "9.9", "D025"),
        ({"kind": "register_row", "register": "a.b"}, "j", "D025"),
        ({"kind": "text", "longest": 3}, "四个字了", "D027"),
        ({"kind": "text", "pattern": "[a-z]+"}, "A1", "D027"),
        ({"kind": "text"}, "a\x00b", "D027"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_its_place(field, raw, code):
    with pytest.raises(Refused) as refused:
        read(raw, **field)
    assert (refused.value.problem.code, refused.value.problem.where) == (code, "x")


SQUARE = [[[112.0, 37.0], [113.0, 37.0], [113.0, 38.0], [112.0, 37.0]]]


def test_points_and_polygons():
    assert geometry.read("112.5, 37.8", "point") == {"type": "Point", "coordinates": [112.5, 37.8]}
    assert geometry.read(None, "point") is None
    polygon = geometry.read({"type": "Polygon", "coordinates": SQUARE}, "polygon")
    assert polygon is not None
    assert geometry.centre(polygon) == pytest.approx((112.666667, 37.333333), abs=1e-5)
    assert geometry.centre({"type": "Point", "coordinates": [1, 2]}) == (1.0, 2.0)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("{", "point"),
        ("[1, 2]", "point"),
        ("200, 10", "point"),
        ({"type": "Point", "coordinates": [1, 2]}, "polygon"),
        ({"type": "Point"}, "point"),
        ({"type": "Polygon", "coordinates": []}, "polygon"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}, "polygon"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "polygon"),
    ],
)
def test_a_bad_geometry_is_refused(raw, kind):
    with pytest.raises(Refused) as refused:
        geometry.read(raw, kind)
    assert refused.value.problem.code == "D030"
