"""Every app's checks are found by `tongchou verify` and find nothing wrong in a new workbench."""

from __future__ import annotations

import pytest

from tongchou.kernel.text import Text
from tongchou.web.operations.verify import checks, faults


def test_every_check_has_a_name_in_both_languages(db):
    labels = [label for label, _ in checks()]
    assert all(isinstance(one, Text) and one.zh and one.en for one in labels)
    assert len(set(labels)) == len(labels) >= 6


@pytest.mark.django_db(transaction=True)
def test_a_new_workbench_is_sound(builtin, organisations):
    assert faults() == []
