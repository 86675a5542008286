"""Names come from the field: every identifier of the glossary is one the code uses, and none is listed twice."""

import csv
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]


def rows() -> list[dict[str, str]]:
    with (ROOT / "GLOSSARY.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_identifier_is_used_in_the_code():
    # A rule's names stand in its declaration, which is code too.
    files = [p for kind in ("*.py", "*.yaml") for p in (ROOT / "src").rglob(kind)]
    code = "\n".join(p.read_text("utf-8") for p in files)
    words = set(re.findall(r"[A-Za-z_][A-Za-z0-9_]*", code))
    assert [r["identifier"] for r in rows() if r["identifier"] not in words] == []


def test_no_term_or_identifier_twice():
    for column in ("中文", "identifier"):
        twice = [k for k, n in Counter(r[column] for r in rows()).items() if n > 1]
        assert twice == []


def test_every_row_is_complete():
    for row in rows():
        assert None not in row, row  # an unquoted comma makes an extra column
        assert row["中文"] and row["English"] and row["identifier"]


def test_public_declarations_use_listed_terms():
    """Every field of a clause in the contract is a term of the glossary, or an ordinary word."""
    from dataclasses import fields

    from tongchou.policy.model import Clause, Policy

    ordinary = {"id", "level", "kind", "heading", "text", "span", "parent", "title", "source", "attachments"}
    ordinary |= {"heading_span", "text_span", "source_span"}
    listed = {r["identifier"] for r in rows()}
    listed |= {f"{name}s" for name in listed}
    for model in (Clause, Policy):
        assert {f.name for f in fields(model)} - ordinary <= listed
