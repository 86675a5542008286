"""What is right for the built-in text (issue 2), read from the shipped copy with Taiyuan's places and parties."""

from __future__ import annotations

from datetime import date

from tongchou.policy.model import ClauseKind, Policy


def test_clauses(builtin: Policy) -> None:
    assert len(builtin.clauses) == 29
    assert sum(bool(c.number) for c in builtin.clauses) == 26
    assert [c.id for c in builtin.clauses if not c.number] == ["1.2.1", "1.2.2", "1.2.3"]
    assert [c.id for c in builtin.clauses if c.level == 1] == ["1", "2", "3", "4"]
    assert builtin.clause("2.8").heading == "推进交通基础设施互联互通"
    assert builtin.clause("1.3.2").heading == "以外促内，融合发展"


def test_kinds(builtin: Policy) -> None:
    kinds = {c.id: c.kind for c in builtin.clauses}
    assert kinds["1.1"] is ClauseKind.GUIDING_PRINCIPLE
    assert {kinds[i] for i in ("1.2", "1.2.1", "1.2.2", "1.2.3")} == {ClauseKind.GOAL}
    assert {k for i, k in kinds.items() if i.startswith("1.3")} == {ClauseKind.STRATEGY}
    for part, kind in (("2", ClauseKind.MEASURE), ("3", ClauseKind.MECHANISM), ("4", ClauseKind.SAFEGUARD)):
        assert {k for i, k in kinds.items() if i.split(".")[0] == part} == {kind}


def test_duties(builtin: Policy) -> None:
    duties = [duty for _, duty in builtin.duties]
    assert len(duties) == 19
    printed = [p for duty in duties for p in duty.parties]
    assert len(printed) == 107
    assert sum(max(1, len(p.expands_to)) for p in printed) == 188
    names = {name for p in printed for name in (p.expands_to or (p.name,))}
    counties = {n for n in names if n.endswith("人民政府")}
    zones = {n for n in names if n.endswith("管委会")}
    assert (len(names), len(counties), len(zones), len(names - counties - zones)) == (37, 10, 3, 24)
    assert not any(p.role.value == "lead" for p in printed)
    assert all(p.party for p in printed)


def test_targets(builtin: Policy) -> None:
    assert len(builtin.targets) == 26
    assert [sum(t.year == y for t in builtin.targets) for y in (2022, 2035, 2050)] == [10, 7, 9]


def test_one_commitment_has_a_date_of_its_own(builtin: Policy) -> None:
    (dated,) = [m for m in builtin.commitments if m.deadline and m.deadline.by]
    assert dated.text == "地铁2号线力争2020年底开通运营"
    assert dated.deadline is not None
    assert (dated.deadline.by, dated.deadline.strength.value) == (date(2020, 12, 31), "strive")


def test_the_number_of_commitments_is_near_the_analysts_count(builtin: Policy) -> None:
    # An analyst counted about 254; the reader does not count noun phrases and continuations without a verb.
    assert 235 <= len(builtin.commitments) <= 265


def test_findings_are_those_an_analyst_wrote_down(builtin: Policy) -> None:
    found = {(f.code, f.clause) for f in builtin.findings}
    assert {("F013", "1.3.2"), ("F009", "4.2"), ("F009", "4.3"), ("F008", "1.3.2"), ("F007", None)} <= found
    assert {c for code, c in found if code == "F001"} == {c.id for c, d in builtin.duties if len(d.parties) > 1}
    terms = " ".join(f.message.zh for f in builtin.findings if f.code == "F006")
    for term in ("三大目标", "中心城区", "接近", "一区两园", "市定基本办学标准", "六最"):
        assert term in terms
    assert not any(t in terms for t in ("四不摘", "五水同治", "九大任务", "四大机制"))
    owners = {f.clause: f.suggestion for f in builtin.findings if f.code == "F010"}
    assert "市财政局" in owners["3.1"]
    assert "市发展改革委" in owners["2.4"]
    assert "市工信局" in owners["2.6"]
    assert "市农业农村局" in owners["2.7"]
    assert "市城乡管理局" in owners["3.3"]


def test_a_click_on_a_clause_leads_to_the_source(builtin: Policy) -> None:
    from importlib.resources import files

    source = files("tongchou").joinpath("regions", "taiyuan", "policy", "taiyuan-2019.txt").read_text("utf-8")
    clause = builtin.clause("2.8")
    assert source[clause.source_span.start : clause.source_span.end].startswith("(八)推進交通基礎設施互聯互通")
