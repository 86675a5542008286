"""Single promises: hosts, headers, cookies, error pages, uploads, file names, formulas, fields nobody offered."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.test_settings_and_home import python

from tongchou.web.files.actions import keep
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.roles import Role

OFFICER_PASSWORD = "correct horse"


@pytest.fixture
def officer(person) -> User:
    return person(Role.OFFICER, "county-140123")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80@127.0.0.1", "a'b"])
def test_another_host_name_is_refused_and_not_repeated(stranger, host):
    response = stranger.get("/sign-in/", headers={"host": host})
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_a_forwarded_host_is_not_believed(stranger):
    page = stranger.get("/.well-known/security.txt", headers={"x-forwarded-host": "evil.example"})
    assert "evil" not in page.content.decode()
    assert settings.USE_X_FORWARDED_HOST is False


def test_cookies_cannot_be_read_by_script_or_sent_from_elsewhere(officer, stranger):
    response = stranger.post("/sign-in/", {"username": officer.username, "password": OFFICER_PASSWORD})
    session = response.cookies["sessionid"]
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Lax", "/")
    assert not session["domain"]
    token = stranger.get("/people/account/").cookies.get("csrftoken") or stranger.cookies["csrftoken"]
    assert (token["httponly"], token["samesite"]) == (True, "Lax")


def test_in_production_cookies_travel_encrypted_only(tmp_path):
    told = (
        "from tongchou.web import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.DEBUG)"
    )
    done = python(told, TONGCHOU_PRODUCTION="1", TONGCHOU_SECRET_KEY="x7" * 30, TONGCHOU_HOME=str(tmp_path))
    assert done.stdout.split() == ["True", "True", "True", "31536000", "False"], done.stderr


def test_passwords_are_hashed_with_argon2():
    from tongchou.web import settings as product

    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_an_error_page_says_nothing_of_the_error(officer, as_, monkeypatch):
    secret = "the inside of the house"

    def fail(*_: object) -> None:
        raise RuntimeError(secret)

    monkeypatch.setattr("tongchou.web.people.account_views.allowed_to", fail)
    client = as_(officer)
    client.raise_request_exception = False
    response = client.get("/people/account/")
    page = response.content.decode()
    assert response.status_code == 500
    assert not any(
        word in page for word in (secret, "Traceback", "RuntimeError", settings.SECRET_KEY, "django", "/src/")
    )


def test_answers_do_not_name_the_software(stranger):
    headers = stranger.get("/sign-in/").headers
    assert not {"Server", "X-Powered-By"} & set(headers)


@pytest.mark.parametrize(
    "name", ['a"; filename="evil.exe', "a\r\nSet-Cookie: planted=1.pdf", "../../etc/passwd.pdf", "报告（终稿）.pdf"]
)
def test_a_file_name_cannot_leave_its_place_in_the_header(officer, as_, now, organisations, name):
    name = name if name.endswith(".pdf") else name + ".pdf"
    stored = keep(name=name, data=b"%PDF-1.4 x", organisation=organisations["county-140123"], by=officer, now=now)
    response = as_(officer).get(f"/files/{stored.pk}")
    disposition = response.headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w.%~!$&+^`|-]+", disposition), disposition
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "planted" not in response.cookies
    assert "passwd" not in stored.path


def test_an_upload_is_limited_in_size_and_kind(officer, person, as_, settings):
    client = as_(person(Role.COORDINATOR, "development-reform"))
    settings.UPLOAD_BYTES = 1000
    large = SimpleUploadedFile("a.txt", b"x" * 1001)
    assert client.post("/documents/", {"file": large}).status_code == 422
    disguised = SimpleUploadedFile("a.docx", b"MZ\x90\x00 not a document")
    assert client.post("/documents/", {"file": disguised}).status_code == 422


def test_a_form_too_large_is_refused_before_it_is_read(officer, as_):
    response = as_(officer).post(
        "/people/account/password", {"present": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    )
    assert response.status_code in (400, 413)


def test_a_form_with_too_many_fields_is_refused(officer, as_):
    fields = {f"f{n}": "1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert as_(officer).post("/people/account/password", fields).status_code == 400


FORMULA = '=HYPERLINK("http://evil.example","点我")'


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t="])
def test_no_cell_of_a_file_is_a_formula_that_somebody_typed(person, as_, first):
    from openpyxl import load_workbook

    Organisation.objects.create(
        pk="outside-1", order=9000, name="甲" + first, name_en="x", kind="other", is_outside=True, email=""
    )
    Organisation.objects.filter(pk="outside-1").update(name=first.strip() + FORMULA[1:])
    client = as_(person(Role.ADMINISTRATOR, "development-reform"))
    text = client.get("/people/list.csv").content.decode("utf-8-sig")
    row = next(line for line in text.splitlines() if "HYPERLINK" in line)
    assert re.search(r'^\d+,"?\'', row), row
    book = load_workbook(io.BytesIO(client.get("/people/list.xlsx").content))
    cells = [c for line in book.active.iter_rows() for c in line if c.value and "HYPERLINK" in str(c.value)]
    assert cells
    assert all(c.data_type == "s" for c in cells)
    paper = zipfile.ZipFile(io.BytesIO(client.get("/people/list.docx").content)).read("word/document.xml").decode()
    assert "w:instrText" not in paper.split("HYPERLINK")[0][-200:]


def test_fields_nobody_offered_are_not_taken(officer, as_):
    """Mass assignment: whatever else is sent along, only the fields of the form are written."""
    extra = {
        "is_active": "", "must_change_password": "on", "username": "root", "name": "Root", "user": "1", "id": "1",
        "administers": "on", "role": "administrator", "organisation": "finance", "email": "root@example.org",
        "erased_at": "2020-01-01", "password": "another password", "last_login": "", "is_superuser": "1",
    }  # fmt: skip
    before = User.objects.filter(pk=officer.pk).values().get()
    sent = {"present": OFFICER_PASSWORD, "new": "battery staple", "again": "battery staple"}
    assert as_(officer).post("/people/account/password", sent | extra).status_code == 302
    after = User.objects.filter(pk=officer.pk).values().get()
    changed = {k for k in after if after[k] != before[k]} - {"password", "password_set_at", "last_login"}
    assert changed == set()
    assert User.objects.get(pk=officer.pk).check_password("battery staple")
    assert [m.role for m in officer.memberships.all()] == ["officer"]


def test_adding_a_person_writes_the_offered_fields_alone(person, as_):
    client = as_(person(Role.HEAD, "county-140123", administers=True))
    sent = {"username": "li.na", "name": "李娜", "email": "", "role": "officer"}
    extra = {
        "organisation": "finance",
        "must_change_password": "",
        "is_superuser": "1",
        "since": "1999-01-01",
        "pk": "1",
    }
    client.post("/people/organisations/county-140123/", sent | extra)
    added = User.objects.get(username="li.na")
    assert added.must_change_password
    assert [m.organisation_id for m in added.memberships.all()] == ["county-140123"]


def test_whom_to_tell_of_a_weakness(stranger, settings):
    assert stranger.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.gov.cn"
    text = stranger.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@example.gov.cn\n" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT", text, re.M)


def test_secrets_stand_in_no_address_and_the_referrer_stays_here(officer, as_):
    response = as_(officer).get("/people/account/")
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert officer.password not in response.content.decode()


def test_tokens_differ_from_page_to_page(stranger):
    found = [re.search(r'csrfmiddlewaretoken" value="(\w+)"', stranger.get("/sign-in/").content.decode()) for _ in "ab"]
    assert found[0] and found[1]
    assert found[0][1] != found[1][1]


def test_a_token_of_another_session_is_refused(officer):
    theirs, mine = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', theirs.get("/sign-in/").content.decode())[1]
    mine.get("/sign-in/")
    sent = {"username": officer.username, "password": OFFICER_PASSWORD, "csrfmiddlewaretoken": token}
    assert mine.post("/sign-in/", sent).status_code == 403
