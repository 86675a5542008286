"""Duties: brackets of every kind, lines, roles as printed, shared suffixes, groups, aliases, addressees."""

from __future__ import annotations

import pytest

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.reader import read_text


def parties(ending: str) -> list[str]:
    """Return ``name`` or ``role:name`` of the parties of a clause that ends like this."""
    policy = read_text(f"某市方案\n一、任务\n（一）修路。加快建设环城路。{ending}")
    duty = policy.clauses[1].duty
    if duty is None:
        return []
    return [p.name if p.role.value == "responsible" else f"{p.role.value}:{p.name}" for p in duty.parties]


@pytest.mark.parametrize("pair", ["（）", "()", "〔〕", "[]", "［］", "【】", "（)", "〔）"])
def test_brackets_of_every_kind(pair: str) -> None:
    assert parties(f"{pair[0]}市交通局、市财政局负责{pair[1]}") == ["市交通局", "市财政局"]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("（由市交通局牵头，市财政局、市住建局配合）", ["lead:市交通局", "support:市财政局", "support:市住建局"]),
        ("（市交通局牵头，市财政局、市住建局按职责分工负责）", ["lead:市交通局", "市财政局", "市住建局"]),
        ("（市交通局（牵头）、市财政局）", ["lead:市交通局", "市财政局"]),
        ("（牵头单位：市交通局；配合单位：市财政局）", ["lead:市交通局", "support:市财政局"]),
        ("（市交通局会同市财政局负责）", ["市交通局", "市财政局"]),
        ("（市交通局，各县（市、区）人民政府按照职责分工负责）", ["市交通局", "各县（市、区）人民政府"]),
        ("（市交通局等部门、各区县政府负责）", ["市交通局", "各区县政府"]),
        ("（市直各有关部门按职责分工负责）", ["市直各有关部门"]),
        ("（阳曲县、娄烦县、古交市人民政府负责）", ["阳曲县人民政府", "娄烦县人民政府", "古交市人民政府"]),
        ("（综改示范区、不锈钢园区管委会负责）", ["综改示范区管委会", "不锈钢园区管委会"]),
        ("（清徐、阳曲县政府负责）", ["清徐县政府", "阳曲县政府"]),
        ("（市发改、财政、住建局负责）", ["市发改局", "市财政局", "市住建局"]),
        ("（市规划和自然资源局、市发展和改革委员会负责）", ["市规划和自然资源局", "市发展和改革委员会"]),
        ("（市财政局和市教育局负责）", ["市财政局", "市教育局"]),
        ("（市委组织部、团市委、市妇联、国网市供电公司负责）", ["市委组织部", "团市委", "市妇联", "国网市供电公司"]),
        ("\n责任单位：市交通局、市财政局", ["市交通局", "市财政局"]),
        ("\n牵头单位：市交通局\n配合单位：市财政局", ["lead:市交通局", "support:市财政局"]),
        ("\n责任部门：市交通局 市财政局", ["市交通局", "市财政局"]),
        ("此项工作由市交通局牵头，市财政局配合。", ["lead:市交通局", "support:市财政局"]),
        ("（市交通局、市财政局）", ["市交通局", "市财政局"]),
    ],
)
def test_phrases(phrase: str, expected: list[str]) -> None:
    assert parties(phrase) == expected


@pytest.mark.parametrize(
    "ending", ["（以下简称环城路）", "（试行）", "建设滨河（湖）空间。", "（含乡镇）。", "（2020—2025年）"]
)
def test_other_brackets_are_no_duty(ending: str) -> None:
    assert parties(ending) == []


def test_two_brackets_of_one_clause_are_one_duty() -> None:
    policy = read_text("某市方案\n一、任务\n（一）修路。建设环城路。（市交通局负责）改造老桥。（市住建局负责）")
    duty = policy.clauses[1].duty
    assert duty is not None
    assert [p.name for p in duty.parties] == ["市交通局", "市住建局"]
    assert duty.phrase == "（市交通局负责）；（市住建局负责）"
    assert [m.text for m in policy.commitments] == ["建设环城路", "改造老桥"]


def test_a_region_joins_aliases_and_expands_groups(small: tuple[Places, Parties]) -> None:
    places, known = small
    policy = read_text(
        "某市方案\n一、任务\n推进建设。（市发展改革委、青石县、东湖区政府，各县区政府负责）",
        places=places,
        parties=known,
    )
    duty = policy.clauses[0].duty
    assert duty is not None
    assert [(p.name, p.party, p.expands_to) for p in duty.parties] == [
        ("市发改委", "dr", ()),
        ("青石县人民政府", "stone", ()),
        ("东湖区人民政府", "east", ()),
        ("各县（市、区）人民政府", "all", ("东湖区人民政府", "青石县人民政府")),
    ]


def test_addressees_are_read(small: tuple[Places, Parties]) -> None:
    places, known = small
    policy = read_text(
        "某市方案\n各县（市、区）人民政府，高新区管委会，市直各委、局、办：\n一、任务\n推进建设。（市教育局负责）",
        places=places,
        parties=known,
    )
    assert [(a.name, a.group, len(a.expands_to)) for a in policy.addressees] == [
        ("各县（市、区）人民政府", True, 2),
        ("高新区管委会", False, 0),
        ("市直各委、局、办", True, 0),
    ]
