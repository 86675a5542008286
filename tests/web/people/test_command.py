"""``tongchou person``: accounts from the terminal."""

from __future__ import annotations

import re

from typer.testing import CliRunner

from tongchou.web.people.command import person as app
from tongchou.web.people.models import User
from tongchou.web.people.roles import Role


def run(*words: str):
    return CliRunner().invoke(app, list(words))


def test_the_command_line_has_it():
    from tongchou.surfaces.cli import app as whole

    shown = CliRunner().invoke(whole, ["person", "--help"]).output
    assert all(word in shown for word in ("add", "reset", "list"))


def test_a_person_is_added_with_a_password_shown_once(organisations):
    done = run("add", "wang", "王芳", "--organisation", "finance", "--role", "officer")
    assert done.exit_code == 0
    password = re.search(r"(\w{4}-\w{4}-\w{4}-\w{4})", done.output).group(1)
    user = User.objects.get(username="wang")
    assert user.check_password(password)
    assert user.has(Role.OFFICER)
    assert password not in run("list").output


def test_everything_wrong_is_said_at_once_with_exit_code_2(organisations):
    done = run("add", "=1+1", "", "--organisation", "finance", "--role", "king")
    assert done.exit_code == 2
    assert all(code in done.stderr for code in ("W111", "W112", "W114"))
    assert "W124" in run("add", "wang", "王芳", "--organisation", "nowhere", "--role", "officer").stderr


def test_a_password_is_reset(person):
    user = person(Role.OFFICER, "finance")
    done = run("reset", user.username.upper())
    assert done.exit_code == 0
    user.refresh_from_db()
    assert user.must_change_password
    assert not user.check_password("correct horse")
    assert "W123" in run("reset", "nobody").stderr


def test_the_list_says_who_and_which_role(person):
    user = person(Role.HEAD, "finance")
    assert user.username in run("list").output
