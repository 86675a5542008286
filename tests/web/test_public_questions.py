"""A question of the public from the form to the published reply; who may do what; what is never shown."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.web.events.models import Event
from tongchou.web.people.roles import Role
from tongchou.web.public.actions import approve_reply, draft_reply, publish, return_reply, route
from tongchou.web.public.asking import Asked, ask
from tongchou.web.public.models import Question, Reply, Sending
from tongchou.web.public.personal_data import personal_data, struck_out
from tongchou.web.public.queries import by_code
from tongchou.web.public.secrecy import code_hash, decipher
from tongchou.web.public.states import Outcome, State
from tongchou.web.public.todo import todo

WORDS = "请问清徐到市区的公路什么时候修好？"


@pytest.fixture
def people(builtin, person):
    return {
        "coordinator": person(Role.COORDINATOR, "development-reform"),
        "officer": person(Role.OFFICER, "transport"),
        "head": person(Role.HEAD, "transport"),
        "other": person(Role.HEAD, "finance"),
        "leader": person(Role.LEADER, "municipal-government"),
    }


def asked(builtin, now, **more) -> Question:
    given = {"kind": "question", "words": WORDS, "clause": "", "contact": "电话一二三", **more}
    question, _ = ask(asked=Asked(**given), document=builtin, sender=str(more), now=now)
    return question


def with_transport(builtin, now, people) -> Question:
    from tongchou.web.people.models import Organisation

    transport = Organisation.objects.get(pk="transport")
    return route(question=asked(builtin, now), organisation=transport, reason="交通", by=people["coordinator"], now=now)


def answered(builtin, now, people) -> Question:
    question = with_transport(builtin, now, people)
    draft_reply(
        question=question, text="明年六月完工，以公告为准。", outcome="explained", by=people["officer"], now=now
    )
    approve_reply(question=question, by=people["head"], now=now)
    question.refresh_from_db()
    return question


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__startswith="public.").values_list("kind", flat=True))


def test_from_the_form_to_the_published_reply(people, as_, stranger):
    sent = stranger.post("/public/ask/", {"kind": "question", "words": WORDS, "contact": "13800000000"})
    assert sent.status_code == 200
    code = re.search(r"<code>([A-Z2-9-]{14})</code>", sent.content.decode())[1]
    question = Question.objects.get()
    assert question.state == State.RECEIVED
    assert "13800000000" not in question.contact
    assert decipher(question.contact) == "13800000000"
    at = f"/public/handling/{question.pk}/"
    city, officer, head = (as_(people[p]) for p in ("coordinator", "officer", "head"))
    assert officer.get(at).status_code == 404
    routed = city.post(at, {"action": "route", "organisation": "transport", "reason": "公路由交通部门负责"})
    assert routed.status_code == 302
    assert "13800000000" in officer.get(at).content.decode()
    drafted = officer.post(at, {"action": "draft", "text": "明年六月完工，以公告为准。", "outcome": "explained"})
    assert drafted.status_code == 302
    assert head.post(at, {"action": "return", "reason": "写明哪一段"}).status_code == 302
    assert "写明哪一段" in officer.get(at).content.decode()
    officer.post(at, {"action": "draft", "text": "清徐段明年六月完工，以公告为准。", "outcome": "explained"})
    assert head.post(at, {"action": "approve"}).status_code == 302
    looked_up = stranger.post("/public/track/", {"code": code.lower().replace("-", " ")}).content.decode()
    assert "清徐段明年六月完工" in looked_up
    assert "13800000000" not in looked_up
    question.refresh_from_db()
    assert question.contact == ""
    assert WORDS not in stranger.get("/public/answers/").content.decode()
    assert stranger.get(f"/public/answers/{question.pk}/").status_code == 404
    form = {"action": "publish", "words": "清徐的路何时修好", "reply": "清徐段明年六月完工。"}
    assert city.post(at, form).status_code == 302
    shown = stranger.get(f"/public/answers/{question.pk}/").content.decode()
    assert "清徐的路何时修好" in shown
    assert WORDS not in shown
    assert "公开问答" in stranger.get("/public/disclosures/").content.decode()
    assert kinds() == [
        "public.question_received",
        "public.question_routed",
        "public.reply_drafted",
        "public.reply_returned",
        "public.reply_drafted",
        "public.reply_approved",
        "public.question_published",
    ]


def test_a_clause_routes_by_the_order_of_naming(builtin, organisations, now):
    for clause in builtin.policy.clauses:
        if clause.duty is None or not clause.commitments:
            continue
        first = min(clause.duty.parties, key=lambda p: p.order)
        question = asked(builtin, now, clause=clause.id)
        assert question.state == State.ROUTED
        if first.party in organisations:
            assert question.organisation_id == first.party, clause.id
        assert clause.id in question.routings.get().reason


def test_a_commitment_gives_its_clause(builtin, organisations, now):
    clause = next(c for c in builtin.policy.clauses if c.commitments)
    question = asked(builtin, now, commitment=clause.commitments[0].id)
    assert (question.clause, question.commitment) == (clause.id, clause.commitments[0].id)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"words": "太短"}, "W500"),
        ({"words": "字" * 2001}, "W500"),
        ({"clause": "99.9"}, "W501"),
        ({"commitment": "99.9-1"}, "W501"),
        ({"contact": "1" * 101}, "W503"),
        ({"kind": "complaint"}, "W505"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(builtin, organisations, stranger, form, code):
    whole = {"kind": "question", "words": WORDS, "contact": "电话", **form}
    with pytest.raises(ProblemsError) as error:
        ask(asked=Asked(**whole), document=builtin, sender="x", now=timezone.now())
    assert [p.code for p in error.value.problems] == [code]
    response = stranger.post("/public/ask/", whole)
    assert response.status_code == 422
    assert whole["words"] in response.content.decode()
    assert not Question.objects.exists()


def test_too_many_from_one_address_are_refused_and_the_next_day_taken(builtin, organisations, stranger, now):
    from datetime import timedelta

    for n in range(5):
        ask(asked=Asked("question", f"{WORDS}{n}"), document=builtin, sender="10.0.0.1", now=now)
    with pytest.raises(ProblemsError) as error:
        ask(asked=Asked("question", WORDS), document=builtin, sender="10.0.0.1", now=now)
    assert error.value.problems[0].code == "W502"
    ask(asked=Asked("question", WORDS), document=builtin, sender="10.0.0.2", now=now)
    ask(asked=Asked("question", WORDS), document=builtin, sender="10.0.0.1", now=now + timedelta(days=1))
    assert "10.0.0.1" not in "".join(Sending.objects.values_list("sender", flat=True))
    assert Sending.objects.count() == 1  # those of days gone by are deleted


def test_a_program_that_fills_in_the_hidden_field_changes_nothing(builtin, organisations, stranger):
    response = stranger.post("/public/ask/", {"kind": "question", "words": WORDS, "website": "http://spam.example"})
    assert response.status_code == 200
    assert not Question.objects.exists()


def test_a_form_without_its_token_is_refused(builtin, organisations):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/public/ask/", {"kind": "question", "words": WORDS}).status_code == 403


def test_strangers_and_other_units_handle_nothing(builtin, now, people, as_, stranger):
    question = with_transport(builtin, now, people)
    at = f"/public/handling/{question.pk}/"
    for address in ("/public/handling/", at, "/public/handling.csv"):
        assert stranger.get(address).status_code == 302
    other = as_(people["other"])
    assert other.get(at).status_code == 404
    assert WORDS not in other.get("/public/handling/").content.decode()
    assert WORDS not in other.get("/public/handling.csv").content.decode("utf-8-sig")
    assert other.post(at, {"action": "approve"}).status_code == 404
    leader = as_(people["leader"])
    assert leader.get(at).status_code == 200
    assert "电话一二三" not in leader.get(at).content.decode()
    text = {"action": "draft", "text": "明年六月完工，以公告为准。", "outcome": "explained"}
    assert leader.post(at, text).status_code == 403
    for action in (
        lambda: draft_reply(question=question, text="x" * 20, outcome="done", by=people["other"], now=now),
        lambda: route(question=question, organisation=question.organisation, reason="x", by=people["head"], now=now),
    ):
        with pytest.raises(PermissionDenied):
            action()


def test_who_drafts_cannot_approve(builtin, now, people, person):
    question = with_transport(builtin, now, people)
    both = person(Role.HEAD, "transport")
    from tongchou.web.people.actions import give_role

    give_role(
        user=both,
        organisation=question.organisation,
        role=Role.OFFICER,
        on=date(2019, 10, 25),
        by=None,
        now=now,
    )
    both = type(both).objects.get(pk=both.pk)
    draft_reply(question=question, text="自己起草自己审定。", outcome="done", by=both, now=now)
    with pytest.raises(ProblemsError) as error:
        approve_reply(question=question, by=both, now=now)
    assert error.value.problems[0].code == "W509"
    question.refresh_from_db()
    assert question.state == State.DRAFTED


def test_an_action_out_of_turn_says_where_it_stands(builtin, now, people):
    question = answered(builtin, now, people)
    for action in (
        lambda: draft_reply(
            question=question, text="再答一次，补充说明。", outcome="done", by=people["officer"], now=now
        ),
        lambda: approve_reply(question=question, by=people["head"], now=now),
        lambda: return_reply(question=question, reason="x", by=people["head"], now=now),
    ):
        with pytest.raises(ProblemsError) as error:
            action()
        assert error.value.problems[0].code == "W508"


def test_reasons_are_needed_and_passing_on_is_to_somebody_else(builtin, now, people):
    question = with_transport(builtin, now, people)
    with pytest.raises(ProblemsError) as error:
        route(question=question, organisation=question.organisation, reason=" ", by=people["coordinator"], now=now)
    assert [p.code for p in error.value.problems] == ["W506", "W510"]
    draft_reply(question=question, text="明年六月完工，以公告为准。", outcome="done", by=people["officer"], now=now)
    with pytest.raises(ProblemsError) as error:
        return_reply(question=question, reason="", by=people["head"], now=now)
    assert error.value.problems[0].code == "W506"


@pytest.mark.parametrize(
    "text",
    [
        "身份证 14010119900101123X 。",
        "手机 138 0000 0000 。",
        "电话 0351-1234567 。",
        "邮箱 a.b@c.cn 。",
        "3号楼2单元401住户",
        "卡号 6222 0200 1234 5678 901",
    ],
)
def test_personal_data_cannot_be_published(builtin, now, people, text):
    question = answered(builtin, now, people)
    assert personal_data(text)
    assert personal_data(struck_out(text)) == []
    with pytest.raises(ProblemsError) as error:
        publish(question=question, words=f"一些内容{text}", reply="答复内容如下。", by=people["coordinator"], now=now)
    assert "W511" in {p.code for p in error.value.problems}


def test_plain_numbers_are_not_personal_data():
    assert personal_data("2019年10月25日，投资3000万元，惠及12345人，会议室内开会，1401个项目") == []


def test_todo_lines_follow_the_roles(builtin, now, people):
    on = timezone.localdate(now)
    asked(builtin, now)
    with_transport(builtin, now, people)

    def said(who: str) -> list[str]:
        return [line.words.zh for line in todo(people[who], on)]

    assert said("coordinator") == ["群众提问待转办"]
    assert said("officer") == ["群众提问待答复"]
    assert said("head") == []
    assert said("other") == []
    answered(builtin, now, people)
    assert said("coordinator") == ["群众提问待转办", "已答复的提问待公开"]


def test_a_code_is_kept_as_a_keyed_hash_only(builtin, organisations, now):
    question, code = ask(asked=Asked("question", WORDS), document=builtin, sender="x", now=now)
    assert by_code(code) == question
    assert by_code("") is None
    assert by_code("AAAA-AAAA-AAAA") is None
    assert question.code_hash == code_hash(code)
    assert code.replace("-", "") not in str(question.__dict__)


def test_a_wrong_code_is_told_and_is_no_page(builtin, organisations, stranger):
    response = stranger.post("/public/track/", {"code": "<script>"})
    assert response.status_code == 404
    assert "<script>" not in response.content.decode().replace("<script src", "")


CASES = [
    ("question_has_words", lambda q: Question.objects.filter(pk=q.pk).update(words="")),
    ("question_reply_when_answered", lambda q: Question.objects.filter(pk=q.pk).update(reply="x")),
    (
        "question_reply_when_answered",
        lambda q: Question.objects.filter(pk=q.pk).update(state=State.ANSWERED, contact=""),
    ),
    (
        "question_contact_gone_when_closed",
        lambda q: Question.objects.filter(pk=q.pk).update(
            state=State.ANSWERED, reply="x", outcome=Outcome.DONE, answered_at=timezone.now()
        ),
    ),
    (
        "question_published_without_personal_data",
        lambda q: Question.objects.filter(pk=q.pk).update(
            state=State.PUBLISHED, reply="x", outcome=Outcome.DONE, answered_at=timezone.now(), contact=""
        ),
    ),
    ("routing_has_reason", lambda q: q.routings.update(reason="")),
]


@pytest.mark.parametrize(("name", "change"), CASES, ids=[f"{n}{i}" for i, (n, _) in enumerate(CASES)])
def test_the_database_refuses_impossible_questions(builtin, organisations, now, name, change):
    question = asked(builtin, now)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change(question)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("reply_has_text", {"text": ""}),
        ("reply_decided_by_somebody", {"state": "approved"}),
        ("reply_decided_by_somebody", {"decided_at": timezone.now()}),
        ("reply_returned_why", {"state": "returned", "decided_at": timezone.now(), "decided_by": "head"}),
        ("reply_two_people", {"state": "approved", "decided_at": timezone.now(), "decided_by": "officer"}),
    ],
)
def test_the_database_refuses_impossible_replies(builtin, now, people, name, values):
    question = with_transport(builtin, now, people)
    draft_reply(question=question, text="明年六月完工，以公告为准。", outcome="done", by=people["officer"], now=now)
    given = {k: people[v] if k == "decided_by" else v for k, v in values.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Reply.objects.update(**given)
    with pytest.raises(IntegrityError, match=r"reply_one_draft|UNIQUE"), transaction.atomic():
        Reply.objects.create(question=question, text="x", outcome="done", state="drafted", by=people["head"], at=now)
