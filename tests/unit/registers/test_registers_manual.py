"""docs/registers.md lists exactly what a register file may hold, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from tongchou.registers.declaration import Declaration, Kind, RegisterField, Rollup

PAGE = (Path(__file__).parents[3] / "docs" / "registers.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_every_key_of_a_register_file_is_listed():
    assert re.findall(r"^\| `(\w+)` \|", section("The file"), re.MULTILINE) == list(Declaration.model_fields)


def test_every_key_of_a_field_and_of_a_rollup_is_listed():
    for title, model in (("Fields", RegisterField), ("Roll-ups", Rollup)):
        listed = re.search(r"`\{(.+?)\}`\.", section(title), re.DOTALL)
        assert listed is not None
        names = re.findall(r"(\w+)(?:: \{[^}]*\})?(?:,|$)", listed[1].replace("\n", " "))
        assert names == [field.alias or name for name, field in model.model_fields.items()]


def test_every_kind_is_listed():
    listed = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", section("Fields"), re.MULTILINE)))
    assert set(listed) == {kind for part in get_args(Kind) for kind in get_args(part)}


def test_the_example_in_python_gives_what_it_says():
    code = section("From Python").partition("```python\n")[2].partition("```")[0]
    names: dict[str, object] = {}
    for block in re.split(r"(?m)^(?=\[)", code):
        expression, _, expected = block.partition("# ")
        if not block.startswith("["):
            exec(block, names)  # noqa: S102 - our own manual
            continue
        line, _, rest = expected.partition("\n")
        assert eval(expression, names) == eval(line)  # noqa: S307 - our own manual
        exec(rest, names)  # noqa: S102
