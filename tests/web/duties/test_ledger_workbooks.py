"""The ledger goes out as Excel and comes back: dry run, red cells, one transaction, never twice."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tongchou.surfaces.workbook.returned import LIST_SHEET
from tongchou.web.duties.models import Commitment, Overlay, ProgressReport, ReceivedLedger
from tongchou.web.duties.words import Answer, Decision
from tongchou.web.events.models import Event
from tongchou.web.people.models import User


@pytest.fixture
def sign_in(shown, as_):
    return lambda name: as_(User.objects.get(username=name))


class Form:
    """A downloaded workbook: cells by code of the commitment and name of the column."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.sheet = next(s for s in self.book.worksheets if s.title in ("台账", "进展"))
        self.names = {cell.value: cell.column for cell in self.sheet[3]}
        self.rows = {
            self.sheet.cell(r, self.names["code"]).value: r
            for r in range(5, self.sheet.max_row + 1)
            if self.sheet.cell(r, self.names["code"]).value
        }

    def cell(self, code: str, name: str):
        return self.sheet.cell(self.rows[code], self.names[name])

    def put(self, code: str, **values) -> None:
        for name, value in values.items():
            self.cell(code, name).value = value

    def upload(self, name: str = "台账.xlsx") -> SimpleUploadedFile:
        out = io.BytesIO()
        self.book.save(out)
        return SimpleUploadedFile(name, out.getvalue())


def send(client, form: Form, what: str = "ledger", unit: str = ""):
    response = client.post("/duties/workbook/", {"what": what, "unit": unit, "file": form.upload()})
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def download(client) -> Form:
    return Form(client.get("/duties/workbook/ledger.xlsx").content)


def test_the_form_has_every_commitment_hidden_keys_and_lists(sign_in):
    form = download(sign_in("coordinator"))
    assert len(form.rows) == Commitment.objects.count()
    assert form.sheet.column_dimensions["A"].hidden
    assert form.sheet.row_dimensions[3].hidden
    assert form.sheet.protection.sheet
    assert len(form.sheet.data_validations.dataValidation) >= 4
    assert form.book["选项"].sheet_state == "hidden"
    metro = Commitment.objects.get(printed_by__isnull=False)
    assert form.cell(metro.code, "lead").value == "市交通局"
    assert form.cell(metro.code, "decision").value == "已确认"


def test_an_untouched_form_changes_nothing(sign_in):
    client = sign_in("coordinator")
    html = client.get(send(client, download(client))).content.decode()
    assert "没有要改的" in html


def test_looking_changes_nothing_importing_does_and_again_nothing(sign_in):
    client = sign_in("coordinator")
    form = download(client)
    proposal, other = Commitment.objects.filter(decision=Decision.PROPOSAL)[:2]
    form.put(proposal.code, decision="已确认", lead="市财政局", date="2030年12月31日", measure="达标率")
    form.put(proposal.code, target=95.5, unit="%")
    form.put(other.code, decision="不作承诺", reason="背景表述")
    before = Event.objects.count()
    address = send(client, form)
    html = client.get(address).content.decode()
    assert "将改动 5 处" in html
    assert Commitment.objects.get(pk=proposal.pk).decision == Decision.PROPOSAL
    assert Event.objects.count() == before + 1, "only that it was received"
    assert client.post(f"{address}apply").status_code == 302
    proposal.refresh_from_db(), other.refresh_from_db()
    assert (proposal.decision, other.decision, other.reason) == ("confirmed", "rejected", "背景表述")
    given = {o.kind: o for o in Overlay.objects.filter(commitment=proposal)}
    assert set(given) == {Answer.LEAD, Answer.DATE, Answer.MEASURE}
    assert {o.state for o in given.values()} == {"proposed"}, "signed by nobody yet"
    assert (str(given["measure"].target.normalize()), given["measure"].unit) == ("95.5", "%")
    count = Overlay.objects.count()
    again = send(client, form)
    assert "没有要改的" in client.get(again).content.decode()
    assert client.post(f"{again}apply").status_code == 302
    assert Overlay.objects.count() == count
    form.put(proposal.code, date="2031-06-30")
    assert client.post(f"{send(client, form)}apply").status_code == 302
    assert Overlay.objects.count() == count, "updated, not added"
    assert Overlay.objects.get(pk=given["date"].pk).date.year == 2031
    assert "没有要改的" in client.get(send(client, download(client))).content.decode(), "what goes out comes back"


