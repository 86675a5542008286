"""Pages of the ledger and statements: who sees which lines, files, confirmation; at most 15 queries each."""

from __future__ import annotations

import io

import pytest
from django.db import IntegrityError, transaction
from docx import Document

from tongchou.web.money.actions import post
from tongchou.web.money.amounts import yuan
from tongchou.web.money.models import Confirmation, Entry
from tongchou.web.money.statement import statement
from tongchou.web.people.models import Organisation
from tongchou.web.people.roles import Role

LOUFAN = "county-140123"


@pytest.fixture
def posted(run_at, hands, now) -> Entry:
    return post(run=run_at("published"), acknowledgement="演示", by=hands["finance"], now=now)[0]


@pytest.fixture
def county(person):
    return person(Role.HEAD, LOUFAN)


def test_amounts_are_exact():
    assert [yuan(n) for n in (0, 5, 123456789, -150, None)] == ["0.00", "0.05", "1,234,567.89", "−1.50", ""]


def test_posting_needs_the_permission(run_at, as_, hands, stranger, county):
    run = run_at("published")
    address = f"/money/post/{run.pk}"
    assert stranger.post(address).status_code == 302
    for who in (county, hands["head"], hands["coordinator"]):
        assert as_(who).post(address).status_code == 403
    client = as_(hands["finance"])
    refused = client.post(address, {"acknowledgement": "只写了理由没有勾选"})
    assert (refused.status_code, "W442" in refused.content.decode()) == (422, True)
    done = client.post(address, {"acknowledge": "1", "acknowledgement": "演示"})
    assert done.status_code == 302
    page = client.get(f"/runs/{run.pk}/").content.decode()
    assert Entry.objects.get().number in page


def test_reversing_needs_the_permission_and_a_reason(posted, as_, hands, stranger, county):
    address = f"/money/entries/{posted.pk}/reverse"
    assert stranger.post(address).status_code == 302
    assert as_(county).post(address, {"reason": "x"}).status_code == 403
    client = as_(hands["finance"])
    assert client.post(address, {"reason": ""}).status_code == 422
    made = client.post(address, {"reason": "误记"})
    assert made.status_code == 302
    assert "误记" in client.get(made.headers["Location"]).content.decode()
    assert "已冲销" in client.get(f"/money/entries/{posted.pk}/").content.decode()


def test_a_county_sees_its_own_lines_the_city_all(posted, as_, hands, stranger, county, person):
    assert stranger.get("/money/").status_code == 302
    assert stranger.get(f"/money/entries/{posted.pk}/").status_code == 302
    mine = as_(county).get("/money/").content.decode()
    assert "娄烦县人民政府" in mine
    assert "阳曲县人民政府" not in mine
    entry = as_(county).get(f"/money/entries/{posted.pk}/").content.decode()
    assert "阳曲县人民政府" not in entry
    for who in ("finance", "head"):  # the city, and the unit whose run ordered it
        assert "阳曲县人民政府" in as_(hands[who]).get("/money/").content.decode()
    outside = as_(person(Role.OFFICER, "transport"))
    assert outside.get(f"/money/entries/{posted.pk}/").status_code == 404
    assert "没有符合条件的款项" in outside.get("/money/").content.decode()
    lines = as_(county).get("/money/ledger.csv").content.decode()
    assert lines.count("\n") == 2
    for suffix in ("xlsx", "docx", "csv"):
        assert as_(hands["finance"]).get(f"/money/ledger.{suffix}?year=2021&transfer=general").status_code == 200
    assert "没有符合条件的款项" in as_(county).get("/money/?real=1").content.decode()


def test_a_statement_is_the_units_and_the_citys(posted, as_, hands, stranger, county, person):
    address = f"/money/statements/{LOUFAN}/2021/"
    assert stranger.get(address).status_code == 302
    assert as_(person(Role.HEAD, "county-140121")).get(address).status_code == 404
    for who in (county, hands["coordinator"]):
        page = as_(who).get(address)
        assert page.status_code == 200
        assert "均衡性转移支付" in page.content.decode()
        assert f"/runs/{posted.run_id}/workings?" in page.content.decode()
    assert as_(county).get("/money/statements/nowhere/2021/").status_code == 404
    listed = as_(county).get("/money/statements/").content.decode()
    assert "娄烦县人民政府" in listed
    assert "清徐县" not in listed
    assert "市政府" not in listed.partition("<main")[2].partition("</main>")[0].replace("市政府工作", "")


def test_illustrative_money_is_apart_from_the_totals(posted):
    held = statement(Organisation.objects.get(pk=LOUFAN), 2021)
    assert (held.income, held.outgo, held.balance) == (0, 0, 0)
    assert held.illustrative_income == posted.lines.get(payee__organisation=LOUFAN).fen > 0
    Entry.objects.update(is_illustrative=False, acknowledgement="")
    real = statement(Organisation.objects.get(pk=LOUFAN), 2021)
    assert real.income == held.illustrative_income


def test_the_statement_as_a_paper_to_sign(posted, as_, county):
    client = as_(county)
    for suffix in ("xlsx", "csv"):
        assert client.get(f"/money/statements/{LOUFAN}/2021/statement.{suffix}").status_code == 200
    data = client.get(f"/money/statements/{LOUFAN}/2021/statement.docx").content
    paper = Document(io.BytesIO(data))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "娄烦县人民政府2021年度往来款项对账单" in text
    assert "公章" in text
    amount = yuan(posted.lines.get(payee__organisation=LOUFAN).fen)
    assert amount in [cell.text for row in paper.tables[0].rows for cell in row.cells]
    assert client.get(f"/money/statements/{LOUFAN}/2021/statement.pdf").status_code == 404


def test_a_unit_confirms_or_contests_its_statement_as_it_stood(posted, as_, hands, county, stranger, now):
    address = f"/money/statements/{LOUFAN}/2021/confirm"
    digest = statement(Organisation.objects.get(pk=LOUFAN), 2021).digest
    assert stranger.post(address).status_code == 302
    assert as_(hands["finance"]).post(address, {"digest": digest, "agrees": "yes"}).status_code == 403
    client = as_(county)
    assert client.post(address.replace("140123", "140121"), {"agrees": "yes"}).status_code == 404
    assert client.post(address, {"digest": "old", "agrees": "yes"}).status_code == 422
    assert client.post(address, {"digest": digest, "agrees": "no", "words": ""}).status_code == 422
    assert client.post(address, {"digest": digest, "agrees": "yes"}).status_code == 302
    assert client.post(address, {"digest": digest, "agrees": "yes"}).status_code == 422
    assert "相符" in client.get("/money/statements/").content.decode()
    page = client.get(f"/money/statements/{LOUFAN}/2021/").content.decode()
    assert "确认相符" not in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.update(agrees=False)
    held = Confirmation.objects.get()
    held.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save(force_insert=True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_take_few_queries(posted, run_at, hands, now, as_, django_assert_max_num_queries, language):
    for rule in ("compensation.zones", "compensation.netting", "fiscal.grant"):
        post(run=run_at("approved", rule=rule), acknowledgement="演示", by=hands["finance"], now=now)
    client = as_(hands["finance"])
    for page in ("", f"entries/{posted.pk}/", "statements/", f"statements/{LOUFAN}/2021/", "ledger.xlsx"):
        with django_assert_max_num_queries(15):
            assert client.get(f"/money/{page}?language={language}").status_code == 200
    with django_assert_max_num_queries(15):
        assert client.get(f"/runs/{posted.run_id}/").status_code == 200
