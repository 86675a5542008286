"""The consultation draft, opened again: the form of GB/T 9704 and what it asks to be filled in."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import docx
import pytest
from docx.oxml.ns import qn

from tongchou.surfaces.document import division_of_tasks as division
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
        "“泵站”疑为衍文，待核定",
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


def test_a_number_word_would_not_count_to_is_typed_as_printed(policy):
    first, goal, second, task = policy.clauses
    changed = replace(policy, clauses=(first, goal, replace(second, number="四、"), task))
    paper = docx.Document(io.BytesIO(division_of_tasks(changed)))
    headings = {p.text: p._p.pPr.numPr for p in paper.paragraphs if p.style.name == "Heading 1"}
    assert headings["总体要求"] is None  # the style's own numbering: 一、
    assert headings["四、主要任务"].numId.val == 0


def test_an_article_without_heading_keeps_its_number_and_words(policy):
    article = replace(policy.clauses[3], number="第三条", heading="")
    paper = docx.Document(io.BytesIO(division_of_tasks(replace(policy, clauses=(article,)))))
    words = next(p for p in paper.paragraphs if p.text.startswith("第三条"))
    assert words.text == f"第三条{article.text}"
    assert words.runs[0].font.name == "黑体"


def test_units_sign_in_the_regions_order(policy, parties):
    region = SimpleNamespace(parties=parties)
    paper = docx.Document(io.BytesIO(division_of_tasks(policy, region)))
    sign_off = next(t for t in paper.tables if t.rows[0].cells[0].text == "单位")
    assert [r.cells[0].text for r in sign_off.rows[1:]] == ["市财政局", "市水务局", "乙县人民政府", "甲县人民政府"]


def test_long_titles_break_before_about(policy):
    title = "临河市人民政府办公室关于进一步加强农村饮用水水源保护的意见"
    paper = docx.Document(io.BytesIO(division_of_tasks(replace(policy, title=title))))
    assert paper.paragraphs[0].text.split("\n")[:2] == [
        "《临河市人民政府办公室",
        "关于进一步加强农村饮用水水源保护的意见》",
    ]


def test_a_title_longer_than_a_property_may_be(policy):
    docx.Document(io.BytesIO(division_of_tasks(replace(policy, title="题" * 400))))


def test_a_document_too_long_to_print_is_cut_and_says_so(policy, monkeypatch):
    monkeypatch.setattr(division, "_MOST_ROWS", 3)
    paper = docx.Document(io.BytesIO(division_of_tasks(policy)))
    assert any("自条款 2 起的 2 条未列入" in p.text for p in paper.paragraphs)


def test_time_grows_with_length_not_its_square(policy):
    task = policy.clauses[3]
    many = replace(policy, clauses=tuple(replace(task, id=f"2.{i}") for i in range(1500)))
    start = time.perf_counter()
    division_of_tasks(many)
    assert time.perf_counter() - start < 20  # 3,000 rows took minutes when each was searched for from the start


def test_words_that_look_like_markup_stay_words(policy):
    task = policy.clauses[3]
    odd = replace(task, commitments=(replace(task.commitments[0], text="<w:t>&amp;一\n二"),))
    paper = docx.Document(io.BytesIO(division_of_tasks(replace(policy, clauses=(odd,)))))
    assert paper.tables[0].rows[1].cells[1].text == "<w:t>&amp;一\n二"


def test_a_party_alone_is_not_called_the_lead(policy):
    clause = policy.clauses[3]
    alone = replace(clause.duty, parties=clause.duty.parties[1:2])
    changed = replace(policy, clauses=(*policy.clauses[:3], replace(clause, duty=alone)))
    paper = docx.Document(io.BytesIO(division_of_tasks(changed)))
    assert paper.tables[1].rows[1].cells[3].text == "（一家负责）"


def test_doubted_words_of_headings_and_targets_are_noted(policy):
    doubts = [
        replace(policy.repairs[1], span=span, before=words)
        for words, span in (("建设", policy.clauses[3].heading_span), ("全面", policy.clauses[1].targets[0].span))
    ]
    paper = docx.Document(io.BytesIO(division_of_tasks(replace(policy, repairs=tuple(doubts)))))
    notes = [p.text for p in paper.paragraphs if p.text.startswith("注：")]
    assert notes == ["注：目标中“全面”疑为衍文，待核定。", "注：标题中“建设”疑为衍文，待核定。"]
    assert "照录" in paper.paragraphs[2].text


def test_nothing_is_noted_where_nothing_is_doubted(policy):
    paper = docx.Document(io.BytesIO(division_of_tasks(replace(policy, repairs=policy.repairs[:1]))))
    assert paper.tables[1].rows[1].cells[5].text == ""
    assert not any("照录" in p.text or p.text.startswith("注：") for p in paper.paragraphs)


def test_every_page_of_a_long_table_names_the_parties(policy):
    task = policy.clauses[3]
    long = replace(task, commitments=task.commitments[:1] * 40)
    paper = docx.Document(io.BytesIO(division_of_tasks(replace(policy, clauses=(long,)))))
    said = []
    for row in paper.tables[0]._tbl.tr_lst[1:]:
        cell = row.tc_lst[2]
        begins = cell.tcPr.find(qn("w:vMerge")).get(qn("w:val")) == "restart"
        assert begins == bool("".join(cell.itertext()).strip())
        said.append(begins)
    starts = [i for i, begins in enumerate(said) if begins]
    assert starts[0] == 0
    # 34 lines of 12 point text make a page; a row here has four (its remark).
    parts = [b - a for a, b in pairwise([*starts, len(said)])]
    assert max(parts) * 4 <= 21
    assert min(parts) * 4 >= 8  # none so short that the parties' names stretch it


def test_a_task_number_stands_on_one_line():
    form = division._COMMITMENTS
    inner_mm = form.widths_mm[0] - 2 * 1.9  # Word's own margins of a cell
    assert len("1.3.3-12") * 6 / 72 * 25.4 <= inner_mm
    assert sum(form.widths_mm) == official.WIDTH_MM
