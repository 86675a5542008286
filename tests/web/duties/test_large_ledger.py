"""Pages stay within fifteen queries when every commitment is confirmed and has been reported on many times."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tongchou.web.duties.actions.confirming import confirm_all
from tongchou.web.duties.models import Commitment, Duty, ProgressReport
from tongchou.web.duties.standing import standings
from tongchou.web.people.roles import Role


@pytest.fixture
def large(proposed, person, now):
    """Every commitment confirmed, and 5,000 approved reports about them."""
    coordinator = person(Role.COORDINATOR, "development-reform")
    writer, head = person(Role.OFFICER, "transport"), person(Role.HEAD, "transport")
    confirm_all(commitments=list(Commitment.objects.all()), by=coordinator, now=now)
    duties = list(Duty.objects.values_list("commitment_id", "organisation_id"))
    reports = []
    for number in range(5000):
        commitment, unit = duties[number % len(duties)]
        reports.append(
            ProgressReport(
                commitment_id=commitment,
                organisation_id=unit,
                status=("under_way", "blocked", "done")[number % 3],
                words=f"第{number}次报告",
                said_on=date(2021, 1, 1) + timedelta(days=number // 10),
                state="approved",
                written_by=writer,
                written_at=now,
                submitted_at=now,
                reviewed_by=head,
                reviewed_at=datetime(2026, 1, 1, tzinfo=now.tzinfo),
            )
        )
    ProgressReport.objects.bulk_create(reports, batch_size=1000)
    return coordinator


def test_pages_stay_within_fifteen_queries_when_the_ledger_is_large(large, as_, django_assert_max_num_queries):
    client = as_(large)
    one = Commitment.objects.first()
    pages = ("", "?lamp=grey", "lamps/", "silence/", "unit/transport/", "escalation/", "plans/", f"{one.pk}/")
    for page in pages:
        with django_assert_max_num_queries(15):
            assert client.get(f"/duties/{page}").status_code == 200, page


def test_the_newest_word_is_the_one_that_counts(large):
    one = ProgressReport.objects.order_by("-said_on", "-pk").first()
    (found,) = standings([one.commitment], date(2026, 11, 27), one.organisation_id)
    assert found.by_unit[one.organisation_id].words == one.words
