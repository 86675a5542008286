"""Outline: numbering styles, nesting by order of appearance, headings, milestone paragraphs, tables, annexes."""

from __future__ import annotations

import pytest

from tongchou.policy.model import ClauseKind
from tongchou.policy.numbering import count, number_at
from tongchou.policy.reader import read_text


def outline(*lines: str) -> list[tuple[str, str, int, str]]:
    policy = read_text("\n".join(("某市实施方案", *lines)))
    return [(c.id, c.number, c.level, c.heading) for c in policy.clauses]


@pytest.mark.parametrize(
    ("printed", "style", "value"),
    [
        ("一、总体要求", "han", 1),
        ("二十一、附则", "han", 21),
        ("（三）加强", "han_paren", 3),
        ("1.加强", "arabic", 1),
        ("12、加强", "arabic", 12),
        ("3．加强", "arabic", 3),
        ("（4）加强", "arabic_paren", 4),
        ("⑤加强", "circled2460", 5),
        ("第二章 总则", "chapter", 2),
        ("第十条 为了", "article", 10),
        ("第三节 规划", "section", 3),
        ("1.2 加强", "decimal2", 2),
        ("2.2022年完成", "arabic", 2),
    ],
)
def test_number_styles(printed: str, style: str, value: int) -> None:
    number = number_at(printed, 0, len(printed))
    assert number is not None
    assert (number.style, number.value) == (style, value)


@pytest.mark.parametrize(
    "line", ["1.5万亩耕地", "2020年", "三、四季度", "第三款规定", "（一）、（二）项", "第三条第二款", "3.5%", "一体化"]
)
def test_what_is_no_number(line: str) -> None:
    number = number_at(line, 0, len(line))
    assert number is None or number.style.startswith("decimal")


@pytest.mark.parametrize(
    ("printed", "value"), [("十", 10), ("二十三", 23), ("一百零二", 102), ("二〇三五", 2035), ("7", 7)]
)
def test_count(printed: str, value: int) -> None:
    assert count(printed) == value


def test_three_levels_and_return() -> None:
    assert outline(
        "一、总体要求",
        "（一）指导思想。坚持。",
        "（二）目标。稳定。",
        "二、任务",
        "（一）交通",
        "1.修路。修好路。",
        "2.修桥。修好桥。",
        "三、保障。做好保障。",
    ) == [
        ("1", "一、", 1, "总体要求"),
        ("1.1", "（一）", 2, "指导思想"),
        ("1.2", "（二）", 2, "目标"),
        ("2", "二、", 1, "任务"),
        ("2.1", "（一）", 2, "交通"),
        ("2.1.1", "1.", 3, "修路"),
        ("2.1.2", "2.", 3, "修桥"),
        ("3", "三、", 1, "保障"),
    ]


def test_a_document_may_begin_with_arabic_numbers() -> None:
    ids = [row[0] for row in outline("1.总体要求", "（1）坚持原则。", "（2）明确目标。", "2.主要任务", "（1）修路。")]
    assert ids == ["1", "1.1", "1.2", "2", "2.1"]


def test_articles_count_on_through_chapters() -> None:
    ids = [
        row[0]
        for row in outline(
            "第一章 总则", "第一条 为了规范管理，制定本办法。", "第二章 职责", "第二条 市财政局应当公开。"
        )
    ]
    assert ids == ["1", "1.1", "2", "2.2"]


def test_a_higher_style_that_does_not_restart_stands_above_a_list() -> None:
    policy = read_text(
        "\n".join(
            ("某市方案", "1.甲事项办好。", "2.乙事项办好。", "一、任务", "1.修路。", "2.修桥。", "二、保障", "1.出钱。")
        )
    )
    assert [c.level for c in policy.clauses if c.number in ("一、", "二、")] == [1, 1]


def test_skipped_and_repeated_numbers_are_findings() -> None:
    policy = read_text("\n".join(("某市方案", "一、任务", "（一）修路。", "（三）修桥。", "（三）种树。")))
    assert [c.id for c in policy.clauses] == ["1", "1.1", "1.3", "1.3b"]
    assert [(f.code, f.clause) for f in policy.findings if f.code in ("F011", "F012")] == [
        ("F011", "1.3"),
        ("F012", "1.3b"),
    ]


def test_milestone_paragraphs_are_clauses_with_no_number() -> None:
    policy = read_text(
        "\n".join(
            ("某市方案", "一、发展目标", "到2025年，格局形成。", "到2030年，全面建成。", "二、任务", "推进建设。")
        )
    )
    assert [(c.id, c.number, c.kind) for c in policy.clauses] == [
        ("1", "一、", ClauseKind.GOAL),
        ("1.1", "", ClauseKind.GOAL),
        ("1.2", "", ClauseKind.GOAL),
        ("2", "二、", ClauseKind.MEASURE),
    ]
    assert [(t.year, t.text) for t in policy.targets] == [(2025, "格局形成"), (2030, "全面建成")]


def test_without_any_number_every_paragraph_is_a_clause() -> None:
    policy = read_text("某县通知\n各乡镇人民政府：\n抓好春耕生产。\n储备农药化肥。\n某县人民政府\n2021年3月1日")
    assert [(c.id, c.number, c.text) for c in policy.clauses] == [
        ("1", "", "抓好春耕生产。"),
        ("2", "", "储备农药化肥。"),
    ]


def test_rows_of_a_table_of_duties_are_clauses() -> None:
    policy = read_text(
        "某市分工表\n序号\t任务\t牵头单位\t配合单位\t完成时限\n1\t建设公园3个\t市园林局\t市财政局\t2022年6月底\n"
    )
    (clause,) = policy.clauses
    assert clause.duty is not None
    assert [(p.name, p.role.value) for p in clause.duty.parties] == [("市园林局", "lead"), ("市财政局", "support")]
    (made,) = clause.commitments
    assert (made.text, str(made.deadline.by if made.deadline else None)) == ("建设公园3个", "2022-06-30")


def test_an_annex_behind_the_signature_has_ids_of_its_own() -> None:
    policy = read_text(
        "\n".join(
            (
                "某市方案",
                "一、任务。修好路。",
                "附件：任务表",
                "某市人民政府",
                "2022年3月3日",
                "附件",
                "任务表",
                "1.修桥。",
            )
        )
    )
    assert [c.id for c in policy.clauses] == ["1", "A1", "A1.1"]


def test_a_covering_notice_is_not_the_document() -> None:
    policy = read_text(
        "\n".join(
            (
                "某市关于印发方案的通知",
                "各县区人民政府：",
                "现将方案印发给你们。",
                "某市人民政府",
                "2022年3月3日",
                "某市方案",
                "一、任务",
                "推进改革。",
            )
        )
    )
    assert [c.id for c in policy.clauses] == ["1"]


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("（一）修好路。加快建设环城路。", "修好路", "加快建设环城路。"),
        ("（一）中心带动，轴带牵引。突出龙头作用。", "中心带动，轴带牵引", "突出龙头作用。"),
        ("（一）加快建设环城路，完善路网。", "", "加快建设环城路，完善路网。"),
        ("（一）2022年建成公园5个。加强管护。", "", "2022年建成公园5个。加强管护。"),
        ("（一）组织领导：成立领导小组。", "组织领导", "成立领导小组。"),
        ("（一）修好路。（市交通局负责）", "", "修好路。（市交通局负责）"),
    ],
)
def test_headings_are_split_from_text(line: str, heading: str, text: str) -> None:
    clause = read_text(f"某市方案\n一、任务\n{line}").clauses[1]
    assert (clause.heading, clause.text) == (heading, text)
