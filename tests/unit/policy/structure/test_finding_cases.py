"""Findings: each kind where it is due and nowhere else."""

from __future__ import annotations

import pytest

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.reader import read_text


def codes(*lines: str, region: tuple[Places, Parties] | None = None) -> list[tuple[str, str | None]]:
    places, parties = region or (Places(()), Parties(()))
    policy = read_text("\n".join(("某市意见", *lines)), places=places, parties=parties)
    return [(f.code, f.clause) for f in policy.findings]


def test_a_complete_clause_has_no_finding() -> None:
    assert codes("一、任务。请看。2025年底前建成公园3个。（市住建局牵头，市财政局配合）") == []


def test_what_a_clause_lacks_is_said_once() -> None:
    found = codes("一、任务。请看。推进建设，加强管理，完善设施。（市住建局、市财政局负责）")
    assert found == [("F002", "1"), ("F003", "1"), ("F001", "1")]


def test_one_party_needs_no_lead_but_a_group_does() -> None:
    assert "F001" not in {c for c, _ in codes("一、任务。请看。推进建设。（市住建局负责）")}
    assert ("F001", "1") in codes("一、任务。请看。推进建设。（各县（市、区）人民政府负责）")


def test_no_duty_anywhere_above() -> None:
    assert ("F005", "1") in codes("一、任务。请看。推进建设。")
    assert "F005" not in {c for c, _ in codes("一、任务。请看。推进建设。（市住建局负责）")}


def test_targets_without_a_value() -> None:
    assert ("F004", "1") in codes("一、主要目标。到2025年，格局形成。")
    assert "F004" not in {c for c, _ in codes("一、主要目标。到2025年，覆盖率达到95%。")}


@pytest.mark.parametrize(
    ("sentence", "undefined"),
    [
        ("打造“六最”环境。", True),
        ("落实不摘责任、不摘政策、不摘帮扶、不摘监管的“四不摘”要求。", False),
        ("全部达到市定办学标准。", True),
        ("带动中心城区发展。", True),
        ("中心城区是指东湖区，带动中心城区发展。", False),
        ("落实“十四五”规划。", False),
        ("推进“清网”行动。", False),
    ],
)
def test_undefined_terms(sentence: str, undefined: bool) -> None:
    assert ("F006" in {c for c, _ in codes(f"一、任务。请看。{sentence}")}) is undefined


def test_addressees_and_duties_are_compared(small: tuple[Places, Parties]) -> None:
    lines = (
        "各县（市、区）人民政府，西山示范区管委会：",
        "一、任务。请看。推进建设。（高新区管委会、青石县人民政府负责）",
    )
    found = codes(*lines, region=small)
    assert ("F007", None) in found
    assert ("F008", "1") in found


def test_text_and_bracket_disagree(small: tuple[Places, Parties]) -> None:
    assert ("F009", "1") in codes("一、任务。请看。各县（市、区）要建立台账。（市教育局负责）", region=small)
    both = codes("一、任务。请看。各县（市、区）要建立台账。（各县（市、区）人民政府负责）", region=small)
    assert "F009" not in {c for c, _ in both}


def test_the_likely_owner_is_suggested_from_the_region(small: tuple[Places, Parties]) -> None:
    places, parties = small
    text = "某市意见\n一、任务。请看。建立项目成本分担机制。（市发改委负责）"
    suggested = [f.suggestion for f in read_text(text, places=places, parties=parties).findings if f.code == "F010"]
    assert suggested == [("市财政局",)]
    owned = text.replace("市发改委", "市财政局")
    assert not [f for f in read_text(owned, places=places, parties=parties).findings if f.code == "F010"]


def test_the_likely_owner_is_suggested_without_a_region() -> None:
    assert ("F010", "1") in codes("一、任务。请看。规范转移支付办法。（市教育局负责）")
    assert "F010" not in {c for c, _ in codes("一、任务。请看。规范转移支付办法。（县财政局负责）")}


def test_a_dropped_word_is_a_finding_not_a_repair() -> None:
    policy = read_text("某市意见\n一、任务。请看。构建以示范区为的产业群。")
    assert "F013" in {f.code for f in policy.findings}
    assert "以示范区为的" in policy.text
    assert "F013" not in {c for c, _ in codes("一、任务。请看。构建以示范区为主的产业群。")}


def test_an_unknown_party_is_named_only_against_a_region(small: tuple[Places, Parties]) -> None:
    lines = ("一、任务。请看。推进建设。（市海洋局负责）",)
    assert ("F014", "1") in codes(*lines, region=small)
    assert "F014" not in {c for c, _ in codes(*lines)}


def test_a_system_without_its_rule() -> None:
    assert ("F015", "1") in codes("一、任务。请看。建立联席会议制度。")
    assert "F015" not in {c for c, _ in codes("一、任务。请看。建立联席会议制度，由市发改委召集，每季度召开一次。")}


def test_every_finding_speaks_both_languages_and_has_a_way_out() -> None:
    lines = (
        "某市意见",
        "各县区政府，西山示范区管委会：",
        "一、任务。请看。打造“六最”环境，建立联席会议制度。（市教育局、市住建局负责）",
        "三、保障。",
    )
    for found in read_text("\n".join(lines)).findings:
        assert found.message.zh and found.message.en and found.hint.zh and found.hint.en
        assert "{" not in found.message.zh + found.message.en + found.hint.zh + found.hint.en
