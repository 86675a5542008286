"""Before and after, a case a form of trouble: ``cases/*.yaml``."""

from pathlib import Path

import pytest
import yaml

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.model import RepairKind
from tongchou.policy.pipeline import Draft, repairs, run
from tongchou.policy.stages.text import TEXT_STAGES

CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]


def draft_of(text: str, stage: str) -> Draft:
    names = [s.name for s in TEXT_STAGES]
    draft = Draft("case.txt", text.encode("utf-8"), Places(()), Parties(()))
    return run(draft, TEXT_STAGES[: names.index(stage) + 1])


def test_there_are_enough_cases():
    assert len(CASES) >= 25


@pytest.mark.parametrize(("stage", "case"), CASES)
def test_before_and_after(stage, case):
    draft = draft_of(case["before"], stage)
    assert draft.text == case["after"]
    for field in ("title", "number", "issuer", "issued", "effective", "interpretation", "attachments"):
        if field in case:
            assert getattr(draft, field) == case[field], field
    if "repairs" in case:
        found = [r for r in repairs(draft) if r.kind in (RepairKind.INSERTED, RepairKind.VARIANT)]
        assert [[r.before, r.after, r.applied] for r in found] == case["repairs"]


@pytest.mark.parametrize(("stage", "case"), CASES)
def test_reading_the_result_again_changes_nothing(stage, case):
    once = draft_of(case["before"], stage).text
    assert draft_of(once, stage).text == once


@pytest.mark.parametrize(("stage", "case"), CASES)
def test_every_repair_stands_where_it_says(stage, case):
    draft = draft_of(case["before"], stage)
    source = case["before"]
    for repair in repairs(draft):
        expected = repair.after if repair.applied else repair.before
        assert draft.text[repair.span.start : repair.span.end] == expected
        printed = source[repair.source_span.start : repair.source_span.end]
        assert len(printed) == len(repair.before)
        if repair.kind is RepairKind.SCRIPT:
            assert printed == repair.before
