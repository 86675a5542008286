"""The template of a unit: locked where nothing is asked, and read back to what it held."""

from __future__ import annotations

import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.region import load
from tongchou.surfaces.typed import Said
from tongchou.surfaces.workbook.collection import AskedCell, collection_template
from tongchou.surfaces.workbook.messy import Wanted, read_figures

REGION = load("taiyuan")
IDS = list(REGION.indicators)[:6]
PLACES = ("140121", "140123")
WANTED = Wanted(
    {i: REGION.indicators[i] for i in IDS}, {p: REGION.places[p] for p in PLACES}, frozenset({"2030", "2031"})
)


def asked(indicator, place, period, **more):
    held = REGION.indicators[indicator]
    return AskedCell(
        indicator,
        held.title.zh,
        held.unit,
        held.definition.zh,
        place,
        REGION.places[place].name,
        period,
        f"{period}年",
        **more,
    )


def test_only_what_is_asked_can_be_written():
    cells = [asked(IDS[0], "140123", "2031", before=12.0, whole=True)]
    sheet = openpyxl.load_workbook(io.BytesIO(collection_template("填报表", "说明", cells)))["填报"]
    assert sheet.protection.sheet
    assert [sheet.cell(4, j).protection.locked for j in range(1, 13)] == [True] * 6 + [False] * 4 + [True] * 2
    assert sheet.column_dimensions["L"].hidden
    assert sheet["F4"].value == 12
    assert sheet["L4"].value == f"{IDS[0]}|140123|2031"
    assert {str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {"G4", "H4"}


def test_words_that_look_like_formulas_are_text():
    cells = [asked(IDS[0], "140123", "2031", source="=1+1")]
    sheet = openpyxl.load_workbook(io.BytesIO(collection_template("=A1", "+", cells)))["填报"]
    assert sheet["I4"].data_type == sheet["A1"].data_type == "s"


words = st.text(st.sampled_from("报表台账年鉴统计局一二三abc"), max_size=8)
values = st.one_of(
    st.none(),
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda v: float(f"{v:.10g}")),
    st.integers(0, 10**9).map(float),
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(IDS), st.sampled_from(PLACES), st.sampled_from(["2030", "2031"])),
        st.tuples(values, st.booleans(), words, words),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_exported_is_what_is_imported(held):
    cells = [
        asked(*key, value=None if absent else value, not_applicable=absent, source=source, note=note)
        for key, (value, absent, source, note) in held.items()
    ]
    reading = read_figures("表.xlsx", collection_template("填报表", "说明", cells), WANTED)
    assert not reading.faults
    back = {(c.indicator, c.place, c.period): c for c in reading.cells}
    assert set(back) == set(held)
    for key, (value, absent, source, note) in held.items():
        said = Said.NOT_APPLICABLE if absent else Said.NOTHING if value is None else Said.VALUE
        assert back[key].typed.said is said
        assert (back[key].source, back[key].note) == (source, note)
        if said is Said.VALUE:
            assert back[key].typed.value == value
