"""Public pages: progress, one commitment, its feed, following by e-mail, the disclosure log. No account anywhere."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.utils import timezone

from tongchou.web.duties.actions.confirming import confirm
from tongchou.web.duties.actions.evidencing import accept_evidence, add_evidence
from tongchou.web.duties.actions.proposing import propose_commitments
from tongchou.web.duties.actions.reporting import approve_report, submit_report, write_report
from tongchou.web.duties.models import Commitment
from tongchou.web.duties.words import EvidenceKind, Said
from tongchou.web.people.roles import Role
from tongchou.web.public.calendar import setting
from tongchou.web.public.following import confirm as confirm_follow
from tongchou.web.public.following import confirm_token, end_token
from tongchou.web.public.models import Follower, Sending
from tongchou.web.public.notices import send_due

_ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reported(builtin, organisations, person, now) -> Commitment:
    """The commitment with a printed date, confirmed; a draft and an approved report; shared and unshared evidence."""
    propose_commitments(document=builtin, by=None, now=now)
    one = Commitment.objects.get(printed_by__isnull=False)
    city = person(Role.COORDINATOR, "development-reform")
    one = confirm(commitment=one, by=city, now=now)
    officer, head = person(Role.OFFICER, "transport"), person(Role.HEAD, "transport")
    given = {"commitment": one, "organisation": organisations["transport"], "by": officer, "now": now}
    report = write_report(status=Said.UNDER_WAY, words="已审定的进展", said_on=date(2026, 11, 1), **given)
    approve_report(report=submit_report(report=report, by=officer, now=now), by=head, now=now)
    write_report(status=Said.DONE, words="还没有审定的草稿", said_on=date(2026, 11, 2), **given)
    shown = add_evidence(kind=EvidenceKind.CHECK, happened_on=date(2026, 10, 1), words="公开的佐证", **given)
    accept_evidence(event=shown, by=city, now=now, shared=True)
    kept = add_evidence(kind=EvidenceKind.STUDY, happened_on=date(2026, 10, 2), words="没有公开的佐证", **given)
    accept_evidence(event=kept, by=city, now=now)
    return one


def test_a_commitments_page_shows_what_is_approved_and_nothing_else(reported, stranger):
    html = stranger.get(f"/public/commitments/{reported.code}/").content.decode()
    assert "已审定的进展" in html
    assert "公开的佐证" in html
    assert "还没有审定的草稿" not in html
    assert "没有公开的佐证" not in html
    assert "■</span> 逾期" in html
    assert "测试人员" not in html  # organisations speak, not people


def test_a_commitment_nobody_confirmed_is_said_to_be_so(builtin, stranger):
    code = builtin.policy.commitments[0].id
    html = stranger.get(f"/public/commitments/{code}/").content.decode()
    assert "待确认" in html
    assert "条文没有写明" in html
    assert stranger.get("/public/commitments/99.9-9/").status_code == 404


def test_progress_counts_lamps_of_confirmed_commitments(reported, stranger):
    rows = stranger.get("/public/progress.csv").content.decode("utf-8-sig").splitlines()
    chapters = [r.split(",") for r in rows if r.startswith("章节")]
    assert sum(int(r[2]) for r in chapters) == len(reported.document.policy.commitments)
    assert sum(int(r[3]) for r in chapters) == 1
    red = rows[0].split(",").index("逾期")
    assert sum(int(r[red]) for r in chapters) == 1
    counties = [r for r in rows if r.startswith("县（市、区）,")]
    assert len(counties) == 10
    listed = stranger.get("/public/commitments/?lamp=red").content.decode()
    assert reported.text in listed
    assert listed.count("■</span> 逾期") == 1


@pytest.mark.parametrize("query", ["", "?clause=2", "?county=140123", "?lamp=green", "?page=99", "?county=x&clause=y"])
def test_lists_answer_within_few_queries(reported, stranger, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        assert stranger.get(f"/public/commitments/{query}").status_code == 200
    for address in ("/public/", f"/public/commitments/{reported.code}/", "/public/answers/", "/public/disclosures/"):
        with django_assert_max_num_queries(15):
            assert stranger.get(address).status_code == 200
    assert stranger.get(f"/public/commitments.csv{query}").status_code == 200


def test_the_feed_is_atom_and_tells_what_became_public(reported, stranger):
    response = stranger.get(f"/public/commitments/{reported.code}/feed.atom")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 — our own words
    entries = feed.findall(f"{_ATOM}entry")
    assert len(entries) == 2
    said = " ".join(e.findtext(f"{_ATOM}summary") or "" for e in entries)
    assert "已审定的进展" in said
    assert "草稿" not in said
    assert stranger.get("/public/commitments/nope/feed.atom").status_code == 404


def follow(client, code: str, address: str = "a.b@example.cn", **more: str):
    return client.post(f"/public/commitments/{code}/follow", {"address": address, **more})


def test_following_is_confirmed_by_a_second_step_and_ended_by_one_click(reported, stranger, now):
    assert follow(stranger, reported.code).status_code == 200
    (letter,) = mail.outbox
    link = re.search(r"/public/follow/confirm/\S+", letter.body)[0]
    follower = Follower.objects.get()
    assert follower.confirmed_at is None
    assert "a.b@example.cn" not in follower.address + follower.address_hash
    assert "确认关注" in stranger.get(link).content.decode()
    assert Follower.objects.get().confirmed_at is None  # opening the link confirms nothing
    assert stranger.post(link).status_code == 200
    assert Follower.objects.get().confirmed_at is not None
    Follower.objects.update(told_until=now - timedelta(days=1))
    assert send_due(root="https://work.example.cn", now=timezone.now()) == (1, 0)
    news = mail.outbox[-1]
    assert news.to == ["a.b@example.cn"]
    assert "已审定的进展" in news.body
    assert news.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert send_due(root="https://work.example.cn", now=timezone.now()) == (0, 0)  # told once
    end = re.search(r"https://work\.example\.cn(/public/unfollow/\S+)", news.body)[1]
    assert Follower.objects.exists()
    assert "取消关注并删除" in stranger.get(end).content.decode()
    assert Follower.objects.exists()
    assert stranger.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follower.objects.exists()
    assert "已取消" in stranger.get(end).content.decode()


def test_asking_twice_keeps_one_row_and_says_the_same(reported, stranger):
    first = follow(stranger, reported.code).content
    again = follow(stranger, reported.code, "A.B@example.cn").content
    assert re.sub(rb'value="[^"]{40,}"', b"", first) == re.sub(rb'value="[^"]{40,}"', b"", again)
    assert Follower.objects.count() == 1


def test_one_address_may_not_have_letters_sent_without_end(reported, stranger):
    for n in range(5):
        assert follow(stranger, reported.code, f"a{n}@example.cn").status_code == 200
    assert follow(stranger, reported.code, "last@example.cn").status_code == 422
    assert len(mail.outbox) == 5
    assert Sending.objects.get().count == 5


@pytest.mark.parametrize("address", ["", "no", "a@b", "a@example.cn\nBcc: x@example.cn", "x" * 250 + "@example.cn"])
def test_what_is_no_address_is_refused(reported, stranger, address):
    assert follow(stranger, reported.code, address).status_code == 422
    assert not Follower.objects.exists()
    assert mail.outbox == []


def test_an_unknown_commitment_is_not_followed_and_the_hidden_field_stops_programs(reported, stranger):
    assert follow(stranger, "99.9-9").status_code == 422
    assert follow(stranger, reported.code, website="x").status_code == 200
    assert not Follower.objects.exists()


def test_links_are_signed_and_old_unconfirmed_addresses_are_deleted(reported, stranger, now):
    follow(stranger, reported.code)
    follower = Follower.objects.get()
    assert stranger.get(f"/public/follow/confirm/{end_token(follower)}").status_code == 404
    assert stranger.post("/public/follow/confirm/forged").status_code == 404
    assert stranger.post(f"/public/unfollow/{confirm_token(follower)}").status_code == 200
    assert Follower.objects.exists()
    Follower.objects.update(created_at=timezone.now() - timedelta(days=10))
    follow(stranger, reported.code, "new@example.cn")
    assert Follower.objects.get().pk != follower.pk
    confirm_follow(follower=Follower.objects.get(), now=now)


def test_without_a_mail_server_only_the_feed_is_offered(reported, stranger, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "localhost"
    html = stranger.get(f"/public/commitments/{reported.code}/").content.decode()
    assert "feed.atom" in html
    assert "发送确认信" not in html
    assert follow(stranger, reported.code).status_code == 404


def test_the_disclosure_log_tells_when_and_by_whom_without_names(reported, stranger):
    rows = stranger.get("/public/disclosures.csv").content.decode("utf-8-sig")
    assert "市交通局" in rows
    assert "测试人员" not in rows


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (datetime(2026, 9, 1, 9, tzinfo=UTC), "国办发明电〔2025〕7号"),
        (datetime(2098, 1, 1, tzinfo=UTC), "只扣除周六、周日"),
    ],
)
def test_the_page_names_the_notice_of_the_holidays_or_says_that_there_is_none(
    on, said, reported, stranger, monkeypatch
):
    monkeypatch.setattr(timezone, "now", lambda: on)
    assert said in stranger.get("/public/ask/").content.decode()


def test_parameters_are_dated_and_say_that_they_are_assumed():
    for name in ("reply_working_days", "near_working_days", "forms_a_day", "unconfirmed_days"):
        held = setting(name, date(2026, 1, 1))
        assert held.assumed
        assert held.value > 0
        assert held.source.zh and held.source.en


def test_the_command_needs_an_address_and_a_server(reported, settings):
    from typer import Typer
    from typer.testing import CliRunner

    from tongchou.web.public.command import notices

    app = Typer()
    app.command()(notices)
    assert CliRunner().invoke(app, []).exit_code == 2
    done = CliRunner().invoke(app, ["--address", "https://work.example.cn/"])
    assert done.exit_code == 0
    assert "已发 0 封" in done.output
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "localhost"
    assert CliRunner().invoke(app, ["--address", "https://work.example.cn"]).exit_code == 2


def test_a_letter_that_could_not_be_sent_is_tried_again(reported, stranger, now, monkeypatch, caplog):
    from tongchou.web.public import notices

    follow(stranger, reported.code)
    confirm_follow(follower=Follower.objects.get(), now=now - timedelta(days=1))
    monkeypatch.setattr(notices, "send_news", lambda *_: False)
    assert send_due(root="https://x", now=timezone.now()) == (0, 1)
    monkeypatch.undo()
    assert send_due(root="https://x", now=timezone.now()) == (1, 0)
    assert "a.b@example.cn" not in caplog.text
