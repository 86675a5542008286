from __future__ import annotations

import inspect
import subprocess
import sys

from tongchou.systems.goals.spatial import local_moran


def test_arguments_are_read_without_importing_what_an_algorithm_needs() -> None:
    code = (
        "import sys; from tongchou.rules.algorithm import _arguments;"
        "found = _arguments('tongchou.systems.goals.spatial:local_moran');"
        "print(sorted(found), 'numba' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed == f"{sorted(inspect.signature(local_moran).parameters)} False\n"
