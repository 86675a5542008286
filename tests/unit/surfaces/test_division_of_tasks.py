"""The consultation draft, opened again: the form of GB/T 9704 and what it asks to be filled in."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from tongchou.surfaces.document import official
from tongchou.surfaces.document.division_of_tasks import division_of_tasks


@pytest.fixture
def paper(policy):
    return docx.Document(io.BytesIO(division_of_tasks(policy)))


def test_page_of_the_standard(paper):
    section = paper.sections[0]
    millimetres = [round(v / 36000) for v in (section.top_margin, section.left_margin, section.page_width)]
    assert millimetres == [37, 28, 210]
    assert round((section.page_width - section.left_margin - section.right_margin) / 36000) == 156
    assert round((section.page_height - section.top_margin - section.bottom_margin) / 36000) == 225


def test_22_lines_and_28_characters_fit_the_text_area(paper):
    style = paper.styles[official.BODY]
    pitch = style.paragraph_format.line_spacing.pt
    assert 22 * pitch <= 225 * 72 / 25.4 < 23 * pitch
    closer = style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))
    character = style.font.size.pt + int(closer) / 20
    assert 28 * character <= 156 * 72 / 25.4 < 29 * character


def test_fonts_are_the_standards(paper):
    fonts = {
        n: paper.styles[n].element.rPr.rFonts.get(qn("w:eastAsia"))
        for n in (official.TITLE, official.BODY, "Heading 1", "Heading 2")
    }
    assert list(fonts.values()) == ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"]


def test_headings_are_numbered_by_word_not_typed(paper):
    headings = [p for p in paper.paragraphs if p.style.name == "Heading 1"]
    assert [h.text for h in headings] == ["总体要求", "主要任务", "需要明确的事项", "会签"]
    assert not any(re.match("[一二三]、", h.text) for h in headings)
    numbering = paper.part.numbering_part.element.xml
    assert 'w:val="%1、"' in numbering
    assert 'w:val="（%2）"' in numbering


def test_tables_repeat_their_heads_and_ask_for_what_is_missing(paper):
    for table in paper.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    targets, tasks = paper.tables[:2]
    assert [c.text for c in targets.rows[1].cells] == ["2030年", "水质全面改善", "待明确", "待明确", "待明确"]
    first = [c.text for c in tasks.rows[1].cells]
    assert first == [
        "2.1-1",
        "力争2026年底新建3座泵站",
        "市水务局、市财政局、各县人民政府",
        "市水务局",
        "2026年12月31日（力争）",
        "",
    ]
    assert tasks.rows[2].cells[4].text == "待明确"


def test_no_lead_is_invented(policy):
    clause = policy.clauses[3]
    duty = replace(clause.duty, parties=clause.duty.parties[1:])
    changed = replace(policy, clauses=(*policy.clauses[:3], replace(clause, duty=duty)))
    paper = docx.Document(io.BytesIO(division_of_tasks(changed)))
    assert paper.tables[1].rows[1].cells[3].text == "待明确"


def test_sign_off_has_every_bearer_and_the_reply_slip_is_last(paper):
    sign_off = next(t for t in paper.tables if t.rows[0].cells[0].text == "单位")
    assert [r.cells[0].text for r in sign_off.rows[1:]] == ["市水务局", "市财政局", "甲县人民政府", "乙县人民政府"]
    assert paper.tables[-1].rows[0].cells[0].text == "任务编号"


def test_page_numbers_stand_outside_on_both_sides(paper):
    assert paper.settings.odd_and_even_pages_header_footer
    section = paper.sections[0]
    assert [int(f.paragraphs[0].alignment) for f in (section.footer, section.even_page_footer)] == [2, 0]
    assert "PAGE" in section.footer._element.xml


def test_control_characters_do_not_break_the_file(policy):
    changed = replace(policy, title="意见\x00\x0b", clauses=())
    docx.Document(io.BytesIO(division_of_tasks(changed)))
