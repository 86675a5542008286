"""Edge tables of three kinds of file give one graph; what is wrong with them is told at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.edges import read_edges
from tongchou.networks.search import cost_table

ROWS = [(1, 2, 5.0, 60.0, 0, "road"), (2, 3, 1.0, 30.0, 1, "road"), (3, 4, 0.5, 5.0, 0, "walk")]


def written(folder: Path, kind: str) -> Path:
    path = folder / f"edges.{kind}"
    text = "from,to,length,speed,oneway,mode\n" + "".join(",".join(map(str, row)) + "\n" for row in ROWS)
    if kind == "csv":
        path.write_text(text, "utf-8")
    elif kind == "parquet":
        import duckdb

        plain = folder / "plain.csv"
        plain.write_text(text, "utf-8")
        duckdb.read_csv(str(plain)).write_parquet(str(path))
    else:
        base = sqlite3.connect(path)
        base.execute("create table gpkg_contents (table_name text)")
        base.execute("insert into gpkg_contents values ('roads')")
        base.execute(
            'create table roads ("from" int, "to" int, length real, speed real, oneway int, mode text, geom blob)'
        )
        base.executemany("insert into roads values (?,?,?,?,?,?,x'00')", ROWS)
        base.commit()
        base.close()
    return path


@pytest.mark.parametrize("kind", ["csv", "parquet", "gpkg"])
def test_three_kinds_of_file_give_one_graph(tmp_path: Path, kind: str) -> None:
    edges = read_edges(written(tmp_path, kind))
    assert edges.modes.tolist() == ["road", "road", "walk"]
    held = edges.graph()
    everyone = held.numbers([1, 2, 3, 4])
    inf = float("inf")
    # 5 km at 60 km/h is 5 minutes, 1 km at 30 is 2 (one way), half a kilometre on foot at 5 is 6.
    assert cost_table(held, everyone, everyone).tolist() == [
        [0.0, 5.0, 7.0, 13.0],
        [5.0, 0.0, 2.0, 8.0],
        [inf, inf, 0.0, 6.0],
        [inf, inf, 6.0, 0.0],
    ]


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text("from,to,minutes\na,b,-1\n,c,2\nb,c,x\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_edges(path)
    assert sorted({p.code for p in caught.value.problems}) == ["N002", "N014"]
    path.write_text("from,length\na,1\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_edges(path)
    assert [p.code for p in caught.value.problems] == ["N010", "N010"]
    path.write_text("from,to,length,speed\na,b,1,0\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_edges(path)
    assert [p.code for p in caught.value.problems] == ["N015"]
    for name, code in (("edges.shp", "N011"), ("none.csv", "N012")):
        with pytest.raises(ProblemsError) as caught:
            read_edges(tmp_path / name)
        assert [p.code for p in caught.value.problems] == [code]
    with pytest.raises(ProblemsError) as caught:
        read_edges(written(tmp_path, "gpkg"), layer="rivers")
    assert [p.code for p in caught.value.problems] == ["N013"]


def test_columns_may_be_called_anything(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text("甲,乙,分钟\na,b,4\n", "utf-8")
    edges = read_edges(path, {"tail": "甲", "head": "乙", "minutes": "分钟"})
    assert edges.minutes.tolist() == [4.0]
    with pytest.raises(ProblemsError) as caught:
        read_edges(path, {"tail": "甲", "head": "乙", "minutes": "分钟", "mode": "方法"})
    assert [p.code for p in caught.value.problems] == ["N010"]


def told(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        read_edges(path)
    return [(p.code, p.where) for p in caught.value.problems]


def test_only_the_bad_rows_are_told_and_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("from,to,minutes,oneway\n1,2,3,0\n2,3,abc,1\n3,4,5,perhaps\n4,5,-1,\n", "utf-8")
    assert told(path) == [("N002", "e.csv row 2"), ("N002", "e.csv row 4"), ("N043", "e.csv row 3")]
    path.write_text("from,to,length,speed\na,b,-1,5\nb,c,2,0\n", "utf-8")
    assert told(path) == [("N015", "e.csv row 2"), ("N002", "e.csv row 1")]
    path.write_text("from,to,minutes\n1,2\n3,4,5\n3,4,5,6\n", "utf-8")
    assert told(path) == [("N042", "e.csv row 1"), ("N042", "e.csv row 3")]
    path.write_text("from,to,minutes\n" + "1,2,3\n" * 30_000 + "1,2,x\n", "utf-8")
    assert told(path) == [("N002", "e.csv row 30001")]
    path.write_text("from,to,minutes\n", "utf-8")
    assert told(path) == [("N004", "e.csv")]


@pytest.mark.parametrize("kind", ["csv", "parquet", "gpkg"])
def test_what_is_no_such_file_is_told(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"e.{kind}"
    path.write_bytes(b"\xff\x00\x81" + np.random.default_rng(3).bytes(300))
    assert told(path)[0][0] == "N041"


def test_ids_keep_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    rows = [("1.10", "1.1"), ("140105001001001001001", "140105001001001001002"), ("007", "7"), ("a ", " b")]
    path.write_text("from,to,minutes\n" + "".join(f"{a},{b},1\n" for a, b in rows), "utf-8")
    assert read_edges(path).graph().nodes.tolist() == sorted(cell.strip() for row in rows for cell in row)
    path.write_text("from,to,minutes\n1.10,1.1,1\n1.1,1.2,1\n", "utf-8")
    assert read_edges(path).graph().nodes.tolist() == ["1.1", "1.10", "1.2"]


def test_ids_keep_what_they_say_after_rows_that_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    rows = "".join(f"{i},{i + 1},1\n" for i in range(100, 30_000))  # more than DuckDB looks at to guess
    path.write_text(f"from,to,minutes\n{rows}007,7,1\n", "utf-8")
    assert {"007", "7"} <= set(read_edges(path).graph().nodes.tolist())


def test_what_wps_and_excel_write_here_is_read(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_bytes("起点,终点,时间,单行\n太原,古交,3,是\n古交,娄烦,4,否\n".encode("gb18030"))
    edges = read_edges(path)
    assert (edges.tails.tolist(), edges.one_way.tolist(), edges.minutes.tolist()) == (
        ["太原", "古交"], [True, False], [3.0, 4.0]
    )  # fmt: skip
