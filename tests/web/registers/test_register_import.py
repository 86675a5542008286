"""Excel out and in: tried first, all or nothing, never twice, faults back in the same file."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.registers.conftest import HOUSEHOLD

from tongchou.web.events.models import Event
from tongchou.web.people.roles import Role
from tongchou.web.registers.models import Row, RowRevision

PROJECTS = "/registers/infrastructure.projects/"
AREAS = "/registers/territory.subsidence/"
CSV = "编号,项目名称,类别,投资（亿元）\na-1,甲桥,国省道,12\na-2,乙桥,国省道,\n"


def send(client, address: str, data: bytes, name: str = "表.csv"):
    return client.post(f"{address}import", {"file": SimpleUploadedFile(name, data)}, follow=True)


@pytest.fixture
def officer(organisations, as_, person):
    return as_(person(Role.OFFICER, "transport"))


def test_a_table_is_tried_then_written_once(officer):
    tried = send(officer, PROJECTS, CSV.encode("gb18030"))
    assert "新登记 2 条，修改 0 条，不变 0 条" in tried.content.decode()
    assert not Row.objects.exists()
    address = tried.redirect_chain[-1][0]
    assert officer.post(address).status_code == 302
    assert sorted(Row.objects.values_list("key", "organisation")) == [("a-1", "transport"), ("a-2", "transport")]
    assert officer.post(address).status_code == 302
    assert Row.objects.count() == RowRevision.objects.count() == 2
    assert Event.objects.filter(kind="registers.rows_imported").count() == 1
    again = send(officer, PROJECTS, CSV.replace("12", "13").encode())
    assert "新登记 0 条，修改 1 条，不变 1 条" in again.content.decode()


def test_an_empty_cell_clears_and_a_missing_column_does_not(officer):
    def written(text: str) -> dict:
        assert officer.post(send(officer, PROJECTS, text.encode()).redirect_chain[-1][0]).status_code == 302
        return Row.objects.get(key="a-1").values

    assert written("编号,项目名称,类别,投资（亿元）,说明\na-1,甲桥,国省道,12,旧话\n")["investment"] == 12
    assert written("编号,项目名称,类别,投资（亿元）\na-1,甲桥,国省道,\n") == {
        "code": "a-1",
        "name": "甲桥",
        "kind": "road",
        "remark": "旧话",
    }


def test_a_table_with_faults_writes_nothing_and_comes_back_red(officer):
    bad = CSV.replace("国省道,12", "火箭,很多")
    tried = send(officer, PROJECTS, bad.encode())
    assert tried.status_code == 422
    assert "下载标红的原表" in tried.content.decode()
    address = tried.redirect_chain[-1][0]
    assert officer.post(address).status_code == 422
    assert not Row.objects.exists()
    book = openpyxl.load_workbook(io.BytesIO(officer.get(f"{address}/returned.xlsx").content))
    notes = [c.comment.text for s in book for row in s.iter_rows() for c in row if c.comment is not None]
    assert any("D023" in note for note in notes)
    assert any("D021" in note for note in notes)


def test_the_template_comes_back_unchanged_with_years_and_versions(area, as_, person):
    client = as_(person(Role.OFFICER, "county-140181"))
    data = client.get(f"{AREAS}template.xlsx").content
    assert "新登记 0 条，修改 0 条，不变 1 条" in send(client, AREAS, data, "表.xlsx").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(data))
    names = {c.value: c.column for c in book["分年数"][4]}
    book["分年数"].cell(5, names["households"]).value = 55
    out = io.BytesIO()
    book.save(out)
    tried = send(client, AREAS, out.getvalue(), "表.xlsx")
    assert "修改 1 条" in tried.content.decode()
    area.version = 2  # somebody else was here meanwhile
    area.save()
    stale = client.post(tried.redirect_chain[-1][0])
    assert stale.status_code == 422
    assert "已被改过" in stale.content.decode()
    area.version = 1
    area.save()
    assert client.post(tried.redirect_chain[-1][0]).status_code == 302
    assert [y.values for y in area.years.all()] == [{"households": 55}]


def test_a_county_writes_its_own_rows_only(area, as_, person):
    data = as_(person(Role.OFFICER, "county-140181")).get(f"{AREAS}template.xlsx").content
    other = as_(person(Role.OFFICER, "county-140121"))
    assert (
        openpyxl.load_workbook(io.BytesIO(other.get(f"{AREAS}template.xlsx").content))["登记"].cell(5, 2).value is None
    )
    tried = send(other, AREAS, data, "表.xlsx")
    assert tried.status_code == 422
    assert "本单位不能登记这里的条目" in tried.content.decode()


def test_personal_data_stay_and_can_be_filled_in(household, as_, person):
    address = "/registers/services.four_not_removed/"
    client = as_(person(Role.OFFICER, "county-140123"))
    data = client.get(f"{address}template.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    names = {c.value: c.column for c in book["登记"][4]}
    assert book["登记"].cell(5, names["head"]).value is None
    book["登记"].cell(5, names["address"]).value = "某处"
    out = io.BytesIO()
    book.save(out)
    tried = send(client, address, out.getvalue(), "表.xlsx")
    assert client.post(tried.redirect_chain[-1][0]).status_code == 302
    values = Row.objects.get().values
    assert (values["head"], values["address"]) == (HOUSEHOLD["head"], "某处")


def test_only_who_sent_a_table_works_with_it(officer, as_, person):
    address = send(officer, PROJECTS, CSV.encode()).redirect_chain[-1][0]
    other = as_(person(Role.OFFICER, "transport"))
    assert other.get(address).status_code == 404
    assert other.get(f"{address}/returned.xlsx").status_code == 404


@pytest.mark.parametrize(("name", "data"), [("a.xlsx", b"not a workbook"), ("a.exe", b"MZ"), ("a.csv", b"")])
def test_what_is_no_table_is_refused(officer, name, data):
    response = send(officer, PROJECTS, data, name)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_a_damaged_workbook_is_told(officer):
    response = send(officer, PROJECTS, b"PK\x03\x04broken", "a.xlsx")
    assert response.status_code == 422
    assert "O008" in response.content.decode()


def test_the_regions_rows_are_taken_once_and_what_people_changed_stays(seeded, officer, now):
    from django.conf import settings

    from tongchou.web.figures.regions import region_named
    from tongchou.web.registers.importing import receive_seeds
    from tongchou.web.registers.looking_up import references, registers

    row = Row.objects.get(key="metro-2")
    assert (row.state, row.status, row.source, row.values["due"]) == ("opened", "reported", "metro-2", "2020")
    row.name = "改过"
    row.save()
    before = Row.objects.count()
    register = registers()["infrastructure.projects"]
    counts = receive_seeds(register=register, region=region_named(settings.REGION), references=references(), now=now)
    assert (counts.added, counts.changed, Row.objects.count()) == (0, 0, before)
    assert Row.objects.get(key="metro-2").name == "改过"
