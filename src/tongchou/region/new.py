"""An empty, valid region package to begin with."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tongchou.kernel.problems import ProblemsError
from tongchou.region import codes
from tongchou.region.descriptor import NAME, resource_for
from tongchou.region.tables import STANDARD, Table


def new(
    directory: str | Path, *, today: date, centre: str = "", name: str = "", name_en: str = "", version: str = "0.1"
) -> Path:
    """Write an empty package and return its folder.

    With ``centre`` (the code of the city) and its names, the city is the first place. Raises :class:`ProblemsError`
    when the folder holds anything already (G018) or the code is not six digits (G034).
    """
    folder = Path(directory)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProblemsError([codes.FOLDER_NOT_EMPTY.at(str(folder), folder=folder)])
    if centre and not re.fullmatch(r"\d{6}", centre, re.ASCII):
        raise ProblemsError([codes.PLACE_CODE.at("--code", code=centre, kind="prefecture")])
    folder.mkdir(parents=True, exist_ok=True)
    title = name or folder.name
    city = {"code": centre, "name": title, "name_en": name_en or title, "kind": "prefecture"}
    for table in STANDARD:
        rows = [city] if table.name == "places" and centre else []
        write_table(folder / f"{table.name}.csv", table, rows)
    description = _descriptor(folder.name, title, name_en or title, centre, today, version)
    (folder / NAME).write_text(json.dumps(description, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (folder / "policy").mkdir()
    return folder


def write_table(path: Path, table: Table, rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows under the table's header as UTF-8 CSV with Unix line ends."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, [c.name for c in table.columns], lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(buffer.getvalue().encode("utf-8"))


def _descriptor(folder: str, title: str, title_en: str, centre: str, today: date, version: str) -> dict[str, Any]:
    identifier = re.sub(r"[^a-z0-9]+", "-", folder.lower()).strip("-") or "region"
    return {
        "profile": "tabular-data-package",
        "name": identifier,
        "title": title,
        "version": version,
        "updated": today.isoformat(),
        "licenses": [],
        "contributors": [],
        "region": {
            "title": {"zh": title, "en": title_en},
            "centre": centre,
            "groups": [],
            "bases": [],
            "notices": [],
        },
        "resources": [resource_for(table) for table in STANDARD],
    }
