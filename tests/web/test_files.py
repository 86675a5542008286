"""Files people send are kept as received and shown to those who may see them."""

from __future__ import annotations

import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.web.files.actions import keep, share
from tongchou.web.files.kinds import EVIDENCE, KINDS
from tongchou.web.files.models import StoredFile
from tongchou.web.people.roles import Role

PDF = b"%PDF-1.4 reply"


@pytest.fixture
def file(organisations, now) -> StoredFile:
    return keep(name="回函.pdf", data=PDF, organisation=organisations["finance"], by=None, now=now)


def test_kept_as_received(file):
    assert file.content() == PDF
    assert file.media_type == "application/pdf"


def test_who_may_see_it(file, person, as_, stranger, now):
    address = f"/files/{file.pk}"
    assert stranger.get(address).status_code == 404
    assert as_(person(Role.OFFICER, "transport")).get(address).status_code == 404
    assert as_(person(Role.OFFICER, "finance")).get(address).content == PDF
    assert as_(person(Role.COORDINATOR, "development-reform")).get(address).status_code == 200
    share(files=[file], now=now)
    shown = stranger.get(address)
    assert shown.content == PDF
    assert shown.headers["Content-Type"] == "application/octet-stream"
    assert shown.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.pdf", b"", "W033"), ("a.pdf", b"<html>", "W032"), ("a.exe", b"MZ", "W032"), ("a.png", PDF, "W032")],
)
def test_what_is_not_taken(organisations, now, name, data, code):
    with pytest.raises(ProblemsError) as error:
        keep(name=name, data=data, organisation=organisations["finance"], by=None, now=now)
    assert [p.code for p in error.value.problems] == [code]
    assert not StoredFile.objects.exists()


def test_every_kind_of_evidence_is_a_known_kind():
    assert set(EVIDENCE) <= {ending for kind in KINDS for ending in kind.endings}
