"""The text and the ledger show the same things; filters and exports agree; uploads are kept or refused whole."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests.web.conftest import coordinator

from tongchou.policy.model import Repair, RepairKind
from tongchou.policy.spans import Span
from tongchou.web.ledger.actions import receive_document
from tongchou.web.ledger.models import Document
from tongchou.web.ledger.passages import Change, Mark, changes_of, clause_views, passages

PAPER = (
    "临河市人民政府关于治水的意见\n一、主要任务\n（一）建设管网。2026年底前建成泵站。（市水务局牵头，市财政局配合）\n"
)


def upload(client: Client, data: bytes, name: str = "意见.txt", **more: str):
    return client.post("/documents/", {"file": SimpleUploadedFile(name, data), **more})


def test_numbers_of_the_built_in_policy(builtin):
    html = Client().get("/policy/").content.decode()
    assert "29 条，19 处责任分工" in html
    assert "26 项目标" in html


def test_every_row_has_its_words_and_every_word_its_row(builtin):
    html = Client().get("/policy/").content.decode()
    anchors = re.findall(r'id="at-([^"]+)"', html)
    assert len(anchors) == len(set(anchors))
    for commitment in builtin.policy.commitments:
        assert f"c{commitment.id}" in anchors
        assert f'id="row-c{commitment.id}"' in html
    for target in builtin.policy.targets:
        assert f"t{target.id}" in anchors


def test_repairs_are_shown_in_place(builtin):
    html = Client().get("/policy/").content.decode()
    assert "<del" in html
    assert "待核定" in html
    shown = changes_of(builtin.policy)
    assert any(not c.repair.applied for c in shown)
    for change in shown:
        assert html.count(f'id="at-{change.id}"') == html.count(f'id="row-{change.id}"') == 1
        assert change.repair.evidence in html


def test_a_change_across_passages_is_shown_once():
    text = "甲乙丙丁"
    changed = Repair(Span(1, 3), Span(1, 4), "錯錯錯", "乙丙", RepairKind.SCRIPT, "证据", 1.0, True)
    dropped = Repair(Span(4, 4), Span(5, 6), "衍", "", RepairKind.INSERTED, "证据", 1.0, True)
    marks = [Mark("a", "commitment", Span(0, 2))]
    cut = passages(text, Span(0, 4), marks, [Change("r1", changed), Change("r2", dropped)])
    assert "".join(p.text for p in cut) == text
    assert [(p.text, p.change.id) for p in cut if p.is_changes_first] == [("乙", "r1"), ("", "r2")]
    assert [p.ids for p in cut] == ["a", "a r1", "r1", "", "r2"]


def test_passages_lose_no_character_and_nest_properly():
    text = "甲乙丙丁戊己"
    marks = [Mark("a", "commitment", Span(1, 4)), Mark("b", "finding", Span(3, 6)), Mark("c", "duty", Span(0, 6))]
    cut = passages(text, Span(0, 6), marks, ())
    assert "".join(p.text for p in cut) == text
    assert [p.ids for p in cut] == ["c", "a c", "a b c", "b c"]
    assert [[m.id for m in p.starts] for p in cut] == [["c"], ["a"], ["b"], []]


def test_filters_leave_what_they_say(builtin):
    html = Client().get("/ledger/", {"timing": "dated"}).content.decode()
    assert re.search(r"1 项（共 \d+ 项）", html)
    assert "2020-12-31" in html
    total = len(builtin.policy.commitments)
    for query, rule in (
        ({"party": "市财政局"}, lambda c: "市财政局" in {n for p in c.duty.parties for n in (p.name, *p.expands_to)}),
        ({"kind": "mechanism"}, lambda c: c.kind == "mechanism"),
        ({"clause": "2"}, lambda c: c.id.startswith("2.")),
    ):
        expected = sum(len(c.commitments) for c in builtin.policy.clauses if c.duty and rule(c))
        assert 0 < expected < total
        assert f"{expected} 项（共 {total} 项）" in Client().get("/ledger/", query).content.decode()


def test_a_county_finds_itself_behind_the_group(builtin):
    html = Client().get("/ledger/", {"party": "娄烦县人民政府"}).content.decode()
    assert not html.count("没有符合条件")


def test_nothing_matches_and_markup_is_escaped(builtin):
    html = Client().get("/ledger/", {"words": "<b>没有</b>"}).content.decode()
    assert "没有符合条件" in html
    assert "<b>没有" not in html


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "csv", "json", "xml"])
def test_exports_open(builtin, suffix):
    response = Client().get(f"/ledger/export.{suffix}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    data = response.content
    if suffix in ("xlsx", "docx"):
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    elif suffix == "json":
        assert json.loads(data)["schema"] == "tongchou.policy/1"
    elif suffix == "csv":
        assert len(list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))) == len(builtin.policy.commitments)
    else:
        assert data.startswith(b"<?xml")


def test_export_of_the_rows_on_the_screen(builtin):
    data = Client().get("/ledger/export.xlsx", {"timing": "dated"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(data))["台账"]
    assert sheet["A4"].value == 1
    assert sheet["A5"].value is None


def test_upload_is_read_and_kept_as_received(builtin):
    client = coordinator()
    data = PAPER.encode("gb18030")
    response = upload(client, data)
    document = Document.objects.get(is_builtin=False)
    assert response.headers["Location"] == f"/policy/?document={document.pk}"
    assert "建设管网" in client.get(response.headers["Location"]).content.decode()
    assert document.received_bytes() == data
    received = client.get(f"/documents/{document.pk}/received")
    assert received.content == data
    assert received.headers["Content-Type"] == "application/octet-stream"
    upload(client, data)
    assert Document.objects.filter(is_builtin=False).count() == 1
    upload(client, data, use_region="on")
    assert Document.objects.filter(is_builtin=False).count() == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x00\x01\x02" * 50, "R0"),
        (b"%PDF-1.4 nothing", "R0"),
        (b"PK\x03\x04broken", "R0"),
        ("，。" * 9).encode()[:0] or (b" \n ", "R0"),
    ],
)
def test_bad_uploads_are_refused_whole_with_a_way_out(builtin, data, code):
    response = upload(coordinator(), data, "x.docx")
    html = response.content.decode()
    assert response.status_code == 422
    assert code in html
    assert "办法" in html
    assert Document.objects.count() == 1


def test_empty_missing_and_large_files(builtin, settings):
    assert "文件是空的" in upload(coordinator(), b"").content.decode()
    for sent in ({}, {"file": "not a file"}):
        response = coordinator().post("/documents/", sent)
        assert (response.status_code, "W006" in response.content.decode()) == (422, True)
    settings.UPLOAD_BYTES = 10
    response = upload(coordinator(), PAPER.encode())
    assert (response.status_code, "W007" in response.content.decode()) == (422, True)
    assert Document.objects.count() == 1


def test_a_long_name_is_no_reason_to_refuse(builtin):
    assert upload(coordinator(), PAPER.encode(), "长" * 300 + ".txt").status_code == 302
    assert len(Document.objects.get(is_builtin=False).name) <= 255


def test_a_file_name_is_never_a_path(builtin):
    upload(coordinator(), PAPER.encode(), "../../etc/<b>passwd.txt")
    document = Document.objects.get(is_builtin=False)
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{64}", document.path)
    assert "<b>passwd" not in coordinator().get("/documents/").content.decode()


def test_forms_need_their_token(builtin):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/documents/", {}).status_code == 403
    assert client.post("/base-map/", {}).status_code == 403


def test_markup_in_a_document_is_shown_as_text(builtin):
    response = upload(coordinator(), PAPER.replace("建设管网", "建设<script>alert(1)</script>管网").encode())
    html = coordinator().get(response.headers["Location"]).content.decode()
    assert "<script>alert" not in html


@pytest.mark.parametrize("wrong", [{"sha256": "x"}, {"size": 0}, {"title": ""}, {"contract": {"schema": "other"}}])
def test_the_database_refuses_impossible_rows(builtin, wrong):
    values = {
        "sha256": "0" * 64, "region": "", "name": "a", "size": 1, "received_at": timezone.now(), "title": "t",
        "contract": {"schema": "tongchou.policy/1"}, "read_by": "0",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(**values | wrong)


def test_a_newer_reader_reads_again(builtin):
    Document.objects.update(read_by="0.0.0", title="旧")
    receive_document(data=PAPER.encode(), name="a.txt", region=None, now=timezone.now())
    Document.objects.filter(is_builtin=False).update(read_by="0.0.0", title="旧")
    again = receive_document(data=PAPER.encode(), name="b.txt", region=None, now=timezone.now())
    again.refresh_from_db()
    assert (again.name, again.title == "旧") == ("a.txt", True) or again.title.startswith("临河市")


def test_boundaries_are_attached_and_taken_off(builtin):
    client = coordinator()
    bad = client.post("/base-map/", {"approval": "无", "file": SimpleUploadedFile("a.geojson", b"{}")})
    assert bad.status_code == 422
    assert "L010" in bad.content.decode()
    assert client.post("/base-map/", {}).status_code == 422
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[112 + i, 37], [113 + i, 37], [113 + i, 38], [112 + i, 38], [112 + i, 37]]],
            },
        }
        for i, code in enumerate([*range(140105, 140111), 140121, 140122, 140123, 140181])
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    good = client.post("/base-map/", {"approval": "GS（2019）3333号", "file": SimpleUploadedFile("a.geojson", data)})
    assert good.status_code == 302
    assert "审图号：GS（2019）3333号" in client.get("/").content.decode()
    client.post("/base-map/", {"remove": "1"})
    assert "示意版图" in client.get("/").content.decode()


def test_a_remark_on_a_whole_clause_colours_nothing_but_can_be_reached(builtin):
    html = coordinator().get("/policy/").content.decode()
    remarks = {m.id for v in clause_views(builtin.policy) for p in v.passages for m in p.marks if m.kind == "remark"}
    linked = {i for ids in re.findall(r'data-ids="([^"]*)"', html) for i in ids.split()}
    assert remarks
    assert not remarks & linked
    for view in clause_views(builtin.policy):
        coloured = sum(len(p.text) for p in view.passages if "is-finding" in p.classes.split())
        assert 2 * coloured < max(1, len(view.clause.text)), view.clause.id
    for number, finding in enumerate(builtin.policy.findings, 1):
        if finding.clause and finding.span:
            assert f'id="at-f{number}"' in html


def test_every_kind_of_finding_has_a_title():
    from tongchou.kernel.problems import ProblemKind
    from tongchou.policy import finding_codes
    from tongchou.web.ledger.labels import FINDING_TITLES

    declared = {k.code for k in vars(finding_codes).values() if isinstance(k, ProblemKind) and k.code.startswith("F")}
    assert declared == set(FINDING_TITLES)


def test_a_document_too_long_for_pages_is_refused_with_a_way_out(builtin, settings):
    settings.DOCUMENT_CHARACTERS = 30
    response = upload(coordinator(), PAPER.encode())
    assert response.status_code == 422
    assert "W003" in response.content.decode()
    assert Document.objects.count() == 1


def test_a_long_ledger_is_turned_page_by_page(builtin, settings):
    settings.LEDGER_ROWS = 100
    total = len(builtin.policy.commitments)
    first = coordinator().get("/ledger/?kind=").content.decode()
    assert f"{total} 项（共 {total} 项）" in first
    assert first.count('data-label="序号"') == 100
    last = coordinator().get("/ledger/?page=3").content.decode()
    assert last.count('data-label="序号"') == total - 200
    assert f">{total}</td>" in last
    assert coordinator().get("/ledger/?page=x").status_code == 200
    assert coordinator().get("/ledger/?page=999").content.decode().count('data-label="序号"') == total - 200


@pytest.mark.parametrize("by", ["code", "clause"])
def test_the_worklist_has_every_finding_once_with_a_way_out(builtin, by):
    html = coordinator().get("/findings/", {"by": by}).content.decode()
    findings = builtin.policy.findings
    assert re.findall(r'<li id="f(\d+)"', html) != []
    assert sorted(map(int, re.findall(r'<li id="f(\d+)"', html))) == list(range(1, len(findings) + 1))
    assert all(f.hint.zh in html for f in findings)
    names = [f.clause or "whole" for f in findings] if by == "clause" else [f.code for f in findings]
    for name in set(names):
        section = html[html.index(f'id="{"of-" if by == "clause" else ""}{name}"') :]
        assert section[: section.index("</section>")].count("<li ") == names.count(name)
