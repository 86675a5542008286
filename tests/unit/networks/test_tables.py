"""Tables are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tongchou.kernel.problems import ProblemsError
from tongchou.networks.tables import write_table


def test_a_table_is_read_back(tmp_path: Path) -> None:
    import duckdb

    for kind in ("csv", "parquet"):
        path = tmp_path / f"table.{kind}"
        write_table(path, {"id": np.arange(3), "名": np.array(["a", "b", "c"]), "minutes": [1.5, np.nan, np.inf]})
        rows = duckdb.sql(f"from '{path}'").fetchall()
        assert rows == [(0, "a", 1.5), (1, "b", None), (2, "c", float("inf"))]
    assert (tmp_path / "table.csv").read_text("utf-8").splitlines()[:3] == ["id,名,minutes", "0,a,1.5", "1,b,"]


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("before", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        write_table(path, {"a": [1, 2], "b": [1]})
    assert [p.code for p in caught.value.problems] == ["N001"]
    with pytest.raises(ProblemsError):
        write_table(tmp_path / "table.xls", {"a": [1]})
    assert [p.name for p in tmp_path.iterdir()] == ["table.csv"]
    assert path.read_text("utf-8") == "before"


def test_a_column_may_be_called_anything(tmp_path: Path) -> None:
    import duckdb

    path, name = tmp_path / "table.parquet", 'minutes "on foot"; drop table rows'
    write_table(path, {name: [1.5, np.nan], 'of "what"': np.array(["a", "b"])})
    read = duckdb.sql(f"from '{path}'")
    assert read.columns == [name, 'of "what"']
    assert read.fetchall() == [(1.5, "a"), (None, "b")]
