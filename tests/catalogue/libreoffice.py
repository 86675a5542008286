"""LibreOffice as a second opinion: it computes workbooks anew, whatever values they say they hold."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def soffice() -> str:
    """Return the program; skip with the reason where it is missing, but fail in CI, where it must not be."""
    found = shutil.which("soffice")
    if found is None:
        reason = "soffice is not installed (Debian: libreoffice-calc-nogui)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, openpyxl.Workbook]:
    """Return every workbook as LibreOffice computes it: its values, one process for all of them."""
    program = soffice()
    profile, given, made = folder / "profile", folder / "given", folder / "made"
    for each in (profile / "user", given, made):
        each.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    files = {}
    for number, (name, data) in enumerate(books.items()):
        files[name] = given / f"{number}.xlsx"
        files[name].write_bytes(data)
    command = [
        program,
        "--headless",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(made),
    ]
    run = subprocess.run(
        [*command, *map(str, files.values())], capture_output=True, text=True, timeout=1200, check=False
    )
    missing = [name for name, path in files.items() if not (made / path.name).is_file()]
    assert not missing, (missing, run.stdout[-2000:], run.stderr[-2000:])
    return {name: openpyxl.load_workbook(made / path.name, data_only=True) for name, path in files.items()}
