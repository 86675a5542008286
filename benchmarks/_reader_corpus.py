"""The sample documents of ``tests/corpus`` with their gold labels, and the file each is read as."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parents[1] / "tests" / "corpus"


@dataclass(frozen=True, slots=True)
class Gold:
    """What is right for one clause."""

    id: str
    kind: str
    heading: str
    parties: frozenset[tuple[str, str]]  # name, role
    commitments: tuple[tuple[str, date | None], ...]  # text, due by
    targets: frozenset[tuple[str, int]]  # text, year


@dataclass(frozen=True, slots=True)
class Sample:
    """One document: its text as the author wrote it, the form it is handed in, and the labels."""

    name: str
    text: str
    form: str
    held_out: bool
    clauses: tuple[Gold, ...]

    def file(self) -> tuple[bytes, str]:
        """Return the document as the bytes of a file of its form, and the file's name."""
        build = {"docx": _docx, "html": _html, "pdf": _pdf}.get(self.form)
        if build is not None:
            return build(self.text), f"{self.name}.{self.form}"
        return self.text.encode("gb18030" if self.form == "gb18030" else "utf-8"), f"{self.name}.txt"


@lru_cache(maxsize=1)
def samples() -> tuple[Sample, ...]:
    """Return every sample in the order of its name."""
    return tuple(_load(path) for path in sorted(FOLDER.glob("*.yaml")))


def _load(path: Path) -> Sample:
    labels = yaml.safe_load(path.read_text("utf-8"))
    clauses = tuple(
        Gold(
            c["id"],
            c["kind"],
            c.get("heading", ""),
            frozenset((p["name"], p["role"]) for p in c.get("parties", ())),
            tuple((m["text"], m.get("by")) for m in c.get("commitments", ())),
            frozenset((t["text"], t["year"]) for t in c.get("targets", ())),
        )
        for c in labels["clauses"]
    )
    text = path.with_suffix(".txt").read_text("utf-8").rstrip("\n")
    return Sample(path.stem, text, labels["form"], labels["held_out"], clauses)


def _blocks(text: str) -> list[list[str] | str]:
    """Return the paragraphs, with the rows of a table taken together."""
    blocks: list[list[str] | str] = []
    for line in text.split("\n"):
        if "\t" not in line:
            blocks.append(line)
        elif blocks and isinstance(blocks[-1], list):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _docx(text: str) -> bytes:
    import docx

    document = docx.Document()
    for block in _blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        cells = [row.split("\t") for row in block]
        table = document.add_table(rows=len(cells), cols=len(cells[0]))
        for row, words in zip(table.rows, cells, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _html(text: str) -> bytes:
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body>"]
    for block in _blocks(text):
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
            continue
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row.split("\t")) + "</tr>" for row in block
        )
        parts.append(f"<table>{rows}</table>")
    return "".join([*parts, "</body></html>"]).encode()


def _pdf(text: str) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = Canvas(out, pagesize=A4)
    top = 780
    page.setFont("STSong-Light", 16)
    for paragraph in text.split("\n"):
        indent = "" if paragraph is text.split("\n")[0] else "　　"
        words = indent + paragraph
        for at in range(0, len(words), 28):
            page.drawString(72, top, words[at : at + 28])
            top -= 29
            if top < 72:
                page.showPage()
                page.setFont("STSong-Light", 16)
                top = 780
    page.save()
    return out.getvalue()
