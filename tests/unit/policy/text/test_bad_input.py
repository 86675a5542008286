"""What cannot be read gets one clear problem, in bounded time; nothing else is ever raised."""

import hashlib
import io
import zipfile

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.kernel.problems import ProblemsError
from tongchou.policy import codes
from tongchou.policy.formats import docx as docx_format
from tongchou.policy.pipeline import Draft, repairs, run
from tongchou.policy.stages import decode
from tongchou.policy.stages.text import TEXT_STAGES

FEW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(data, name="x"):
    return run(Draft(name, data, Places(()), Parties(())), TEXT_STAGES)


def problem_of(data):
    """The one problem that reading ``data`` gives."""
    with pytest.raises(ProblemsError) as caught:
        read(data)
    (problem,) = caught.value.problems
    assert problem.where == "x"
    assert problem.message.zh
    assert problem.hint.zh
    assert problem.hint.en
    return problem.code


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body):
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return zipped({"word/document.xml": f"<w:document {ns}><w:body>{body}</w:body></w:document>"})


def pdf_without_text(password=None):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", word("<w:p/>"), b"<html><body></body></html>"])
def test_empty(data):
    assert problem_of(data) == codes.EMPTY.code


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        b"\xff\xd8\xff\xe0" + b"\x01" * 100,
        b"\x00" * 1000,
        "一、".encode() + b"\x01\x02\x03" * 100,
    ],
)
def test_binary(data):
    assert problem_of(data) == codes.BINARY.code


def test_noise_of_ten_megabytes():
    noise = b"".join(hashlib.sha256(str(i).encode()).digest() for i in range(312_500))
    assert problem_of(noise) in (codes.BINARY.code, codes.UNKNOWN_ENCODING.code)


def test_text_in_an_encoding_we_do_not_know():
    assert (
        problem_of("総務省は、次のとおり定める。".encode("euc_jp") + b"\xff\xff\x80\x80") == codes.UNKNOWN_ENCODING.code
    )


def test_text_without_chinese():
    assert problem_of(b"The quick brown fox.") == codes.NO_CHINESE.code


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "doc"),
        (b"{\\rtf1 abc}", "RTF"),
        (zipped({"xl/workbook.xml": "<a/>"}), "Excel"),
        (zipped({"content.xml": "<a/>"}), "OpenDocument"),
        (zipped({"a.txt": "文字"}), "ZIP"),
    ],
)
def test_other_kinds_of_files(data, what):
    with pytest.raises(ProblemsError, match=what) as caught:
        read(data)
    assert caught.value.problems[0].code == codes.UNSUPPORTED.code


def test_a_protected_word_file_says_so():
    # Word keeps a protected document in an OLE container, in a stream of this name.
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
    assert problem_of(data) == codes.ENCRYPTED.code


def test_too_large(monkeypatch):
    monkeypatch.setattr(decode, "LIMIT", 100)
    assert problem_of("字".encode() * 100) == codes.TOO_LARGE.code


def test_scanned_and_protected_pdf():
    assert problem_of(pdf_without_text()) == codes.SCANNED.code
    assert problem_of(pdf_without_text("secret")) == codes.ENCRYPTED.code


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_truncated_files(documents, share):
    for kind in ("docx", "pdf"):
        data = documents[kind]
        assert problem_of(data[: int(len(data) * share)]) in (codes.DAMAGED.code, codes.SCANNED.code, codes.EMPTY.code)


def test_zip_bombs():
    assert problem_of(word("<w:p/>" + " " * (docx_format.LIMIT + 1))) == codes.BOMB.code
    # A directory that lies about the size: never more than the limit is unpacked.
    honest = word("<w:p><w:r><w:t>" + "字" * 100_000 + "</w:t></w:r></w:p>")
    at = honest.rindex(b"PK\x01\x02") + 24
    assert problem_of(honest[:at] + (99).to_bytes(4, "little") + honest[at + 4 :]) == codes.DAMAGED.code


def test_entities_that_multiply_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY a "字字字字"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
    assert problem_of(zipped({"word/document.xml": bomb})) == codes.DAMAGED.code


def test_deeply_nested_markup():
    deep = "<w:tbl><w:tr><w:tc>" * 400
    assert problem_of(word(deep)) == codes.DAMAGED.code
    assert "第一字" in read(("<html><body>" + "<div>" * 400 + "第一字" + "</body></html>").encode()).text
    assert problem_of(("<html><body>" + "<div>" * 20_000 + "第一字" + "</body></html>").encode()) == codes.EMPTY.code


@given(st.binary(max_size=400))
@FEW
def test_any_bytes(data):
    try:
        read(data)
    except ProblemsError as error:
        assert len(error.problems) == 1


MUTATION = st.tuples(
    st.sampled_from(("set", "cut", "double")),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 255),
    st.integers(1, 200),
)


@given(st.sampled_from(("docx", "gb18030", "html", "pdf", "txt")), st.lists(MUTATION, min_size=1, max_size=8))
@FEW
def test_mutated_files_of_every_kind(documents, kind, mutations):
    changed = bytearray(documents[kind])
    for action, where, byte, size in mutations:
        at = int(where * len(changed))
        if action == "set":
            changed[at : at + 1] = bytes([byte])
        elif action == "cut":
            del changed[at : at + size]
        else:
            changed[at:at] = changed[at : at + size]
    try:
        read(bytes(changed))
    except ProblemsError as error:
        assert len(error.problems) == 1


WORDS = """一、 （一） 1. 各县（市、区）人民政府： 太原市人民政府 2019年10月25日 政策解读 附件：1. ， 。 , ( ) " 网络
網際網路 著力推進 骗承兰脚 重要讲话 发文字号： 并政发[2019]18号 首页> 联系我们 關於 \u200b
关于加强区域协调发展工作的实施意见
加快推进城区绿地建设，新建公园三座，改造提升街旁小游园二十处，绿化覆盖率达到百分之四十二。"""
PIECES = st.sampled_from(WORDS.split() * 2 + ["\n", "\n\n", "\t", "　　", " "] * 6)


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_arrangement_of_a_document(text):
    try:
        draft = read(text.encode())
    except ProblemsError as error:
        assert error.problems[0].code in (codes.EMPTY.code, codes.NO_CHINESE.code)
        return
    for repair in repairs(draft):
        expected = repair.after if repair.applied else repair.before
        assert draft.text[repair.span.start : repair.span.end] == expected
        assert 0 <= repair.source_span.start <= repair.source_span.end <= draft.source.characters
    for cut in draft.cuts:
        assert 0 <= cut.span.start < cut.span.end <= draft.source.characters
    if draft.text:
        assert read(draft.text.encode()).text == draft.text or "\n" in draft.text


@pytest.mark.parametrize(
    "piece", ["一、加快推进，", "骗承兰脚", "(", "（一）", "\n", "关于", "政策解读\n", '"', "著", "\t|"]
)
def test_time_grows_with_the_length_only(piece):
    read(("字" + piece * 30_000).encode())


@pytest.mark.parametrize(
    "before", ["附", "附件", "<p>字", "关于意见", "2019年", "发文字号：", "自", "以安政发〔2019〕1号", "字."]
)
@pytest.mark.parametrize("space", [" ", "\n", "\u3000", "\t", "\u200b"])
def test_space_without_end_takes_no_time(before, space):
    read(f"安平市关于测试的通知\n字{before}{space * 100_000}x".encode())
    read(f"<html><body><p>字{before}{space * 100_000}x</p></body></html>".encode())
