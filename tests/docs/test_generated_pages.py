"""The generated pages are committed and current; every declared problem has an entry in both languages."""

from pathlib import Path

from tongchou.surfaces.manual import codes, stale

GENERATED = Path(__file__).parents[2] / "docs" / "generated"


def test_committed_pages_are_current():
    assert stale(GENERATED) == []


def test_a_changed_page_is_noticed(tmp_path):
    from tongchou.surfaces.manual import write

    write(tmp_path)
    assert stale(tmp_path) == []
    (tmp_path / "codes.md").write_text("old", "utf-8")
    (tmp_path / "left-over.md").write_text("old", "utf-8")
    assert stale(tmp_path) == ["codes.md", "left-over.md"]


def test_every_problem_kind_has_both_languages_and_a_way_out():
    kinds = codes.kinds()
    assert len(kinds) > 30
    page = codes.page()
    for kind in kinds:
        assert f"## {kind.code}\n" in page
        for text in (kind.message, kind.hint):
            assert text.zh.strip()
            assert text.en.strip()
            assert text.zh != text.en
