from __future__ import annotations

import re
from pathlib import Path

from tongchou.catalogue import rules
from tongchou.formulas.terms import ALLOWED, WINDOWS
from tongchou.rules import parameters
from tongchou.rules.declaration import Declaration

PAGE = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")


def allowed() -> str:
    rows = [f"| `{name}` | `{form}` |" for name, (_, form) in {**ALLOWED, **WINDOWS}.items()]
    return "\n".join(["| term | written |", "|---|---|", *rows])


def test_the_page_lists_exactly_what_a_formula_may_hold() -> None:
    assert f"\n{allowed()}\n" in PAGE


def test_the_page_lists_every_key_of_a_rule_file() -> None:
    section = PAGE.partition("## The file")[2].partition("## Formulas")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(Declaration.model_fields)


def test_the_example_in_python_runs_and_gives_what_it_says() -> None:
    code = PAGE.partition("## From Python")[2].partition("```python\n")[2].partition("```")[0]
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 - our own manual
    result = names["result"]
    assert result.values["transfer"].tolist() == [300000.0, 0.0]  # type: ignore[attr-defined]


def test_the_example_of_a_parameter_file_loads(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(PAGE.partition("## Parameters")[2].partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    assert len(parameters.load(path, rules()["fiscal.equalisation"]).values["coverage"]) == 2
