"""Whatever text comes in: no crash, spans inside the text, texts equal to their spans, no id twice, linear time."""

from __future__ import annotations

import random
import time

import pytest
from benchmarks._reader_corpus import samples
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.policy.contract import from_dict, to_dict
from tongchou.policy.model import Policy
from tongchou.policy.reader import read_text
from tongchou.region.model import Region

BITS = (
    *"一二三十、，。；：（）()〔〕[]【】《》“”\n\t 12.①第章条县：市区局委各将对以和等年月日内前",
    *(
        "责任单位：",
        "牵头单位：",
        "到2025年，",
        "（一）",
        "第一条",
        "（市财政局负责）",
        "各县（市、区）人民政府",
        "2020年底前",
    ),
    *(
        "完成时限：",
        "附件",
        "3个月内",
        "\n一、",
        "\n1.",
        "\n1.1 ",
        "第一阶段",
        "任务\t责任单位\t完成时限\n",
        "推进",
        "建设公园3个",
    ),
)


def check(policy: Policy) -> None:
    text, size = policy.text, len(policy.text)
    ids = [c.id for c in policy.clauses]
    assert len(set(ids)) == len(ids)
    for clause in policy.clauses:
        for span in (clause.span, clause.text_span, clause.heading_span):
            assert clause.span.start <= span.start <= span.end <= clause.span.end <= size
        assert text[slice(*clause.text_span)] == clause.text
        assert text[slice(*clause.heading_span)] == clause.heading
        assert 0 <= clause.source_span.start <= clause.source_span.end <= policy.source.characters
        assert clause.parent is None or clause.parent in ids
        if clause.duty is not None:
            assert clause.duty.phrase == "；".join(text[slice(*s)] for s in clause.duty.spans)
            assert [p.order for p in clause.duty.parties] == list(range(1, len(clause.duty.parties) + 1))
            assert all(text[slice(*p.span)] == p.printed for p in clause.duty.parties)
        for made in clause.commitments:
            assert text[slice(*made.span)] == made.text
            assert made.verb in made.text and made.text.endswith(made.object)
            assert all(text[slice(*q.span)] == q.text for q in made.quantities)
            assert made.deadline is None or text[slice(*made.deadline.span)] == made.deadline.text
        assert all(text[slice(*t.span)] == t.text for t in clause.targets)
    numbers = [x.id for x in (*policy.commitments, *policy.targets)]
    assert len(set(numbers)) == len(numbers)
    for found in policy.findings:
        assert found.clause is None or found.clause in ids
        assert found.span is None or 0 <= found.span.start <= found.span.end <= size
    assert from_dict(to_dict(policy)) == policy


def read(text: str, region: Region | None = None) -> None:
    try:
        policy = read_text(text) if region is None else read_text(text, places=region.places, parties=region.parties)
    except ProblemsError:
        return
    check(policy)


def test_the_built_in_policy_holds_together(builtin: Policy) -> None:
    check(builtin)


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.name)
def test_every_sample_holds_together(sample: object, taiyuan: Region) -> None:
    read(sample.text, taiyuan)  # type: ignore[attr-defined]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(BITS), max_size=120).map("".join))
def test_pieces_of_documents_in_any_order(text: str) -> None:
    read("标题\n" + text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    read("一、任务\n" + text)


def test_damaged_documents(taiyuan: Region) -> None:
    rng = random.Random(18)
    texts = [s.text for s in samples()]
    for _ in range(250):
        letters = list(rng.choice(texts))
        for _ in range(rng.randint(1, 30)):
            at = rng.randrange(len(letters) + 1)
            if rng.random() < 0.5:
                letters.insert(at, rng.choice(BITS))
            else:
                del letters[at : at + rng.randint(1, 25)]
        read("".join(letters), taiyuan if rng.random() < 0.5 else None)


REPEATED = (
    *(
        "（",
        "（a）",
        "）",
        "，",
        "、",
        "“",
        "《",
        "1",
        "12 ",
        "建设",
        "各县、",
        "县（市、区）",
        "到2025年",
        "2020年底前",
        "责任单位：",
    ),
    *(
        "一、\n",
        "（一）总\n1.加\n",
        "责任单位：市局\n",
        "任务\t责任单位\n",
        "附件\n",
        "建设公园\n",
        "1.1 建设\n",
        "以为",
        "市发改局、",
    ),
)


@pytest.mark.parametrize("piece", REPEATED)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = "标题\n一、总体\n" + piece * (length // len(piece))
        start = time.process_time()
        read_text(text)
        return time.process_time() - start

    seconds(2_000)
    # Ten times the text may take thirty times as long on a busy machine; a quadratic step would take a hundred.
    assert seconds(60_000) <= max(30 * seconds(6_000), 1.0)
