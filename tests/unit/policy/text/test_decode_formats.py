"""Every format and encoding gives the text that is printed, in order."""

import pytest

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.formats.numerals import printed
from tongchou.policy.pipeline import Draft, run
from tongchou.policy.stages.text import TEXT_STAGES

LINES = (
    "安平市人民政府关于加强粮食储备的意见",
    "各区县人民政府，市直各部门：",
    "一、总体要求",
    "坚持数量、质量、生态并重，到2025年市级储备粮规模达到十二万吨，确保储得进、管得好、调得动、用得上。",
    "二、主要任务",
    "（一）充实储备规模。市级储备粮规模达到六个月以上销量，区县级储备粮按照常住人口核定，小麦和稻谷的比例不低于百分之七十。",
    "安平市人民政府",
    "2023年10月8日",
)
MORE = (
    "（二）加强库存管理。承储企业应当专仓储存、专账记载、专人保管，每季度末检查一次，轮换计划报批后执行。",
    "三、保障措施",
    "各级各部门要落实责任，加强督促检查，定期通报进展情况，确保各项任务按期完成。",
)
TEXT = "安平市关于加强粮食储备的意见\n一、总体要求\n坚持数量、质量并重，确保粮食安全。\n"
TRADITIONAL = "安平市關於加強糧食儲備的意見\n一、總體要求\n堅持數量、質量並重,確保糧食安全。\n"


@pytest.mark.parametrize(
    ("encoding", "bom", "named"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("gb18030", b"", "gb18030"),
        ("gbk", b"", "gb18030"),
    ],
)
def test_encodings_of_plain_text(decoded, encoding, bom, named):
    text, source = decoded(bom + TEXT.encode(encoding))
    assert text == TEXT
    assert (source.format, source.encoding, source.characters) == ("txt", named, len(TEXT))


def test_big5_is_told_from_gb18030(decoded):
    text, source = decoded(TRADITIONAL.encode("big5"))
    assert (text, source.encoding) == (TRADITIONAL, "big5")


@pytest.mark.parametrize("cut", [1, 2])
def test_a_character_cut_off_at_the_end_is_dropped(decoded, cut):
    text, _ = decoded(TEXT.rstrip().encode()[:-cut])
    assert text == TEXT.rstrip()[:-1]


def test_line_ends_of_every_system_are_one(decoded):
    text, _ = decoded("一、甲\r\n二、乙\r三、丙\u2028四、丁\x0b五、戊".encode())
    assert text == "一、甲\n二、乙\n三、丙\n四、丁\n五、戊"


def test_word_prints_its_list_numbers(decoded, documents):
    text, source = decoded(documents["docx"], "x.txt")  # the name does not decide
    assert source.format == "docx"
    assert text.split("\n")[:9] == [
        "安平市人民政府关于加强粮食储备的意见",
        "一、总体要求",
        "二、主要任务",
        "（一）充实规模",
        "1.小麦",
        "2.稻谷",
        "（二）加强管理",
        "1.玉米",
        "三、保障措施",
    ]


def test_word_tables_are_rows_and_headers_are_left_out(decoded, documents):
    text, _ = decoded(documents["docx"])
    assert "序号\t任务\t责任单位\n1\t轮换 检查\t市粮食局\n合计\t\t两项\n本意见自印发之日起施行。" in text
    assert "内部资料" not in text
    assert "删去的话" not in text


def test_pdf_lines_become_paragraphs(decoded, documents):
    text, source = decoded(documents["pdf"])
    assert source.format == "pdf"
    assert text.split("\n") == [*LINES[:6], *MORE, *LINES[6:]]


def test_pages_lose_menus_scripts_and_hidden_parts(decoded, documents):
    text, source = decoded(documents["html"])
    assert source.format == "html"
    assert text.split("\n") == [
        "安平市人民政府",
        "关于加强粮食储备的意见",
        "各区县人民政府，市直各部门：",
        "一、总体要求",
        "序号\t任务\t责任单位",
        "1\t轮换\t市粮食局",
        "\t检查库存\t市财政局",
        "合计\t\t两项",
        "安平市人民政府",
        "2023年10月8日",
    ]


def test_a_page_in_gbk_that_says_so(decoded):
    page = "<html><head><meta charset=gb2312></head><body><p>一、总体要求</p><p>二、任务</p></body></html>"
    text, source = decoded(page.encode("gbk"))
    assert (text, source.encoding) == ("一、总体要求\n二、任务", "gb18030")


def test_a_page_laid_out_with_tables(decoded):
    long = "为加强粮食储备，" * 300
    page = f"<html><body><table><tr><td>栏目</td><td><p>一、总体要求</p><p>{long}</p></td></tr></table></body></html>"
    text, _ = decoded(page.encode())
    assert text.split("\n") == ["栏目", "一、总体要求", long]


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "gb18030"])
def test_every_format_gives_the_same_title_and_data(documents, kind):
    draft = run(Draft("x", documents[kind], Places(()), Parties(())), TEXT_STAGES)
    assert draft.title == "安平市人民政府关于加强粮食储备的意见"
    if kind != "docx":
        assert draft.issuer == "安平市人民政府"
        assert str(draft.issued) == "2023-10-08"


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (12, "chineseCounting", "十二"),
        (105, "chineseCountingThousand", "一百零五"),
        (20, "taiwaneseCounting", "二十"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (10, "chineseLegalSimplified", "壹拾"),
        (4, "ideographTraditional", "丁"),
        (2025, "ideographDigital", "二〇二五"),
        (7, "decimalZero", "07"),
        (1994, "upperRoman", "MCMXCIV"),
        (28, "lowerLetter", "bb"),
        (3, "unheard-of", "3"),
    ],
)
def test_numerals_of_lists(number, form, shown):
    assert printed(number, form) == shown


def test_a_few_damaged_bytes_do_not_hide_a_text(decoded):
    data = bytearray((TEXT * 40).encode())
    data[301] = 0xFF
    text, source = decoded(bytes(data))
    assert source.encoding == "utf-8"
    assert text.count("\ufffd") >= 1
    assert text.replace("\ufffd", "")[:90] == (TEXT * 40)[:90]
