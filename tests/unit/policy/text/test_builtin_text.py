"""The policy shipped with the package, as found: what the text stages make of it."""

from datetime import date
from importlib.resources import files

import pytest

from tongchou.kernel.parties import Parties
from tongchou.kernel.places import Places
from tongchou.policy.model import RepairKind
from tongchou.policy.pipeline import CutKind, Draft, repairs, run
from tongchou.policy.stages.text import TEXT_STAGES


@pytest.fixture(scope="module")
def source():
    return files("tongchou").joinpath("regions", "taiyuan", "policy", "taiyuan-2019.txt").read_bytes()


@pytest.fixture(scope="module")
def draft(source):
    return run(Draft("taiyuan-2019.txt", source, Places(()), Parties(())), TEXT_STAGES)


def test_seven_places_three_of_them_proved(draft, source):
    found = [r for r in repairs(draft) if r.kind in (RepairKind.INSERTED, RepairKind.VARIANT)]
    assert [(r.before, r.applied) for r in found] == [
        ("骗承兰脚", False),
        ("耻习榆讲", False),
        ("恋甩键", False),
        ("润危良", False),
        ("挨试乘", True),
        ("设脚", True),
        ("燥壳循", True),
    ]
    printed = source.decode()
    assert [printed[r.source_span.start : r.source_span.end] for r in found] == [
        "騙承蘭腳",
        "恥習榆講",
        "戀甩鍵",
        "潤危良",
        "挨試乘",
        "設腳",
        "燥殼循",
    ]
    for repair in found:
        assert draft.text[repair.span.start : repair.span.end] == ("" if repair.applied else repair.before)
        assert repair.evidence


def test_data_of_the_document(draft):
    assert draft.title == "太原市人民政府关于促进区域协调发展的实施意见"
    assert draft.number == "并政发〔2019〕18号"
    assert draft.issuer == "太原市人民政府"
    assert (draft.issued, draft.effective) == (date(2019, 10, 25), date(2019, 10, 25))
    assert (draft.source.script, draft.source.encoding, draft.source.characters) == ("hant", "utf-8", 14955)


def test_the_text_begins_with_the_title_and_ends_with_the_date(draft):
    lines = draft.text.split("\n")
    assert lines[0] == draft.title
    assert lines[-2:] == ["太原市人民政府", "2019年10月25日"]
    assert all(line == line.strip() and line for line in lines)
    assert draft.text.count("鼓励社会媒体和公众有序参与") == 1
    assert not any(word in draft.text for word in ("基本介绍", "热门词条", "联系我们", "全文"))
    assert not any(mark in draft.text for mark in ",;()")
    assert draft.interpretation.startswith("政策解读\n一、起草背景\n")
    assert draft.interpretation.endswith("保障各项工作落实到位。")


def test_what_was_left_out_is_recorded(draft, source):
    printed = source.decode()
    kinds = {kind: [printed[c.span.start : c.span.end] for c in draft.cuts if c.kind is kind] for kind in CutKind}
    (second,) = kinds[CutKind.SECOND_COPY]
    assert second.startswith("3.鄉村振興")
    assert any("熱門詞條" in cut for cut in kinds[CutKind.FURNITURE])
    assert any("頒布時間" in cut for cut in kinds[CutKind.DATA])
    assert kinds[CutKind.INTERPRETATION][0].startswith("政策解讀")
    assert sum(c.span.end - c.span.start for c in draft.cuts) + len(draft.text) > 0.98 * len(printed)


def test_taiwan_words_are_recorded_one_by_one(draft):
    words = [(r.before, r.after) for r in repairs(draft) if r.kind is RepairKind.SCRIPT]
    assert words.count(("最佳化", "优化")) == 6
    assert ("捷運", "地铁") in words
    assert ("人民民眾", "人民群众") in words
    assert ("機製", "机制") in words
    assert all(word not in draft.text for word in ("最佳化", "智慧型", "互联网络", "網"))
    assert "新型全域智慧城市" in draft.text
