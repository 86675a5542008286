"""What a loaded region answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongchou.kernel.status import Status
from tongchou.region import load, read_tables


def add(package: Path, *rows: str) -> None:
    path = package / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def source(package: Path, *ids: str) -> None:
    path = package / "sources.csv"
    lines = "".join(f"{id_},《{id_}》,某局,,,公开,,\n" for id_ in ids)
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")


def test_the_strongest_of_several_figures_is_given_and_the_first_of_equals(package: Path) -> None:
    source(package, "blog", "paper")
    add(
        package, "990102,per-head,2021,1,元/人,assumed,blog,whole,", "990102,per-head,2021,2,元/人,reported,book,whole,"
    )
    add(package, "990102,per-head,2021,3,元/人,reported,paper,whole,")
    region = load(package)
    best = region.figure("990102", "per-head", "2021")
    assert best is not None
    assert (best.value, best.status) == (2, Status.REPORTED)
    assert [f.value for f in region.held("990102", "per-head", "2021")] == [1, 2, 3]


def test_what_is_not_held_is_none(package: Path) -> None:
    region = load(package)
    assert region.figure("990102", "per-head", "1999") is None
    assert region.figure("990101", "people", "2020-11-01", "whole") is None
    assert region.held("990102", "per-head", "1999") == ()


def test_a_base_that_fits_all_answers_for_any_base(package: Path) -> None:
    add(package, "990101,people,2010-11-01,90,人,official,book,same,")
    region = load(package)
    for base in (None, "apart", "whole", "same"):
        figure = region.figure("990101", "people", "2010-11-01", base)
        assert figure is not None
        assert figure.value == 90


def test_figures_on_two_bases_are_not_chosen_between(package: Path) -> None:
    source(package, "bulletin")
    add(package, "990101,people,2020-11-01,120,人,official,bulletin,whole,")
    region = load(package)
    with pytest.raises(ValueError, match=r"several bases, say which: \['apart', 'whole'\]"):
        region.figure("990101", "people", "2020-11-01")
    whole = region.figure("990101", "people", "2020-11-01", "whole")
    assert whole is not None
    assert whole.value == 120


def test_groups_bases_and_names_come_with_the_region(package: Path) -> None:
    region = load(package)
    assert (region.id, region.title.zh, region.centre) == ("jia", "甲市", "990100")
    assert region.groups["core"].title.en == "core"
    assert region.bases["apart"].apart == ("Z990101",)
    assert region.folder == str(package)


def test_policy_texts_in_the_folder_are_named(package: Path) -> None:
    (package / "policy" / "b.txt").write_text("乙", encoding="utf-8")
    (package / "policy" / "a.txt").write_text("甲", encoding="utf-8")
    assert load(package).policies == ("a.txt", "b.txt")


def test_tables_are_read_as_they_stand(package: Path) -> None:
    tables = read_tables(package)
    assert tables["sources"].path == "sources.csv"
    assert [row.cells["id"] for row in tables["sources"].rows.good] == ["book"]
    assert tables["figures"].rows.good[0].line == 2


def test_projects_gather_their_stages_and_quantities_in_order(package: Path) -> None:
    (package / "projects.csv").write_text(
        "id,name_zh,name_en,kind,clause,places,promised,strength,outcome,source,note\n"
        "road,大路,Road,road,2.8,990101|990102,2020年底,力争,opened,book,\n",
        encoding="utf-8",
    )
    (package / "project_stages.csv").write_text(
        "project,stage,date,source,note\nroad,started,2018-05,book,\nroad,opened,2020-10-26,book,\n", encoding="utf-8"
    )
    (package / "project_quantities.csv").write_text(
        "project,quantity,value,unit,source,note\nroad,length,33.2,km,book,\nroad,cost,不适用,亿元,book,\n",
        encoding="utf-8",
    )
    (road,) = load(package).projects
    assert road.places == ("990101", "990102")
    assert road.stages == (("started", "2018-05"), ("opened", "2020-10-26"))
    assert road.quantities == (("length", 33.2, "km"),)


def test_a_folder_named_like_a_built_in_package_does_not_hide_it(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package.rename(tmp_path / "taiyuan")
    monkeypatch.chdir(tmp_path)
    assert load("taiyuan").centre == "140100"
    assert load("./taiyuan").centre == "990100"