def test_a_faulty_workbook_comes_back_red_and_nothing_is_done(sign_in):
    client = sign_in("coordinator")
    form = download(client)
    good, _, bad = Commitment.objects.filter(decision=Decision.CONFIRMED)[:3]
    proposal = Commitment.objects.filter(decision=Decision.PROPOSAL).first()
    form.put(good.code, note="补充说明")
    form.put(bad.code, date="年底前", lead="市某某局", target="很多", unit="")
    form.put(proposal.code, decision="不作承诺")
    form.sheet.cell(form.rows[good.code] + 1, form.names["code"]).value = good.code  # twice
    address = send(client, form)
    response = client.get(address)
    assert response.status_code == 422
    assert client.post(f"{address}apply").status_code == 422
    assert not Overlay.objects.filter(commitment=good, kind=Answer.NOTE).exists()
    back = Form(client.get(f"{address}returned.xlsx").content)
    assert LIST_SHEET in back.book.sheetnames
    for name in ("date", "lead", "target"):
        cell = back.sheet.cell(form.rows[bad.code], form.names[name])
        assert cell.fill.fgColor.rgb == "FFF4B6B0", name
        assert cell.comment is not None, name
    assert back.cell(proposal.code, "reason").comment is not None
    assert back.cell(bad.code, "date").value == "年底前", "what was typed stays"
    back.put(bad.code, date=None, lead=None, target=None)
    back.put(proposal.code, reason="背景表述")
    back.sheet.cell(form.rows[good.code] + 1, form.names["code"]).value = None
    for name in back.names.values():
        back.sheet.cell(form.rows[good.code] + 1, name).value = None
    again = send(client, back)
    assert client.get(again).status_code == 200, "corrected in the marked workbook itself"


@pytest.mark.parametrize("name", ["别的表.xlsx", "说明.csv"])
def test_what_is_no_form_of_ours_is_told_so(sign_in, name):
    client = sign_in("coordinator")
    data = b"\xb5\xa5\xce\xbb,1\r\n"
    if name.endswith("xlsx"):
        out = io.BytesIO()
        openpyxl.Workbook().save(out)
        data = out.getvalue()
    response = client.post("/duties/workbook/", {"what": "ledger", "file": SimpleUploadedFile(name, data)})
    page = client.get(response.headers["Location"])
    assert page.status_code == 422
    assert "T020" in page.content.decode()


def test_a_unit_reports_by_workbook_and_its_reviewer_approves(sign_in):
    officer = sign_in("loufan-officer")
    form = Form(officer.get("/duties/workbook/progress/county-140123.xlsx").content)
    one = Commitment.objects.filter(duties__organisation="county-140123", decision="confirmed", reports=None).first()
    form.put(one.code, status="推进中", said_on="2021-05-31", words="已开工")
    address = send(officer, form, "progress", "county-140123")
    assert "将改动 1 处" in officer.get(address).content.decode()
    assert officer.post(f"{address}apply").status_code == 302
    report = ProgressReport.objects.get(commitment=one)
    assert (report.state, report.status, report.organisation_id) == ("submitted", "under_way", "county-140123")
    assert "没有要改的" in officer.get(address).content.decode()
    form.put(one.code, words="已开工，完成一半")
    waiting = send(officer, form, "progress", "county-140123")
    assert officer.get(waiting).status_code == 422, "a report that waits for its reviewer is not overwritten"


def test_workbooks_are_their_owners(sign_in):
    officer, other = sign_in("loufan-officer"), sign_in("qingxu-officer")
    form = Form(officer.get("/duties/workbook/progress/county-140123.xlsx").content)
    address = send(officer, form, "progress", "county-140123")
    assert other.get(address).status_code == 403
    assert other.post(f"{address}apply").status_code == 403
    assert other.get("/duties/workbook/progress/county-140123.xlsx").status_code == 403
    assert other.get("/duties/workbook/ledger.xlsx").status_code == 403
    for form_data in ({"what": "progress", "unit": "county-140123"}, {"what": "ledger"}):
        assert other.post("/duties/workbook/", {**form_data, "file": form.upload()}).status_code == 403
    assert ReceivedLedger.objects.count() == 1
    assert form.upload().size > 0


def test_a_stranger_is_sent_to_sign_in(shown, stranger):
    for address in ("/duties/workbook/", "/duties/workbook/ledger.xlsx", "/duties/workbook/progress/finance.xlsx"):
        assert stranger.get(address).status_code == 302
