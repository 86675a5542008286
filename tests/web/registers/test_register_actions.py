"""Adding, changing, moving and withdrawing rows: one event each, history kept, nobody overwritten unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from tests.web.registers.conftest import AREA, HOUSEHOLD

from tongchou.kernel.problems import ProblemsError
from tongchou.registers.row import accept
from tongchou.web.events.models import Event
from tongchou.web.people.roles import Role
from tongchou.web.registers.actions import change_row, move_row, withdraw_row
from tongchou.web.registers.looking_up import references, registers
from tongchou.web.registers.models import Row, RowFacet, RowRevision, RowYear
from tongchou.web.registers.rollups import rollup_figures

LIST = "/registers/territory.subsidence/"
PDF = b"%PDF-1.4\n"


def register(id_: str = "territory.subsidence"):
    return registers()[id_]


def accepted(**more):
    return accept(register(), {**AREA, **more}, references())


def kinds() -> list[str]:
    return [k for k in Event.objects.values_list("kind", flat=True) if k.startswith("registers.")]


def test_a_row_is_added_with_what_it_is_found_by_and_its_history(area):
    assert (area.key, area.name, area.state, area.version) == ("GJ01|relocation", "嘉乐泉片", "surveyed", 1)
    assert not area.is_published
    assert area.meaning == "waiting"
    assert set(RowFacet.objects.filter(row=area).values_list("field", "value")) == {("strand", "relocation")}
    assert [(y.year, y.values) for y in area.years.all()] == [(2021, {"households": 20})]
    (revision,) = area.revisions.all()
    assert (revision.kind, revision.yearly) == ("added", {"2021": {"households": 20}})
    assert kinds() == ["registers.row_added"]


def test_a_key_is_taken_once(add, area):
    with pytest.raises(ProblemsError) as error:
        add("territory.subsidence", AREA, "county-140181")
    assert [p.code for p in error.value.problems] == ["D061"]


def test_nothing_is_kept_of_a_row_with_problems(add, organisations):
    with pytest.raises(ProblemsError):
        add("territory.subsidence", {**AREA, "households_target": "很多"}, "county-140181")
    assert not Row.objects.exists()
    assert kinds() == []


def test_whoever_was_overtaken_keeps_nothing_and_is_told(area, person, now):
    by = person(Role.OFFICER, "county-140181")
    change_row(register=register(), row=area, version=1, accepted=accepted(name="甲"), years={}, by=by, now=now)
    with pytest.raises(ProblemsError) as error:
        change_row(register=register(), row=area, version=1, accepted=accepted(name="乙"), years={}, by=by, now=now)
    assert [p.code for p in error.value.problems] == ["D060"]
    area.refresh_from_db()
    assert (area.name, area.version) == ("甲", 2)
    assert [r.version for r in area.revisions.all()] == [2, 1]
    assert kinds() == ["registers.row_added", "registers.row_changed"]


def test_a_key_never_changes(area, person, now):
    by = person(Role.OFFICER, "county-140181")
    with pytest.raises(ProblemsError) as error:
        change_row(register=register(), row=area, version=1, accepted=accepted(code="GJ02"), years={}, by=by, now=now)
    assert [p.code for p in error.value.problems] == ["D062"]


def test_a_move_keeps_its_evidence_and_publishes(area, person, now):
    by = person(Role.OFFICER, "county-140181")
    later = now + timedelta(days=2)
    move_row(
        register=register(),
        row=area,
        version=1,
        move="plan",
        roles={"officer"},
        by=by,
        now=later,
        files=[("方案.pdf", PDF)],
    )
    area.refresh_from_db()
    assert (area.state, area.is_published, area.version, area.since.day) == ("planned", True, 2, 29)
    revision = area.revisions.first()
    assert revision is not None
    (file,) = revision.files.all()
    assert (file.name, file.shared_at, file.organisation_id) == ("方案.pdf", later, "county-140181")
    assert kinds()[-1] == "registers.row_moved"


def test_a_move_without_what_it_needs_changes_nothing(area, person, now):
    by = person(Role.REVIEWER, "county-140181")
    with pytest.raises(ProblemsError) as error:
        move_row(register=register(), row=area, version=1, move="begin", roles={"reviewer"}, by=by, now=now)
    assert [p.code for p in error.value.problems] == ["D040"]
    assert RowRevision.objects.count() == 1
    assert kinds() == ["registers.row_added"]


def test_a_withdrawn_row_is_gone_from_lists_and_stays_in_history(area, person, now):
    by = person(Role.OFFICER, "county-140181")
    with pytest.raises(ProblemsError):
        withdraw_row(register=register(), row=area, version=1, reason=" ", by=by, now=now)
    withdraw_row(register=register(), row=area, version=1, reason="重复登记", by=by, now=now)
    assert not Row.objects.of("territory.subsidence").exists()
    assert area.revisions.count() == 2
    assert kinds()[-1] == "registers.row_withdrawn"


def test_a_revision_is_never_changed(area):
    revision = area.revisions.get()
    revision.reason = "改写"
    with pytest.raises(RuntimeError):
        revision.save()


@pytest.mark.parametrize(
    "values",
    [
        {"key": ""},
        {"name": ""},
        {"version": 0},
        {"meaning": "lost"},
        {"status": "sure"},
        {"key": "GJ01|relocation"},
    ],
)
def test_the_database_refuses_impossible_rows(area, values):
    row = Row.objects.get()
    row.pk, row.key = None, "other"
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_impossible_years_facets_and_revisions(area, now):
    def refused(model, **values):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(row=area, **values)

    refused(RowYear, year=1800, values={})
    refused(RowYear, year=2021, values={})
    refused(RowFacet, field="strand", value="relocation")
    same = {"at": now, "state": "surveyed", "values": {}, "yearly": {}}
    refused(RowRevision, version=1, kind="changed", **same)
    refused(RowRevision, version=2, kind="invented", **same)
    refused(RowRevision, version=2, kind="moved", **same)
    refused(RowRevision, version=2, kind="changed", move="plan", **same)
    refused(RowRevision, version=2, kind="withdrawn", **same)


def test_rollups_count_published_rows_only_and_are_new_after_every_change(area, person, now):
    assert rollup_figures(register(), now) == ()
    by = person(Role.OFFICER, "county-140181")
    move_row(
        register=register(), row=area, version=1, move="plan", roles={"officer"}, by=by, now=now, files=[("a.pdf", PDF)]
    )
    moved = [f for f in rollup_figures(register(), now) if f.indicator.endswith(".households_moved")]
    assert {(f.place, f.period, f.value, f.unit) for f in moved} == {
        ("140100", "2021", 20.0, "户"),
        ("140181", "2021", 20.0, "户"),
    }
    assert {f.source for f in moved} == {"register:territory.subsidence"}


# ── through the pages ──────────────────────────────────────────────────────────────────────────────────────────────


def typed(**more) -> dict[str, str]:
    return {**AREA, **more}


def test_a_row_from_first_to_last_state_through_the_pages(organisations, as_, person):
    officer = as_(person(Role.OFFICER, "county-140181"))
    response = officer.post(f"{LIST}add", typed(**{"households:2025": "12"}))
    assert response.status_code == 302
    row = Row.objects.get()
    assert row.organisation_id == "county-140181"
    address = response.headers["Location"]
    steps = [
        (officer, "plan", {"file": SimpleUploadedFile("a.pdf", PDF)}),
        (officer, "begin", {"evidence": "开工令"}),
    ]
    for client, move, given in steps:
        version = Row.objects.get().version
        assert client.post(f"{address}move", {"move": move, "version": version, **given}).status_code == 302
    changed = officer.post(f"{address}edit", typed(version="3", accepted="2026-11-01", **{"households:2025": "40"}))
    assert changed.status_code == 302
    reviewer = as_(person(Role.REVIEWER, "county-140181"))
    coordinator = as_(person(Role.COORDINATOR, "development-reform"))
    for client, move in ((reviewer, "accept"), (coordinator, "close")):
        given = {"move": move, "version": Row.objects.get().version, "file": SimpleUploadedFile("b.pdf", PDF)}
        assert client.post(f"{address}move", given).status_code == 302
    row = Row.objects.get()
    assert (row.state, row.version, row.meaning) == ("closed", 6, "done")
    html = officer.get(address).content.decode()
    assert "b.pdf" in html
    assert "2025年当年搬迁户：12户 → 40户" in html


def test_a_form_with_problems_comes_back_with_everything_typed(organisations, as_, person):
    officer = as_(person(Role.OFFICER, "county-140181"))
    response = officer.post(f"{LIST}add", typed(households_target="一百", name="", **{"households:2025": "多"}))
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="一百"' in html
    assert 'value="多"' in html
    assert html.count("D02") == 0  # each stands at its field, in words
    assert "不是数" in html
    assert "必填" in html
    assert not Row.objects.exists()


def test_the_second_of_two_sees_what_the_first_changed(area, as_, person):
    first, second = as_(person(Role.OFFICER, "county-140181")), as_(person(Role.OFFICER, "county-140181"))
    address = f"{LIST}rows/{area.pk}/edit"
    assert first.post(address, typed(version="1", name="第一人的名字")).status_code == 302
    response = second.post(address, typed(version="1", name="第二人的名字"))
    html = response.content.decode()
    assert response.status_code == 422
    assert "第一人的名字" in html
    assert 'value="第二人的名字"' in html
    assert 'name="version" value="2"' in html
    assert second.post(address, typed(version="2", name="第二人的名字")).status_code == 302
    assert Row.objects.get().name == "第二人的名字"


def test_personal_data_stay_when_somebody_else_changes_the_row(household, as_, person):
    city = as_(person(Role.COORDINATOR, "development-reform"))
    address = f"/registers/services.four_not_removed/rows/{household.pk}/edit"
    given = {k: v for k, v in HOUSEHOLD.items() if k not in ("head", "phone")}
    flags = dict.fromkeys(("duty", "policy", "support", "supervision"), "true")
    assert city.post(address, {**given, **flags, "version": "1", "head": "改写"}).status_code == 302
    row = Row.objects.get()
    assert (row.values["head"], row.values["support"]) == ("王某某", True)


POSTS = ["add", "rows/{pk}/edit", "rows/{pk}/move", "rows/{pk}/withdraw", "import"]


@pytest.mark.parametrize("tail", POSTS)
def test_a_stranger_is_sent_to_sign_in(area, stranger, tail):
    response = stranger.post(f"{LIST}{tail.format(pk=area.pk)}", {})
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("tail", POSTS)
@pytest.mark.parametrize(("role", "organisation"), [(Role.OFFICER, "education"), (Role.LEADER, "municipal-government")])
def test_the_wrong_unit_writes_nothing(area, as_, person, tail, role, organisation):
    area.is_published = True
    area.save()
    response = as_(person(role, organisation)).post(f"{LIST}{tail.format(pk=area.pk)}", {"move": "plan", "version": 1})
    assert response.status_code in (403, 422)
    assert RowRevision.objects.count() == 1
    assert kinds() == ["registers.row_added"]


def test_another_county_neither_adds_nor_moves_here(area, as_, person):
    other = as_(person(Role.OFFICER, "county-140121"))
    response = other.post(f"{LIST}add", typed(code="GJ09"))
    assert response.status_code == 422
    assert "本单位不能登记这里的条目" in response.content.decode()
    for tail in ("edit", "move", "withdraw"):
        assert other.post(f"{LIST}rows/{area.pk}/{tail}", {"version": 1, "move": "plan"}).status_code == 404


def test_a_file_in_a_field_stays_and_is_seen_with_its_row(organisations, as_, person, stranger):
    from tongchou.web.files.models import StoredFile

    officer = as_(person(Role.OFFICER, "finance"))
    given = {"code": "m-1", "name": "机制", "clause": "3.2"}
    sent = {**given, "basis_file": SimpleUploadedFile("文.pdf", PDF)}
    address = officer.post("/registers/duties.mechanisms/add", sent).headers["Location"]
    (file,) = StoredFile.objects.all()
    assert stranger.get(f"/files/{file.pk}").status_code == 200  # the register is open
    assert officer.post(f"{address}edit", {**given, "version": "1", "name": "改名"}).status_code == 302
    assert Row.objects.get().values["basis_file"] == str(file.pk)


def test_withdrawing_through_the_page(area, as_, person):
    officer = as_(person(Role.OFFICER, "county-140181"))
    address = f"{LIST}rows/{area.pk}/withdraw"
    assert officer.post(address, {"version": 1, "reason": ""}).status_code == 422
    assert officer.post(address, {"version": 1, "reason": "重复"}).status_code == 302
    assert "已撤回" in officer.get(f"{LIST}rows/{area.pk}/").content.decode()


def test_a_move_that_lacks_its_evidence_says_so(area, as_, person):
    officer = as_(person(Role.OFFICER, "county-140181"))
    response = officer.post(f"{LIST}rows/{area.pk}/move", {"version": 1, "move": "plan", "reason": "写过的话"})
    assert response.status_code == 422
    assert "要附证据" in response.content.decode()
    assert "写过的话" in response.content.decode()
